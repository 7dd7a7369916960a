package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of changeset has the same result as in plain Liquibase. */
class ChangesetKindsTest {

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    final Messages messages = new Messages();
    Session operator;

    @BeforeEach
    void watch() {
        operator = database.operator();
    }

    @AfterEach
    void stopListening() {
        messages.close();
    }

    @Test
    void statementMayEndInAComment() {
        changelog(Scratch.sql("notes", "create table public.notes () -- of a player", "drop table public.notes -- gone"), Scratch.sql("more", "select 1 /* one */", "select 1")).update();

        assertThat(log()).containsExactly("notes EXECUTED 1", "more EXECUTED 2");
    }

    @Test
    void functionsOperatorsAndRowsAreNotChanged() {
        changelog(Scratch.sql("notes", """
                create function public.one() returns integer language plpgsql as $body$
                begin
                    -- A semicolon; and a 'quote'.
                    return 1;
                end
                $body$;
                create table public.notes as select '{"a": 1}'::jsonb as note;
                select public.one(), note ? 'a', note ?| array['a'] from public.notes;
                """, "drop table public.notes; drop function public.one()")).update();

        assertThat(operator.value(Integer.class, "select public.one()")).isEqualTo(1);
        assertThat(log()).containsExactly("notes EXECUTED 1");
    }

    @Test
    void unqualifiedNamesResolveAsInPlainLiquibase() {
        changelog(Scratch.sql("notes", "create table notes as select gen_salt('md5') as salt", "drop table notes")).update();

        assertThat(operator.value(Long.class, "select count(*) from public.notes")).isEqualTo(1);
    }

    @Test
    void searchPathOfAChangesetDoesNotAffectTheNext() {
        changelog(Scratch.sql("auth", "set local search_path = auth", "select 1"), Scratch.sql("notes", "create table notes ()", "drop table notes")).update();

        assertThat(operator.value(Long.class, "select count(*) from public.notes")).isZero();
    }

    @Test
    void dataIsLoadedIntoATableOfTheSameChangeset() {
        Scratch.write(folder, "notes.csv", "id,said_at,label\n1,2026-01-01T00:00:00,one\n2,2026-01-02T00:00:00,zwei\n");
        changelog("""
                  - changeSet:
                      id: notes
                      author: test
                      changes:
                        - sql:
                            sql: |-
                              create table public.notes (id integer, said_at timestamp, label text);
                        - loadData:
                            schemaName: public
                            tableName: notes
                            file: notes.csv
                        - sql:
                            sql: |-
                              update public.notes set label = 'two' where id = 2;
                      rollback:
                        - sql:
                            sql: |-
                              drop table public.notes;
                """).update();

        assertThat(operator.column(String.class, "select label from public.notes order by said_at")).containsExactly("one", "two");
        assertThat(log()).containsExactly("notes EXECUTED 1");
    }

    @Test
    void preparedStatementsRunInTheTransactionOfTheChangeset() {
        Scratch.write(folder, "note.txt", "A long note.");
        String prepared = """
                  - changeSet:
                      id: notes
                      author: test
                      changes:
                        - sql:
                            sql: |-
                              create table public.notes (id integer, label text);
                        - insert:
                            schemaName: public
                            tableName: notes
                            columns:
                              - column:
                                  name: id
                                  valueNumeric: 1
                              - column:
                                  name: label
                                  valueClobFile: note.txt
                        - sql:
                            sql: |-
                              insert into public.notes values (2, %s);
                """;
        assertThatThrownBy(changelog(prepared.formatted("1 / 0"))::update).hasMessageContaining("division by zero");
        assertThat(operator.value(Boolean.class, "select to_regclass('public.notes') is null")).isTrue();

        changelog(prepared.formatted("'two'")).update();
        assertThat(operator.column(String.class, "select label from public.notes order by id")).containsExactly("A long note.", "two");
        assertThat(log()).containsExactly("notes EXECUTED 1");
    }

    @Test
    void runOnChangeChangesetKeepsItsLogRow() {
        String view = """
                  - changeSet:
                      id: one
                      author: test
                      runOnChange: true
                      changes:
                        - sql:
                            sql: |-
                              create or replace view public.one as select %s as one;
                """;
        changelog(view.formatted("1"), Scratch.sql("more", "select 1", "select 1")).update();
        changelog(view.formatted("2"), Scratch.sql("more", "select 1", "select 1")).update();
        changelog(view.formatted("2"), Scratch.sql("more", "select 1", "select 1")).update();

        assertThat(operator.value(Integer.class, "select one from public.one")).isEqualTo(2);
        assertThat(log()).containsExactly("more EXECUTED 2", "one RERAN 3");
    }

    @Test
    void changesetWithRunInTransactionFalseRunsOutsideOfATransaction() {
        changelog(Scratch.sql("notes", "create table public.notes (id integer)", "drop table public.notes"), """
                  - changeSet:
                      id: index
                      author: test
                      runInTransaction: false
                      changes:
                        - sql:
                            sql: |-
                              create index concurrently notes_id on public.notes (id);
                      rollback:
                        - sql:
                            sql: |-
                              drop index concurrently public.notes_id;
                """, Scratch.sql("more", "select 1", "select 1")).update();

        assertThat(log()).containsExactly("notes EXECUTED 1", "index EXECUTED 2", "more EXECUTED 3");
        written().rollbackCount(2);
        assertThat(log()).containsExactly("notes EXECUTED 1");
        assertThat(operator.value(Boolean.class, "select to_regclass('public.notes_id') is null")).isTrue();
    }

    @Test
    void failedPreconditionDecidesTheLogRow() {
        String[] passed = {guarded("mark", "MARK_RAN"), guarded("continue", "CONTINUE"), guarded("warn", "WARN"), Scratch.sql("more", "select 1", "select 1")};
        changelog(passed).update();

        assertThat(log()).containsExactly("mark MARK_RAN 1", "warn EXECUTED 2", "more EXECUTED 3");
        assertThat(tables()).containsExactly("warn");
        assertThatThrownBy(changelog(passed[0], passed[2], passed[3], guarded("halt", "HALT"))::update).hasMessageContaining("changelog.yaml::halt::test");
        assertThat(tables()).containsExactly("warn");
    }

    @Test
    void emptyChangesetIsLogged() {
        changelog("""
                  - changeSet:
                      id: nothing
                      author: test
                      changes:
                        - empty: {}
                      rollback:
                        - empty: {}
                """).update();
        assertThat(log()).containsExactly("nothing EXECUTED 1");

        written().rollbackCount(1);
        assertThat(log()).isEmpty();
    }

    @Test
    void rollbackToTheSameTagWorksTwice() {
        changelog("""
                  - changeSet:
                      id: tagged
                      author: test
                      changes:
                        - sql:
                            sql: |-
                              create table public.tagged ();
                        - tagDatabase:
                            tag: "0001"
                            keepTagOnRollback: true
                      rollback:
                        - sql:
                            sql: |-
                              drop table public.tagged;
                """, Scratch.sql("notes", "create table public.notes ()", "drop table public.notes")).update();

        for (int i = 0; i < 2; i++) {
            written().rollbackToTag("0001");
            assertThat(log()).containsExactly("tagged EXECUTED 1");
            assertThat(tables()).containsExactly("tagged");
            written().update();
            assertThat(log()).containsExactly("tagged EXECUTED 1", "notes EXECUTED 2");
        }
    }

    @Test
    void numberOfChangedRowsIsReported() {
        changelog(Scratch.sql("notes", "create table public.notes (id integer)", "drop table public.notes"),
                Scratch.sql("two", "insert into public.notes values (1), (2)", "delete from public.notes"),
                Scratch.sql("one", "delete from public.notes where id = 1", "select 1")).update();

        assertThat(messages.texts()).anySatisfy(text -> assertThat(text).contains("Rows affected: 3"));
    }

    @Test
    void updateSqlDoesNotChangeTheDatabase() {
        Changelog changelog = changelog(Scratch.sql("notes", "create table public.notes ()", "drop table public.notes"));

        changelog.run("updateSql", Map.of());
        changelog.run("futureRollbackSql", Map.of());
        assertThat(operator.value(Boolean.class, "select to_regclass('extensions.databasechangelog') is null")).isTrue();
        assertThat(tables()).isEmpty();

        changelog.update();
        changelog.run("rollbackCountSql", Map.of("count", 1));
        assertThat(log()).containsExactly("notes EXECUTED 1");
        assertThat(tables()).containsExactly("notes");
    }

    @Test
    void changelogSyncAdoptsExistingObjects() {
        database.owner().script("create table public.notes ()");
        Changelog changelog = changelog(Scratch.sql("notes", "create table public.notes ()", "drop table public.notes"));

        changelog.changelogSync();
        changelog.update();

        assertThat(log()).containsExactly("notes EXECUTED 1");
    }

    @Test
    void dropAllIsRefusedAndDropsNothing() {
        Changelog changelog = changelog(Scratch.sql("notes", "create table public.notes ()", "drop table public.notes"));
        changelog.update();

        assertThatThrownBy(() -> changelog.run("dropAll", Map.of())).hasMessageContaining("dropAll and dropFirst are refused");
        assertThatThrownBy(() -> changelog.run("dropAll", Map.of("schemas", "extensions"))).hasMessageContaining("dropAll and dropFirst are refused");
        assertThat(log()).containsExactly("notes EXECUTED 1");
        assertThat(tables()).containsExactly("notes");
    }

    @Test
    void clearCheckSumsIsRefusedAndKeepsTheChecksums() {
        Changelog changelog = changelog(Scratch.sql("notes", "create table public.notes ()", "drop table public.notes"));
        changelog.update();

        assertThatThrownBy(() -> changelog.run("clearChecksums", Map.of())).hasMessageContaining("clearCheckSums is refused");

        changelog(Scratch.sql("notes", "create table public.other ()", "drop table public.other"));
        assertThatThrownBy(written()::update).hasMessageContaining("changelog.yaml::notes::test was: 9:");
    }

    private static String guarded(String id, String onFail) {
        return """
                  - changeSet:
                      id: %1$s
                      author: test
                      preConditions:
                        - onFail: %2$s
                        - sqlCheck:
                            expectedResult: "1"
                            sql: |-
                              select 0
                      changes:
                        - sql:
                            sql: |-
                              create table public.%1$s ();
                """.formatted(id, onFail);
    }

    private Changelog changelog(String... changeSets) {
        return Scratch.changelog(folder, database.name(), changeSets);
    }

    private Changelog written() {
        return Changelog.at(folder, Scratch.FILE, database.name());
    }

    private List<String> log() {
        return operator.column(String.class, "select concat_ws(' ', id, exectype, orderexecuted) from " + Changelog.LOG + " order by orderexecuted");
    }

    private List<String> tables() {
        return operator.column(String.class, """
                select tablename::text from pg_catalog.pg_tables where schemaname = 'public' and tablename <> 'game_profiles' order by 1
                """);
    }
}
