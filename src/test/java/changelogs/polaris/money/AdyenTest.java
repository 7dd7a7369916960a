package changelogs.polaris.money;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Caller;
import changelogs.testing.Catalog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Archiving of the Adyen tables and its rollback: 0022 creates the tables only in the context adyen, 0029 moves them with their rows into
 * schema archive.
 */
class AdyenTest {

    private static final List<String> IN_USE = relations("");
    private static final List<String> IN_ARCHIVE = relations("archive.");

    /** Fully migrated without the context adyen. */
    @RegisterExtension
    final Database ordinary = Database.of("polaris");

    /** With the context adyen, up to the migration before 0029. */
    @RegisterExtension
    final Database old = Database.ofItsOwn(Adyen.BEFORE_ARCHIVE);

    private static List<String> relations(String schema) {
        return Stream.concat(Adyen.TABLES.stream(), Stream.of(Adyen.VIEW)).map(name -> schema + name).sorted().toList();
    }

    private static List<String> relations(Database database) {
        return database.operator().column(String.class, "select oid::regclass::text from pg_class where relname ~ '^(v_)?adyen_' and relkind in ('r', 'v') order by 1");
    }

    private static List<String> functions(Database database) {
        return database.operator().column(String.class, "select oid::regprocedure::text from pg_proc where proname ~ 'adyen' order by 1");
    }

    private static List<String> schemas(Database database) {
        return database.operator().column(String.class, "select nspname::text from pg_namespace where nspname = 'archive'");
    }

    /** All rows as text, with the files that store them: moving a table rewrites nothing. */
    private static List<String> rows(Database database) {
        Session operator = database.operator();
        List<String> rows = new ArrayList<>();
        for (String table : Adyen.TABLES) {
            String name = operator.value(String.class, "select coalesce(to_regclass('public." + table + "'), to_regclass('archive." + table + "'))::text");
            rows.add(table + " " + operator.value(Long.class, "select pg_relation_filenode('" + name + "')::bigint"));
            rows.addAll(operator.column(String.class, "select concat_ws(' ', ctid, xmin, t) from " + name + " as t order by ctid"));
        }
        return rows;
    }

    private static List<String> log(Database database) {
        return database.operator().column(String.class, "select id from " + Changelog.LOG + " order by orderexecuted");
    }

    private static Catalog catalog(Database database) {
        return Catalog.of(database.operator());
    }

    private static Changelog without(Database database) {
        return database.changelog().readOnce();
    }

    private static Changelog with(Database database) {
        return database.changelog().in("local,adyen").readOnce();
    }

    @Test
    void databaseWithoutTheContextGetsNoAdyenObjects() {
        assertThat(relations(ordinary)).isEmpty();
        assertThat(functions(ordinary)).isEmpty();
        assertThat(schemas(ordinary)).isEmpty();
        assertThat(log(ordinary)).contains("0022-holdings", "0029-holdings-gone").doesNotContain("0022-adyen-accounts", "0029-archive-adyen");
    }

    @Test
    @OfItsOwn
    void tagsExistWithoutAdyen() {
        without(ordinary).rollbackToTag("0022");
        assertThat(log(ordinary)).last().isEqualTo("0022-holdings");
        without(ordinary).update();
        without(ordinary).rollbackToTag("0029");
        assertThat(log(ordinary)).last().isEqualTo("0029-holdings-gone");
    }

    @Test
    void updateMovesTheTablesAndTheViewAndDropsTheFunctions() {
        assertThat(relations(old)).containsExactlyElementsOf(IN_USE);

        with(old).update();

        assertThat(relations(old)).containsExactlyElementsOf(IN_ARCHIVE);
        assertThat(functions(old)).isEmpty();
        assertThat(catalog(old).differencesFrom(catalog(ordinary))).as("differences from a database without Adyen")
                .isNotEmpty().allMatch(difference -> difference.matches("left over: (schema archive|\\w+ archive\\.\\S+): (?s:.*)"));
    }

    @Test
    void rowsAndCatalogSurviveTheMoveAndItsRollback() {
        Adyen.fill(old.operator(), "public", null);
        List<String> rows = rows(old);
        Catalog inUse = catalog(old);
        assertThat(rows).hasSize(8);

        with(old).update();
        Catalog archived = catalog(old);
        assertThat(rows(old)).isEqualTo(rows);

        with(old).rollbackToTag(Adyen.LAST);
        assertThat(catalog(old).differencesFrom(inUse)).isEmpty();
        assertThat(rows(old)).isEqualTo(rows);

        with(old).rollbackToTag("0022");
        assertThat(relations(old)).containsExactlyElementsOf(IN_USE);
        with(old).update();
        assertThat(catalog(old).differencesFrom(archived)).isEmpty();
        assertThat(rows(old)).isEqualTo(rows);
    }

    @Test
    void holdingsAreCountedInBothSchemas() {
        Adyen.fill(old.operator(), "public", null);
        String holdings = "select table_name || ' ' || rows_held from private.count_adyen_holdings()";
        assertThat(old.operator().column(String.class, holdings))
                .containsExactly("public.adyen_accounts 1", "public.adyen_sessions 1", "public.adyen_payments 1", "public.adyen_webhook_events 1");

        with(old).update();
        with(old).rollbackCount(1);

        assertThat(old.operator().column(String.class, holdings))
                .containsExactly("archive.adyen_accounts 1", "archive.adyen_sessions 1", "archive.adyen_payments 1", "archive.adyen_webhook_events 1");
    }

    @Test
    void runsWithoutTheContextLeaveTheArchiveAlone() {
        Adyen.fill(old.operator(), "public", null);
        List<String> rows = rows(old);
        with(old).update();
        Catalog archived = catalog(old);

        without(old).rollbackToTag("0020");
        assertThat(relations(old)).containsExactlyElementsOf(IN_ARCHIVE);
        without(old).update();

        assertThat(catalog(old).differencesFrom(archived)).isEmpty();
        assertThat(rows(old)).isEqualTo(rows);
        assertThat(log(old)).contains("0022-adyen-accounts", "0029-archive-adyen");
    }

    /** After such a rollback the move precedes the tag 0028 in the log, so no tag leads back to it. */
    @Test
    void countOfThePageRestoresTheTablesAfterARollbackWithoutTheContext() throws IOException {
        Adyen.fill(old.operator(), "public", null);
        List<String> rows = rows(old);
        with(old).update();
        assertThat(old.owner().value(Long.class, statementsOfThePage().get(2))).isEqualTo(4);
        without(old).rollbackToTag("0020");
        without(old).update();

        with(old).rollbackCount(old.owner().value(Long.class, statementsOfThePage().get(2)).intValue());
        without(old).update();

        assertThat(relations(old)).containsExactlyElementsOf(IN_USE);
        assertThat(functions(old)).hasSize(2);
        assertThat(rows(old)).isEqualTo(rows);
    }

    @Test
    void updateWithoutTheContextKeepsTheTablesAndALaterOneArchivesThem() {
        Adyen.fill(old.operator(), "public", null);
        List<String> rows = rows(old);

        old.changelog().update();
        assertThat(relations(old)).containsExactlyElementsOf(IN_USE);
        assertThat(functions(old)).hasSize(2);

        old.changelog().in("local,adyen").update();
        assertThat(relations(old)).containsExactlyElementsOf(IN_ARCHIVE);
        assertThat(functions(old)).isEmpty();
        assertThat(rows(old)).isEqualTo(rows);
        with(old).rollbackToTag(Adyen.LAST);
        assertThat(relations(old)).containsExactlyElementsOf(IN_USE);
        assertThat(rows(old)).isEqualTo(rows);
    }

    @Test
    void rollbackWithoutTheContextFailsBeforeItBreaksTheArchive() {
        Adyen.fill(old.operator(), "public", null);
        List<String> rows = rows(old);
        with(old).update();
        Catalog archived = catalog(old);

        without(old).rollbackToTag("0001");
        assertThat(rows(old)).isEqualTo(rows);
        assertThatThrownBy(() -> without(old).rollbackCount(log(old).size())).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("other objects depend on it").hasMessageContaining("archive.adyen_");

        without(old).update();
        assertThat(catalog(old).differencesFrom(archived)).isEmpty();
        assertThat(rows(old)).isEqualTo(rows);
        with(old).allowingDataLoss().rollbackCount(log(old).size());
        assertThat(relations(old)).isEmpty();
        assertThat(schemas(old)).isEmpty();
    }

    @Test
    @OfItsOwn
    void contextAddedLaterCreatesAndArchivesInOneUpdate() {
        Catalog before = catalog(ordinary);

        with(ordinary).update();
        assertThat(relations(ordinary)).containsExactlyElementsOf(IN_ARCHIVE);

        with(ordinary).rollbackToTag("0029");
        assertThat(catalog(ordinary).differencesFrom(before)).isEmpty();
        with(ordinary).update();
        with(ordinary).rollbackToTag("0020");
        assertThat(relations(ordinary)).isEmpty();
        assertThat(schemas(ordinary)).isEmpty();
    }

    @Test
    @OfItsOwn
    void interruptedUpdateWithALaterContextDoesNotBlockLaterRuns() {
        with(ordinary).updateToTag("0022");
        assertThat(relations(ordinary)).containsExactlyElementsOf(IN_USE);

        ordinary.changelog().update();
        assertThat(relations(ordinary)).containsExactlyElementsOf(IN_USE);
        with(ordinary).update();
        assertThat(relations(ordinary)).containsExactlyElementsOf(IN_ARCHIVE);
        ordinary.changelog().update();
    }

    @Test
    void rowCommittedWhileTheMoveWaitsIsAlsoMoved() throws Exception {
        Session late = old.owner();
        Session operator = old.operator();
        late.connection().setAutoCommit(false);
        try (Statement statement = late.connection().createStatement()) {
            statement.execute("insert into public.adyen_accounts (label, merchant_account) values ('Late', 'Polaris')");
            var run = Meanwhile.run(() -> with(old).update());
            while (!run.isDone() && operator.value(Long.class, "select count(*) from pg_locks where not granted and relation = 'public.adyen_accounts'::regclass") == 0) {
                Thread.sleep(20);
            }
            late.connection().commit();
            run.get();
        }
        assertThat(operator.column(String.class, "select label from archive.adyen_accounts")).containsExactly("Late");
    }

    @Test
    void dependentObjectsSurviveTheMove() {
        Session owner = old.owner();
        owner.script("""
                create view public.monthly as select p.amount_minor from public.adyen_payments as p;
                create view public.latest as select psp_reference from public.v_adyen_latest_by_reference;
                create table public.notes (payment_id uuid references public.adyen_payments (id) on delete set null)
                """);
        Adyen.fill(old.operator(), "public", null);
        owner.update("insert into public.notes select id from public.adyen_payments");
        Catalog before = catalog(old);

        with(old).update();
        assertThat(owner.column(Long.class, "select amount_minor from public.monthly")).containsExactly(1L);
        assertThat(owner.column(String.class, "select psp_reference from public.latest")).containsExactly("p");
        owner.update("delete from archive.adyen_payments");
        assertThat(owner.value(Long.class, "select count(*) from public.notes where payment_id is null")).as("notes whose foreign key was set to null").isEqualTo(1);

        with(old).rollbackToTag(Adyen.LAST);
        assertThat(catalog(old).differencesFrom(before)).isEmpty();
    }

    @Test
    void functionInUseIsNotDroppedAndTheNextUpdateContinues() {
        Session owner = old.owner();
        owner.update("create table public.other_reports (like public.adyen_webhook_events)");
        owner.update("create trigger other_reports_enqueue after insert on public.other_reports for each row execute function private.adyen_enqueue_payment_event()");

        assertThatThrownBy(() -> with(old).update()).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("other objects depend on it");
        assertThat(relations(old)).containsExactlyElementsOf(IN_ARCHIVE);

        owner.update("drop trigger other_reports_enqueue on public.other_reports");
        with(old).update();
        assertThat(functions(old)).isEmpty();
    }

    @Test
    @OfItsOwn
    void foreignTableOfTheSameNameIsNotTouched() {
        without(ordinary).rollbackToTag(Adyen.LAST);
        ordinary.owner().update("create table public.adyen_payments (amount bigint)");

        without(ordinary).update();

        assertThat(relations(ordinary)).containsExactly("adyen_payments");
        assertThatThrownBy(() -> with(ordinary).update()).hasMessageContaining("0022-safe-checks-adyen");
        assertThat(relations(ordinary)).containsExactly("adyen_payments");
    }

    @Test
    void nameConflictInTheArchivePostponesTheMove() {
        Session owner = old.owner();
        owner.script("create schema archive; create table archive.adyen_payments (amount bigint)");
        Adyen.fill(old.operator(), "public", null);
        List<String> rows = rows(old);

        with(old).update();
        assertThat(relations(old)).hasSize(6).containsAll(IN_USE);
        assertThat(functions(old)).hasSize(2);
        assertThat(log(old)).contains("0029-holdings-gone").doesNotContain("0029-archive-adyen");

        owner.update("alter table archive.adyen_payments rename to copy");
        with(old).update();
        assertThat(relations(old)).containsExactlyElementsOf(IN_ARCHIVE);
        assertThat(rows(old)).isEqualTo(rows);
    }

    /** A deployment whose log contains 0022 but whose objects are missing. */
    @Test
    @OfItsOwn
    void updateDoesNothingIfTheObjectsOf0022AreMissing() {
        without(ordinary).rollbackToTag(Adyen.LAST);
        with(ordinary).run("changelogSyncToTag", Map.of("tag", Adyen.LAST));

        with(ordinary).update();

        assertThat(schemas(ordinary)).isEmpty();
        assertThat(functions(ordinary)).isEmpty();
        with(ordinary).rollbackCount(2);
        assertThat(functions(ordinary)).as("function recreated by rolling back the last changeset of 0029").containsExactly("private.count_adyen_holdings()");
    }

    @Test
    void existingSchemaArchiveIsUsedAndKept() {
        old.owner().script("""
                create schema archive;
                create table archive.kept (id integer);
                grant usage on schema archive to anon, authenticated, service_role;
                grant select on archive.kept to authenticated
                """);
        Catalog before = catalog(old);

        with(old).update();
        assertThat(old.as(ALICE).rows("select * from archive.kept")).isEmpty();
        assertOutOfReach();

        with(old).rollbackToTag(Adyen.LAST);
        assertThat(catalog(old).differencesFrom(before)).isEmpty();
    }

    @Test
    void rollbackKeepsASchemaWithOtherObjects() {
        with(old).update();
        old.owner().update("create table archive.kept as select 1 as id");

        with(old).rollbackToTag(Adyen.LAST);
        assertThat(old.count("archive.kept")).isEqualTo(1);
        assertThat(relations(old)).containsExactlyElementsOf(IN_USE);

        with(old).update();
        assertThat(relations(old)).containsExactlyElementsOf(IN_ARCHIVE);
        assertOutOfReach();
    }

    @Test
    void defaultPrivilegesDoNotOpenTheArchive() {
        old.owner().script("""
                alter default privileges grant all on schemas to public, anon, authenticated, service_role;
                alter default privileges grant all on tables to public, anon, authenticated, service_role
                """);

        with(old).update();

        assertOutOfReach();
        assertThat(old.operator().column(String.class, "select nspacl::text from pg_namespace where nspname = 'archive'"))
                .singleElement().asString().doesNotContain("anon", "authenticated", "service_role", ",=");
    }

    private void assertOutOfReach() {
        for (Caller caller : List.of(ANON, ALICE, SERVICE)) {
            for (String name : IN_ARCHIVE) {
                assertThatThrownBy(() -> old.as(caller).rows("select * from " + name)).as("%s: %s", caller, name).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
    }

    @Test
    void rollbackOfTablesWithRowsIsRefused() {
        Adyen.fill(old.operator(), "public", null);
        with(old).update();

        assertThatThrownBy(() -> with(old).rollbackToTag("0020")).hasMessageContaining("public.adyen_webhook_events holds data that this rollback would lose");
        with(old).allowingDataLoss().rollbackToTag("0020");
        assertThat(relations(old)).isEmpty();
    }

    @Test
    void statementsOfThePageShowWhereTheTablesAreAndWhatTheyHold() throws IOException {
        List<String> statements = statementsOfThePage();
        assertThat(statements).hasSize(3);
        Adyen.fill(old.operator(), "public", null);
        Session owner = old.owner();

        assertThat(owner.rows(statements.get(0))).extracting(row -> row.get("relation").toString()).containsExactlyElementsOf(IN_USE);
        with(old).update();

        assertThat(owner.rows(statements.get(0))).extracting(row -> row.get("relation").toString()).containsExactlyElementsOf(IN_ARCHIVE);
        assertThat(owner.rows(statements.get(1))).singleElement().satisfies(row -> assertThat(row).containsEntry("psp_reference", "p"));
    }

    /** SQL statements of ops/polaris/adyen.md. */
    private static List<String> statementsOfThePage() throws IOException {
        return Pattern.compile("```sql\n(.*?)\n *```", Pattern.DOTALL).matcher(Files.readString(Path.of("ops/polaris/adyen.md"))).results()
                .map(step -> step.group(1)).toList();
    }
}
