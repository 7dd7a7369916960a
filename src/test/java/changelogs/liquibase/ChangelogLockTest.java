package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.server.Server;
import changelogs.testing.Await;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Scratch;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LockException;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The changelog lock, which only one run holds, and the messages of runs that wait for it. */
class ChangelogLockTest {

    private static final String OTHER_DATABASE = "postgres";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration POLL = Duration.ofMillis(5);

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    final List<Connection> connections = new ArrayList<>();
    final Messages messages = new Messages();

    WaitingLockService carol;
    WaitingLockService dave;

    @BeforeEach
    void carolHoldsTheLock() throws SQLException, LockException {
        carol = lock(database.name(), Server.MIGRATOR, "carol's run");
        dave = lock(database.name(), Server.MIGRATOR, "dave's run");
        carol.waitForLock(LONG, POLL);
    }

    @AfterEach
    void disconnect() throws SQLException {
        messages.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void waitingRunPrintsTheHolderAndContinuesWhenTheHolderEnds() throws SQLException {
        CompletableFuture<Void> waiting = Meanwhile.run(() -> assertThatCode(() -> Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()),
                () -> dave.waitForLock(LONG, POLL))).doesNotThrowAnyException());
        Await.until("a message", () -> !messages.texts().isEmpty());

        assertThat(messages.texts()).singleElement().asString()
                .startsWith("Waiting for the changelog lock, held by carol's run, as postgres from ")
                .contains(", pid " + pid(connections.get(0)) + " (idle since ", "giving up in ");
        assertThat(waiting).isNotDone();
        connections.get(0).close();
        waiting.join();
        assertThat(dave.hasChangeLogLock()).isTrue();
    }

    @Test
    void waitEndsWithAnErrorThatNamesTheHolderAndTheNextStep() throws SQLException {
        assertThatThrownBy(() -> dave.waitForLock(SHORT, POLL)).isInstanceOf(LockException.class)
                .hasMessageStartingWith("Gave up after 0 s: the changelog lock is held by carol's run, as postgres from ")
                .hasMessageContaining("-Dliquibase.changelogLockWaitTimeInMinutes=")
                .hasMessageContaining("select pg_terminate_backend(" + pid(connections.get(0)) + ")");
        assertThat(dave.hasChangeLogLock()).isFalse();
    }

    @Test
    void liquibasesOwnSettingLimitsTheWait() {
        assertThatThrownBy(() -> Scope.child(Map.of(GlobalConfiguration.CHANGELOGLOCK_WAIT_TIME.getKey(), 0L), () -> dave.waitForLock()))
                .isInstanceOf(LockException.class).hasMessageStartingWith("Gave up after 0 s");
    }

    @Test
    void holderIsNamedEvenIfItsActivityIsHidden() throws SQLException, LockException {
        connections.get(0).close();
        lock(database.name(), Server.OPERATOR, "the operator's run").waitForLock(LONG, POLL);

        WaitingLockService erin = lock(database.name(), "authenticator", "erin's run");
        assertThatThrownBy(() -> erin.waitForLock(SHORT, POLL)).isInstanceOf(LockException.class)
                .hasMessageContaining("held by the operator's run, as supabase_admin, pid ");
        assertThat(erin.listLocks()).singleElement().satisfies(lock -> assertThat(lock.getLockGranted()).isNotNull());
    }

    @Test
    void listLocksNamesOnlyTheHolderInThisDatabase() throws SQLException, LockException {
        assertThat(dave.listLocks()).singleElement()
                .satisfies(lock -> assertThat(lock.getLockedBy()).startsWith("carol's run, as postgres from "));
        assertThat(lock(OTHER_DATABASE, Server.MIGRATOR, "erin's run").listLocks()).isEmpty();
        assertThatCode(() -> changelog().run("listLocks", Map.of())).doesNotThrowAnyException();
    }

    @Test
    void runInAnotherDatabaseOfTheServerDoesNotWait() throws SQLException, LockException {
        WaitingLockService erin = lock(OTHER_DATABASE, Server.MIGRATOR, "erin's run");

        erin.waitForLock(SHORT, POLL);

        assertThat(erin.hasChangeLogLock()).isTrue();
    }

    @Test
    void releaseLocksExplainsThatTheLockEndsWithItsSession() throws LockException {
        changelog().run("releaseLocks", Map.of());

        assertThat(messages.texts()).anySatisfy(text -> assertThat(text).startsWith("There is nothing to release")
                .contains("The lock is held by carol's run, as postgres from ").contains("select pg_terminate_backend("));
        assertThat(dave.listLocks()).hasSize(1);
    }

    @Test
    void releaseLocksReportsThatNoSessionHoldsTheLock() throws SQLException {
        connections.get(0).close();
        Await.until("the session ends", () -> {
            try {
                return dave.listLocks().length == 0;
            } catch (LockException e) {
                throw new IllegalStateException(e);
            }
        });

        changelog().run("releaseLocks", Map.of());

        assertThat(messages.texts()).anySatisfy(text -> assertThat(text).startsWith("There is nothing to release").endsWith("No session holds the lock now."));
    }

    @Test
    void databaseObjectOfAnEarlierGoalOfTheMavenRunIsRecognized() throws ReflectiveOperationException, IOException {
        try (URLClassLoader goal = new URLClassLoader(new URL[] {AtomicPostgresDatabase.class.getProtectionDomain().getCodeSource().getLocation()},
                new WithoutExtension())) {
            Object earlier = goal.loadClass(AtomicPostgresDatabase.class.getName()).getConstructor().newInstance();

            assertThat(earlier).isNotInstanceOf(AtomicPostgresDatabase.class);
            assertThat(new WaitingLockService().supports((liquibase.database.Database) earlier)).isTrue();
            assertThat(new RetryingHistoryService().supports((liquibase.database.Database) earlier)).isTrue();
        }
        assertThat(new WaitingLockService().supports(new PostgresDatabase())).isFalse();
    }

    /** Class path with the extension's dependencies, but without the extension. */
    private static final class WithoutExtension extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("changelogs.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private Changelog changelog() {
        return Scratch.changelog(folder, database.name());
    }

    private WaitingLockService lock(String where, String role, String name) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", Server.PASSWORD);
        login.setProperty("ApplicationName", name);
        Connection connection = DriverManager.getConnection(TestServer.get().server().url(where), login);
        connections.add(connection);
        AtomicPostgresDatabase postgres = new AtomicPostgresDatabase();
        postgres.setConnection(new JdbcConnection(connection));
        WaitingLockService lock = new WaitingLockService();
        lock.setDatabase(postgres);
        return lock;
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }
}
