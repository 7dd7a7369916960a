package changelogs.polaris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adyen, which nobody uses any more: 0022 makes its tables in the context adyen alone, 0029 removes them where they hold nothing. */
class AdyenTest {

    private static final String ACCOUNT = "0ad40000-0000-4000-8000-000000000001";
    private static final String ADD_ACCOUNT = "insert into public.adyen_accounts (id, label, merchant_account) values ('" + ACCOUNT + "', 'Old', 'Polaris')";
    private static final List<String> THINGS =
            List.of("adyen_accounts", "adyen_payments", "adyen_sessions", "adyen_webhook_events", "v_adyen_latest_by_reference");

    /** That never had Adyen, migrated to the end. */
    @RegisterExtension
    final Database ordinary = Database.of("polaris");

    /** That has Adyen and was not brought to 0029 yet. */
    @RegisterExtension
    final Database old = Database.ofItsOwn(Adyen.BEFORE_REMOVAL);

    private static List<String> things(Database database) {
        return database.operator().column(String.class, "select relname::text from pg_class where relname ~ '^(v_)?adyen_' and relkind in ('r', 'v') order by 1");
    }

    private static List<String> left(Database database) {
        return database.operator().column(String.class, """
                select oid::regclass::text from pg_class where relname ~ 'adyen'
                union all select oid::regprocedure::text from pg_proc where proname ~ 'adyen'
                """);
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

    /** With the precondition of the changelog as a whole, which stops a run that leaves the context out too early. */
    private static Changelog guarded(Database database) {
        return database.changelog();
    }

    @Test
    void elsewhereNothingIsMadeAndNothingRemoved() {
        assertThat(left(ordinary)).isEmpty();
        assertThat(log(ordinary)).contains("0022-holdings", "0029-holdings-gone").doesNotContain("0022-adyen-accounts", "0029-remove-adyen");
    }

    @Test
    @OfItsOwn
    void tagsAreThereWithoutAdyen() {
        without(ordinary).rollbackToTag("0022");
        assertThat(log(ordinary)).last().isEqualTo("0022-holdings");
        without(ordinary).update();
        without(ordinary).rollbackToTag("0029");
        assertThat(log(ordinary)).last().isEqualTo("0029-holdings-gone");
    }

    @Test
    void whereItWasThereItGoesAndBothDatabasesEndUpTheSame() {
        assertThat(things(old)).containsExactlyElementsOf(THINGS);

        with(old).update();

        assertThat(left(old)).isEmpty();
        assertThat(catalog(old).differencesFrom(catalog(ordinary))).isEmpty();
    }

    @Test
    void comesBackAsItWas() {
        Catalog before = catalog(old);
        with(old).update();

        with(old).rollbackToTag(Adyen.LAST);
        assertThat(catalog(old).differencesFrom(before)).isEmpty();

        with(old).rollbackToTag("0020");
        assertThat(left(old)).isEmpty();
    }

    @Test
    @OfItsOwn
    void onceRemovedItIsPassedByWithoutTheContext() {
        with(old).update();
        without(ordinary).rollbackToTag("0020");

        without(old).rollbackToTag("0020");
        assertThat(catalog(old).differencesFrom(catalog(ordinary))).isEmpty();
        without(old).update();
        assertThat(left(old)).isEmpty();
        assertThat(log(old)).contains("0022-adyen-accounts", "0029-remove-adyen");
    }

    @Test
    void aRunThatLeavesItOutIsStoppedWhileItIsThere() {
        int applied = log(old).size();

        assertThatThrownBy(() -> guarded(old).update()).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("-Dliquibase.contexts=production,adyen");
        assertThatThrownBy(() -> guarded(old).rollbackCount(1)).hasMessageContaining("Give both contexts, also to roll back");
        assertThatThrownBy(() -> guarded(old).rollbackToTag("0020")).hasMessageContaining("Give both contexts");

        assertThat(log(old)).hasSize(applied);
        assertThat(things(old)).containsExactlyElementsOf(THINGS);
    }

    @Test
    @OfItsOwn
    void givenTooLateItComesAndGoesInOneUpdate() {
        Catalog before = catalog(ordinary);

        with(ordinary).update();

        assertThat(catalog(ordinary).differencesFrom(before)).isEmpty();
        assertThat(log(ordinary)).contains("0022-adyen-accounts", "0029-remove-adyen");
        with(ordinary).rollbackToTag("0020");
        assertThat(left(ordinary)).isEmpty();
    }

    @Test
    @OfItsOwn
    void givenTooLateAndCutShortItIsNoticed() {
        with(ordinary).updateToTag("0022");
        assertThat(things(ordinary)).containsExactlyElementsOf(THINGS);

        assertThatThrownBy(() -> guarded(ordinary).update()).hasMessageContaining("0029 has not removed them");
        with(ordinary).update();
        assertThat(left(ordinary)).isEmpty();
        guarded(ordinary).update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"adyen_accounts", "adyen_sessions", "adyen_payments", "adyen_webhook_events"})
    void rowsAreNotDropped(String table) {
        Session operator = old.operator();
        fill(operator, table);
        Catalog before = catalog(old);
        int applied = log(old).size();

        assertThatThrownBy(() -> with(old).update()).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("ops/polaris/adyen.md");

        assertThat(catalog(old).differencesFrom(before)).isEmpty();
        assertThat(log(old)).hasSize(applied);
        assertThat(operator.rows("select * from private.adyen_holdings()")).containsExactly(Map.of("table_name", table, "rows_held", 1L));

        operator.update("truncate public.adyen_webhook_events, public.adyen_payments, public.adyen_sessions, public.adyen_accounts");
        with(old).update();
        assertThat(left(old)).isEmpty();
    }

    private static void fill(Session operator, String table) {
        operator.script("set local session_replication_role = replica; " + switch (table) {
            case "adyen_accounts" -> ADD_ACCOUNT;
            case "adyen_sessions" -> "insert into public.adyen_sessions (account_id, session_id, session_data, reference, amount_minor, currency_code)"
                    + " values ('" + ACCOUNT + "', 's', 'd', 'r', 1, 'PHP')";
            case "adyen_payments" -> "insert into public.adyen_payments (account_id, psp_reference, merchant_reference, status, amount_minor, currency_code)"
                    + " values ('" + ACCOUNT + "', 'p', 'r', 'captured', 1, 'PHP')";
            default -> "insert into public.adyen_webhook_events (account_id, event_code, payload) values ('" + ACCOUNT + "', 'CAPTURE', '{}')";
        });
    }

    @Test
    void rowsThatComeWhileItLooksStopItToo() throws Exception {
        Session late = old.owner();
        Session operator = old.operator();
        late.connection().setAutoCommit(false);
        try (Statement statement = late.connection().createStatement()) {
            statement.execute(ADD_ACCOUNT);
            var run = Meanwhile.run(() -> with(old).update());
            // The precondition has seen nothing by then.
            while (!run.isDone() && operator.value(Long.class, "select count(*) from pg_locks where not granted and relation = 'public.adyen_accounts'::regclass") == 0) {
                Thread.sleep(20);
            }
            late.connection().commit();

            assertThatThrownBy(run::get).hasMessageContaining("public.adyen_accounts holds rows");
        }
        assertThat(things(old)).containsExactlyElementsOf(THINGS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "create view public.monthly as select p.amount_minor from public.adyen_payments as p | view public.monthly",
        "create table public.notes (payment_id uuid references public.adyen_payments (id) on delete set null) | table public.notes",
        "create view public.latest as select psp_reference from public.v_adyen_latest_by_reference | view public.latest"})
    void whatOthersHungOnItIsNotTakenAlong(String thing, String name) {
        Session owner = old.owner();
        owner.update(thing);
        Catalog before = catalog(old);

        assertThatThrownBy(() -> with(old).update()).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("other objects depend on it");

        assertThat(catalog(old).differencesFrom(before)).isEmpty();
        owner.update("drop " + name);
        with(old).update();
        assertThat(left(old)).isEmpty();
    }

    @Test
    @OfItsOwn
    void whatAnotherMadeUnderTheNameIsNotTouched() {
        without(ordinary).rollbackToTag(Adyen.LAST);
        ordinary.owner().update("create table public.adyen_payments (amount bigint)");

        without(ordinary).update();

        assertThat(things(ordinary)).containsExactly("adyen_payments");
        assertThatThrownBy(() -> with(ordinary).update()).hasMessageContaining("public.adyen_payments exists already");
    }

    @Test
    void rollbackOfTheTablesRefusesWhereTheyHoldRows() {
        old.owner().update(ADD_ACCOUNT);

        assertThatThrownBy(() -> with(old).rollbackToTag("0020")).hasMessageContaining("public.adyen_accounts holds data that this rollback would lose");
        with(old).allowingDataLoss().rollbackToTag("0020");
        assertThat(left(old)).isEmpty();
    }

    /** ops/polaris/adyen.md, from its first statement to its last. */
    @Test
    void thePageArchivesAndBringsBack() throws IOException {
        List<String> steps = Pattern.compile("```sql\n(.*?)\n *```", Pattern.DOTALL).matcher(Files.readString(Path.of("ops/polaris/adyen.md"))).results()
                .map(step -> step.group(1)).toList();
        assertThat(steps).hasSize(5);
        Session owner = old.owner();
        owner.update(ADD_ACCOUNT);
        owner.update("insert into public.adyen_webhook_events (account_id, event_code, success, psp_reference, merchant_reference, amount, signature_valid, payload)"
                + " values ('" + ACCOUNT + "', 'CAPTURE', true, 'p', 'r', '{\"value\": 1, \"currency\": \"PHP\"}', true, '{}')");
        List<List<Map<String, Object>>> before = rows(owner);

        assertThat(owner.rows(steps.get(0))).hasSize(1);
        assertThat(owner.rows(steps.get(1))).hasSize(3);
        owner.script(steps.get(2));
        owner.script(steps.get(3));
        with(old).update();
        assertThat(owner.rows(steps.get(0))).hasSize(2);
        with(old).rollbackToTag(Adyen.LAST);
        owner.script(steps.get(4));

        assertThat(rows(owner)).isEqualTo(before);
    }

    private static List<List<Map<String, Object>>> rows(Session session) {
        return List.of(session.rows("select to_jsonb(a)::text from public.adyen_accounts as a"), session.rows("select to_jsonb(p)::text from public.adyen_payments as p"),
                session.rows("select to_jsonb(e)::text from public.adyen_webhook_events as e"));
    }
}
