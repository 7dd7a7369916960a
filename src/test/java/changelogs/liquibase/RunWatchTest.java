package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import changelogs.server.Server;
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
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.exception.DatabaseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a run during a slow changeset, and its end when the server no longer responds. */
class RunWatchTest {

    private static final String SLOW = "Changeset changelog.yaml::slow::test has run for ";

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    final Messages messages = new Messages();

    Session operator;
    Wire wire;

    @BeforeEach
    void connect() {
        operator = database.operator();
        operator.script("""
                set role postgres;
                create table public.signals ();
                create function public.wait_for_signal() returns void language plpgsql as $$
                begin
                    while not exists (select from public.signals) loop
                        perform pg_catalog.pg_sleep(0.01);
                    end loop;
                end
                $$;
                """);
        wire = new Wire(TestServer.get().server(), Duration.ZERO);
    }

    @AfterEach
    void disconnect() {
        sendSignal();
        messages.close();
        wire.close();
    }

    @Test
    void reportsThatTheServerIsWorking() {
        CompletableFuture<Void> running = run("select public.wait_for_signal()");

        awaitMessage(" s: the server is working.");
        sendSignal();
        running.join();
    }

    @Test
    void reportsTheLockAndItsHolder() throws SQLException {
        CompletableFuture<Void> running;
        try (Connection holder = TestServer.get().server().connect(database.name(), Server.MIGRATOR); Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("set application_name = 'the app'");
            statement.execute("lock table public.game_profiles in access share mode");
            running = run("lock table public.game_profiles in access exclusive mode");
            awaitMessage("waiting for the lock AccessExclusiveLock on game_profiles, held by the app, as postgres from ", "(idle in transaction since ",
                    "lock table public.game_profiles in access share mode");
        }
        running.join();
    }

    @Test
    void reportsTheProgressOfAnIndex() {
        operator.script("""
                set role postgres;
                create function public.wait_with(id integer) returns integer language sql immutable as
                    'select id from public.wait_for_signal()';
                create table public.notes (id integer);
                insert into public.notes values (1);
                """);
        CompletableFuture<Void> running = run("create index notes_id on public.notes (public.wait_with(id))");

        awaitMessage(" s: building an index on notes, building index: scanning table, 1 of 1 blocks.");
        sendSignal();
        running.join();
    }

    @Test
    void reportsTheProgressOfABackfill() {
        CompletableFuture<Void> running = run("""
                create schema if not exists private;
                create table private.backfills (name text, keys_done bigint, keys_estimated bigint, finished_at timestamptz);
                insert into private.backfills values ('notes', 40, 120), ('more', 7, null), ('done', 1, 1);
                update private.backfills set finished_at = now() where name = 'done';
                """, "select public.wait_for_signal()");

        awaitMessage(" s: backfill of more: 7 keys, notes: 40 of about 120 keys.");
        sendSignal();
        running.join();
    }

    @Test
    void watchDoesNotWaitForATableThatTheRunHasLocked() {
        operator.script("set role postgres; create schema private; create table private.backfills (finished_at timestamptz)");
        CompletableFuture<Void> running = run("lock table private.backfills in access exclusive mode; select public.wait_for_signal()");

        awaitMessage(" s: the server is working.");
        sendSignal();
        running.join();
    }

    @Test
    void fastRunHasNoSecondConnection() {
        run("select 1").join();

        assertThat(wire.connections()).isEqualTo(1);
        assertThat(messages.texts()).noneMatch(text -> text.startsWith(SLOW));
    }

    @Test
    void secondConnectionHoldsNoTransactionAndEndsWithTheRun() {
        CompletableFuture<Void> running = run("select public.wait_for_signal()");
        awaitMessage(" s: the server is working.");

        assertThat(operator.column(String.class, sessions("state"))).contains("idle");
        sendSignal();
        running.join();
        Await.until("no session remains", () -> operator.column(String.class, sessions("state")).isEmpty());
        assertThat(wire.connections()).isEqualTo(2);
    }

    @Test
    void runEndsWhenAllPacketsAreLost() {
        CompletableFuture<Void> running = run("create table public.notes (); select public.wait_for_signal()");
        awaitMessage("the server is working");
        wire.dropAllPackets();

        Throwable thrown = catchThrowable(running::join);

        assertThat(messages.texts())
                .anySatisfy(text -> assertThat(text).startsWith(SLOW).contains("gets no answer from the server (", "If this continues, the run ends in "))
                .anySatisfy(text -> assertThat(text).startsWith(SLOW).contains("gets no answer from the server (").endsWith(" s, so the run ends."));
        assertThat(thrown).hasStackTraceContaining("changelog.yaml::slow::test").hasStackTraceContaining("The connection is lost");
        operator.script("select pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        assertThat(operator.value(Boolean.class, "select to_regclass('public.notes') is null")).isTrue();
    }

    @Test
    void runEndsWhenTheResultIsLost() {
        CompletableFuture<Void> running = run("select pg_sleep(1)");
        Await.until("the changeset runs", () -> operator.column(String.class, sessions("wait_event")).contains("PgSleep"));
        wire.dropPacketsOfOpenConnections();

        assertThat(catchThrowable(running::join)).hasStackTraceContaining("The connection is lost");
        assertThat(messages.texts()).anySatisfy(text -> assertThat(text).startsWith(SLOW)
                .contains("the server finished the statement ", "but the result has not arrived", " s, so the run ends."));
    }

    @Test
    void serverDetectsALostRunWithinAMinute() {
        run("""
                create table public.settings as
                select current_setting('tcp_keepalives_idle') || ' ' || current_setting('tcp_keepalives_interval') || ' '
                    || current_setting('tcp_keepalives_count') || ' ' || current_setting('tcp_user_timeout') as all
                """).join();

        assertThat(operator.value(String.class, "select \"all\" from public.settings")).isEqualTo("30 10 3 60000");
    }

    @Test
    void driverKeepsTheConnectionAlive() throws DatabaseException {
        Properties asked = new Properties();
        VerbatimConnection connection = new VerbatimConnection();

        connection.open(wire.url(database.name()), new org.postgresql.Driver() {
            @Override
            public Connection connect(String url, Properties info) throws SQLException {
                asked.putAll(info);
                return super.connect(url, info);
            }
        }, login());

        connection.close();
        assertThat(asked).containsEntry("tcpKeepAlive", "true");
    }

    private static Properties login() {
        Properties login = new Properties();
        login.setProperty("user", Server.MIGRATOR);
        login.setProperty("password", Server.PASSWORD);
        return login;
    }

    private CompletableFuture<Void> run(String... statements) {
        StringBuilder changes = new StringBuilder("""
                  - changeSet:
                      id: slow
                      author: test
                      changes:
                """);
        for (String statement : statements) {
            changes.append("        - sql:\n            splitStatements: false\n            sql: |-\n").append(statement.indent(14));
        }
        if (statements.length > 1) {
            changes.insert(changes.indexOf("      changes:"), "      runInTransaction: false\n");
        }
        Scratch.write(folder, changes.toString());
        Changelog changelog = Changelog.atUrl(folder, Scratch.FILE, wire.url(database.name()));
        return Meanwhile.run(() -> {
            try {
                Scope.child(Map.of(RunWatch.INTERVAL.getKey(), 1, RunWatch.PATIENCE.getKey(), 7), changelog::update);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void sendSignal() {
        operator.update("insert into public.signals default values");
    }

    private void awaitMessage(String... parts) {
        Await.until("a message", () -> messages.texts().stream().anyMatch(text -> text.startsWith(SLOW) && Stream.of(parts).allMatch(text::contains)));
    }

    private static String sessions(String column) {
        return "select " + column + " from pg_catalog.pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    }
}
