package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import changelogs.testing.Await;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose connection is cut between change and log row, without and with the extension. */
class CutConnectionTest {

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    Session operator;

    @BeforeEach
    void makeLog() {
        operator = database.operator();
        Scratch.changelog(folder, database.name(), Scratch.sql("before", "select 1", "select 1")).update();
    }

    @Test
    void plainLiquibaseLosesTheLogRowOfAnAppliedChangeset() {
        Changelog changelog = notes("", "");

        cutWhileTheLogIsStalled(() -> PlainLiquibase.run(changelog, url(), "update", Map.of()));

        assertThat(made()).isTrue();
        assertThat(logged()).isFalse();
        assertThatThrownBy(changelog::update).hasMessageContaining("relation \"notes\" already exists");
    }

    @Test
    void changesetIsAppliedWithItsRowOrNotAtAll() {
        Changelog changelog = notes("", "");

        cutWhileTheLogIsStalled(changelog::update);

        assertThat(made()).isFalse();
        assertThat(logged()).isFalse();
        changelog.update();
        assertThat(made()).isTrue();
        assertThat(logged()).isTrue();
    }

    @Test
    void plainLiquibaseKeepsTheLogRowOfARolledBackChangeset() {
        Changelog changelog = notes("", "");
        changelog.update();

        cutWhileTheLogIsStalled(() -> PlainLiquibase.run(changelog, url(), "rollbackCount", Map.of("count", 1)));

        assertThat(made()).isFalse();
        assertThat(logged()).isTrue();
        assertThatThrownBy(() -> changelog.rollbackCount(1)).hasMessageContaining("table \"notes\" does not exist");
    }

    @Test
    void changesetIsRolledBackWithItsRowOrNotAtAll() {
        Changelog changelog = notes("", "");
        changelog.update();

        cutWhileTheLogIsStalled(() -> changelog.rollbackCount(1));

        assertThat(made()).isTrue();
        assertThat(logged()).isTrue();
        changelog.rollbackCount(1);
        assertThat(made()).isFalse();
        assertThat(logged()).isFalse();
    }

    @Test
    void errorNamesTheRunningChangesetAndSaysThatTheNextRunContinues() {
        Throwable thrown = cutInTheMiddle(notes("select pg_sleep(60);", "")::update);

        assertThat(thrown).hasMessageContainingAll(
                "changelog.yaml::notes::test", "terminating connection", "The connection is lost", "next run continues");
        assertThat(made()).isFalse();
        assertThat(logged()).isFalse();
        notes("", "").update();
        assertThat(made()).isTrue();
        assertThat(logged()).isTrue();
    }

    @Test
    void errorNamesTheChangesetThatWasBeingRolledBack() {
        notes("", "").update();

        Throwable thrown = cutInTheMiddle(() -> notes("", "select pg_sleep(60);").rollbackCount(1));

        assertThat(thrown).hasMessageContainingAll(
                "changelog.yaml::notes::test", "terminating connection", "The connection is lost", "next run continues");
        assertThat(made()).isTrue();
        assertThat(logged()).isTrue();
        notes("", "").rollbackCount(1);
        assertThat(made()).isFalse();
        assertThat(logged()).isFalse();
    }

    @Test
    void closingTheDatabaseAfterALostConnectionThrowsNoError() throws SQLException, DatabaseException {
        Connection connection = database.owner().connection();
        AtomicPostgresDatabase postgres = new AtomicPostgresDatabase();
        postgres.setConnection(new JdbcConnection(connection));
        int hash = postgres.hashCode();
        connection.close();

        assertThatCode(postgres::rollback).doesNotThrowAnyException();
        assertThatCode(postgres::close).doesNotThrowAnyException();
        assertThat(postgres.hashCode()).as("hash code, by which Liquibase finds its services").isEqualTo(hash);
    }

    private Changelog notes(String afterMaking, String afterDropping) {
        return Scratch.changelog(folder, database.name(), Scratch.sql("before", "select 1", "select 1"),
                Scratch.sql("notes", "create table public.notes ();\n" + afterMaking, "drop table public.notes;\n" + afterDropping));
    }

    /** Locks the log until the run waits for it, then terminates the run's session. */
    private void cutWhileTheLogIsStalled(Runnable run) {
        try (Connection stall = database.operator().connection(); Statement lock = stall.createStatement()) {
            stall.setAutoCommit(false);
            lock.execute("lock table " + Changelog.LOG + " in share mode");
            cut(run, "wait_event_type = 'Lock'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Throwable cutInTheMiddle(Runnable run) {
        return cut(run, "wait_event = 'PgSleep'");
    }

    private Throwable cut(Runnable run, String state) {
        CompletableFuture<Void> running = Meanwhile.run(run);
        Await.until("a session where " + state, () -> running.isDone() || operator.value(Long.class, """
                select count(pg_terminate_backend(pid))
                from pg_catalog.pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and %s
                """.formatted(state)) > 0);
        Throwable thrown = catchThrowable(running::join);
        assertThat(thrown).isNotNull();
        return thrown.getCause();
    }

    private String url() {
        return TestServer.get().server().url(database.name());
    }

    private boolean made() {
        return operator.value(Boolean.class, "select to_regclass('public.notes') is not null");
    }

    private boolean logged() {
        return operator.value(Boolean.class, "select exists (select from " + Changelog.LOG + " where id = 'notes')");
    }
}
