package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error of a run lists the missing and the already existing objects. */
class NamedFindingsTest {

    private static final String MESSAGE = "Migration 0001 cannot start. The query in safe-checks.yaml lists the objects.";

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    @Test
    void errorOfASafeCheckListsTheResultsOfItsQuery() {
        database.owner().script("create table public.notes (id integer)");

        assertThatThrownBy(changelog(safeCheck("HALT"))::update).hasMessageContaining("changelog.yaml::0001-safe-checks::test").hasMessageContaining("""
                Reason:   Missing: public.people, auth.missing(uuid).
                          In the way: public.notes.
                          Migration 0001 cannot start. The query in safe-checks.yaml lists the objects.
                """);
    }

    @Test
    void errorOfASafeCheckOmitsEmptyLists() {
        database.owner().script("create table public.people ()");
        database.operator().script("create function auth.missing(uuid) returns uuid language sql return $1; create table public.notes ()");

        assertThatThrownBy(changelog(safeCheck("HALT"))::update).hasMessageContaining("In the way: public.notes.")
                .hasMessageContaining(MESSAGE).message().doesNotContain("Missing:");
    }

    @Test
    void errorOfASafeCheckIsTheSameOnEveryRun() {
        Changelog changelog = changelog(safeCheck("HALT")).readOnce();

        String first = catchThrowable(changelog::update).getMessage();

        assertThat(first).containsOnlyOnce("Missing: public.people, auth.missing(uuid).");
        assertThat(catchThrowable(changelog::update)).hasMessage(first);
    }

    @Test
    void safeCheckThatPassesRunsItsChangeset() {
        Changelog changelog = changelog(safeCheck("HALT"));
        database.owner().script("create table public.people ()");
        database.operator().script("create function auth.missing(uuid) returns uuid language sql return $1");

        changelog.update();

        assertThat(database.operator().value(Boolean.class, "select to_regclass('public.notes') is not null")).isTrue();
    }

    @Test
    void failedSafeCheckWithContinueSkipsItsChangeset() {
        changelog(safeCheck("CONTINUE")).update();

        assertThat(database.operator().rows("select from " + Changelog.LOG)).isEmpty();
    }

    @Test
    void errorOfACheckWithoutNamesIsItsFixedMessage() {
        String count = safeCheck("HALT").replaceFirst("(?s)expectedResult: \"\".*?      changes:", """
                expectedResult: "1"
                            sql: |-
                              select 0
                      changes:""");

        assertThatThrownBy(changelog(count)::update).message().contains("changelog.yaml : " + MESSAGE).doesNotContain("Missing");
    }

    @Test
    void withoutTheExtensionTheFixedMessageIsShown() {
        Changelog changelog = changelog(safeCheck("HALT"));

        assertThatThrownBy(() -> PlainLiquibase.run(changelog, TestServer.get().server().url(database.name()), "update", Map.of()))
                .hasMessageContaining(MESSAGE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "create table public.game_profiles ()                             | relation \"game_profiles\" already exists",
        "create schema auth                                               | schema \"auth\" already exists",
        "create function public.one() returns integer language sql return 2 | function \"one\" already exists",
        "create policy own on public.game_profiles                        | policy \"own\" for table \"game_profiles\" already exists",
        "alter table public.game_profiles add column user_id uuid         | column \"user_id\" of relation \"game_profiles\" already exists"})
    void errorOfAnExistingNameExplainsAdoption(String sql, String error) {
        database.operator().script("create function public.one() returns integer language sql return 1; "
                + "create policy own on public.game_profiles");

        assertThatThrownBy(changelog(Scratch.sql("duplicate", "alter table public.game_profiles owner to postgres;\n" + sql, "select 1"))::update)
                .hasMessageContaining(error).hasMessageContaining("liquibase:changelogSync").hasMessageContaining("Failed SQL");
    }

    @Test
    void errorOfAnExistingNameOutsideOfATransactionExplainsAdoption() {
        database.owner().script("create table public.notes (id integer); create index notes_id on public.notes (id)");
        String index = Scratch.sql("index", "create index concurrently notes_id on public.notes (id)", "select 1")
                .replace("      changes:", "      runInTransaction: false\n      changes:");

        assertThatThrownBy(changelog(index)::update)
                .hasMessageContaining("relation \"notes_id\" already exists").hasMessageContaining("liquibase:changelogSync");
    }

    @Test
    void errorOfAnExistingNameInARollbackDoesNotMentionAdoption() {
        Changelog changelog = changelog(Scratch.sql("notes", "drop table if exists public.notes", "create table public.notes ()"));
        changelog.update();
        database.owner().script("create table public.notes ()");

        assertThatThrownBy(() -> changelog.rollbackCount(1))
                .hasMessageContaining("relation \"notes\" already exists").message().doesNotContain("changelogSync");
    }

    @Test
    void otherErrorsDoNotMentionAdoption() {
        assertThatThrownBy(changelog(Scratch.sql("zero", "select 1 / 0", "select 1"))::update)
                .hasMessageContaining("division by zero").message().doesNotContain("changelogSync");
    }

    private Changelog changelog(String... changeSets) {
        return Scratch.changelog(folder, database.name(), changeSets);
    }

    private static String safeCheck(String onFail) {
        return """
                  - changeSet:
                      id: 0001-safe-checks
                      author: test
                      preConditions:
                        - onFail: %s
                        - onFailMessage: %s
                        - sqlCheck:
                            expectedResult: ""
                            sql: |-
                              select concat_ws(
                                  '; ',
                                  'missing: ' || (
                                      select string_agg(name, ', ')
                                      from unnest(array['public.people', 'auth.missing(uuid)']) as name
                                      where case when name like '%%(%%' then to_regprocedure(name)::oid else to_regclass(name) end is null
                                  ),
                                  'in the way: ' || (
                                      select string_agg(name, ', ')
                                      from unnest(array['public.notes']) as name
                                      where to_regclass(name) is not null
                                  )
                              )
                      changes:
                        - sql:
                            sql: |-
                              create table public.notes ();
                """.formatted(onFail, MESSAGE);
    }
}
