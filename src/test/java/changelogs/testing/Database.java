package changelogs.testing;

import changelogs.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Provides a test with a database of a system, and with sessions that are closed after the test.
 *
 * <p>A static field shares the database between all tests of a class, including the data loaded by {@code @BeforeAll}.
 */
public final class Database implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, AutoCloseable {

    private final String system;
    /** Null for a database before the first changeset. */
    private final State state;
    private final boolean shared;
    private final List<Session> sessions = new ArrayList<>();
    private boolean ofTheClass;
    /** Name of a dedicated database; null if the database is shared. */
    private String name;
    /** The shared database; null if the database is dedicated. */
    private WarmDatabase warm;

    private Database(String system, State state, boolean shared) {
        this.system = system;
        this.state = state;
        this.shared = shared;
    }

    /** A shared database with all changesets applied; the test is a transaction that is rolled back. */
    public static Database of(String system) {
        return of(State.end(system));
    }

    /** The same, in the given state. */
    public static Database of(State state) {
        return new Database(state.system(), state, true);
    }

    /** A dedicated database with all changesets applied, for tests that commit, need a second connection or run the changelog. */
    public static Database ofItsOwn(String system) {
        return ofItsOwn(State.end(system));
    }

    /** The same, in the given state. */
    public static Database ofItsOwn(State state) {
        return new Database(state.system(), state, false);
    }

    /** A dedicated database before the first changeset of the system. */
    public static Database before(String system) {
        return new Database(system, null, false);
    }

    /** Like {@link #before}, for dynamic tests, which must close it. */
    public static Database open(String system) {
        return opened(before(system));
    }

    /** Like {@link #open}, in a project without default grants to the API roles. */
    public static Database openWithoutDefaultGrants(String system) {
        Database database = before(system);
        database.name = TestServer.get().unmigratedWithoutDefaultGrants(system);
        return database;
    }

    /** A database of a new project, without the product's own tables; the test must close it. */
    public static Database openNewProject(String system) {
        Database database = new Database(system, null, false);
        database.name = TestServer.get().newProject();
        return database;
    }

    /** Like {@link #ofItsOwn}, for dynamic tests, which must close it. */
    public static Database openMigrated(String system) {
        return opened(ofItsOwn(system));
    }

    /** The same, in the given state. */
    public static Database openMigrated(State state) {
        return opened(ofItsOwn(state));
    }

    /** A copy of the database in its current state, which the caller must close; no session may be connected to the original meanwhile. */
    public Database copy() {
        Database copy = new Database(system, state, false);
        copy.name = TestServer.get().copy(name());
        return copy;
    }

    private static Database opened(Database database) {
        database.open(database.shared);
        return database;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open(shared);
        ofTheClass = true;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        if (!ofTheClass) {
            open(shared && !context.getRequiredTestMethod().isAnnotationPresent(OfItsOwn.class));
        } else if (warm != null) {
            warm.beginTest();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        if (!ofTheClass) {
            close();
        } else if (warm != null) {
            warm.endTest();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void open(boolean shared) {
        if (shared) {
            warm = TestServer.get().lease(state);
        } else {
            name = state == null ? TestServer.get().unmigrated(system) : TestServer.get().migrated(state);
            if (state != null) {
                TestServer.sql(() -> {
                    Probe.current().cloned(state, name);
                    return null;
                });
            }
        }
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        sessions.clear();
        if (warm != null) {
            WarmDatabase lent = warm;
            warm = null;
            TestServer.get().release(lent);
        } else if (name != null) {
            TestServer.get().discard(name);
            name = null;
        }
    }

    public String name() {
        if (warm != null) {
            throw new IllegalStateException("The database is shared. " + warm.hint());
        }
        return name;
    }

    public Changelog changelog() {
        Probe.current().usesChangelog();
        return new Changelog(system, name());
    }

    /** A session of a caller of the API. */
    public Session as(Caller caller) {
        return keep(caller.role(), warm == null ? OwnConnection.through(connect("authenticator"), caller) : warm.through(caller));
    }

    /** A session of the role that runs the changelogs and owns the tables. */
    public Session owner() {
        return direct(Server.MIGRATOR);
    }

    /** A session of the superuser of the hosting service. */
    public Session operator() {
        return direct(Server.OPERATOR);
    }

    /** Number of rows of a table, regardless of row level security. */
    public long count(String table) {
        return operator().value(Long.class, "select count(*) from " + table);
    }

    /** Waits until the given number of sessions wait for a lock in this database. */
    public void awaitWaiting(long sessions) {
        Session operator = operator();
        Await.until(sessions + " sessions wait for a lock", () -> operator.value(Long.class,
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") >= sessions);
    }

    private Session direct(String role) {
        return keep(role, warm == null ? OwnConnection.direct(connect(role)) : warm.direct(role));
    }

    private Session keep(String role, Calls calls) {
        Session session = new Session(Watched.by(Probe.current(), role, calls));
        sessions.add(session);
        return session;
    }

    private Connection connect(String role) {
        try {
            return TestServer.get().server().connect(name(), role);
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }
}
