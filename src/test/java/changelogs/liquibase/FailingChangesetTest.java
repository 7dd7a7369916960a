package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A failed changeset leaves no changes, reports the error, and is retried by the next run. */
class FailingChangesetTest {

    private static final String FIRST = Scratch.sql("first", "create table public.first ()", "drop table public.first");
    private static final String LAST = Scratch.sql("last", "create table public.last ()", "drop table public.last");

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    Session operator;

    @BeforeEach
    void watch() {
        operator = database.operator();
    }

    @Test
    void errorNamesTheChangesetAndShowsItsSql() {
        assertThatThrownBy(changelog(FIRST, notes("insert into public.notes values ('one')"), LAST)::update)
                .hasMessageContaining("changelog.yaml::notes::test")
                .hasMessageContaining("invalid input syntax for type integer: \"one\"")
                .hasMessageContaining("insert into public.notes values ('one')")
                .message().doesNotContainIgnoringCase("databasechangelog");
    }

    @Test
    void failedChangesetIsRolledBackAndTheNextRunRetriesIt() {
        assertThatThrownBy(changelog(FIRST, notes("insert into public.notes values ('one')"), LAST)::update).isNotNull();

        assertThat(log()).containsExactly("first");
        assertThat(tables()).containsExactly("first");

        changelog(FIRST, notes("insert into public.notes values (1)"), LAST).update();

        assertThat(log()).containsExactly("first", "notes", "last");
        assertThat(tables()).containsExactly("first", "last", "notes");
    }

    @Test
    void failureAtCommitAlsoRollsBackTheLogRow() {
        Changelog changelog = changelog(FIRST, Scratch.sql("notes", """
                create table public.notes (id integer unique deferrable initially deferred);
                insert into public.notes values (1), (1);
                """, "drop table public.notes"), LAST);

        assertThatThrownBy(changelog::update).hasMessageContaining("changelog.yaml::notes::test").hasMessageContaining("duplicate key value");
        assertThat(log()).containsExactly("first");
        assertThat(tables()).containsExactly("first");
    }

    @Test
    void changesetWithFailOnErrorFalseIsSkippedAndRetried() {
        String tolerant = """
                  - changeSet:
                      id: notes
                      author: test
                      failOnError: false
                      changes:
                        - sql:
                            sql: |-
                              create table public.notes ();
                              insert into public.missing values (1);
                """;
        changelog(FIRST, tolerant, LAST).update();
        assertThat(log()).containsExactly("first", "last");
        assertThat(tables()).containsExactly("first", "last");

        database.owner().script("create table public.missing (id integer)");
        changelog(FIRST, tolerant, LAST).update();
        assertThat(log()).containsExactly("first", "last", "notes");
        assertThat(tables()).containsExactly("first", "last", "missing", "notes");
    }

    @Test
    void failedRollbackNamesTheChangesetAndKeepsItsRow() {
        Changelog changelog = changelog(FIRST, Scratch.sql("notes", "create table public.notes ()",
                "drop table public.notes;\nselect 1 / 0"), LAST);
        changelog.update();

        assertThatThrownBy(() -> changelog.rollbackCount(2))
                .hasMessageContaining("Could not roll back changeset changelog.yaml::notes::test: ERROR: division by zero")
                .hasMessageContaining("select 1 / 0");
        assertThat(log()).containsExactly("first", "notes");
        assertThat(tables()).containsExactly("first", "notes");
    }

    private Changelog changelog(String... changeSets) {
        return Scratch.changelog(folder, database.name(), changeSets);
    }

    private static String notes(String last) {
        return """
                  - changeSet:
                      id: notes
                      author: test
                      changes:
                        - createTable:
                            schemaName: public
                            tableName: notes
                            remarks: A table.
                            columns:
                              - column:
                                  name: id
                                  type: integer
                                  remarks: The key.
                        - sql:
                            sql: |-
                              %s;
                """.formatted(last);
    }

    private List<String> log() {
        return operator.column(String.class, "select id from " + Changelog.LOG + " order by orderexecuted");
    }

    private List<String> tables() {
        return operator.column(String.class, """
                select tablename::text from pg_catalog.pg_tables where schemaname = 'public' and tablename <> 'game_profiles' order by 1
                """);
    }
}
