package changelogs.testing;

import changelogs.server.Server;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test a database of its own, and sessions in it that are closed after the test. */
public final class Database implements BeforeEachCallback, AfterEachCallback, AutoCloseable {

    private static final Duration LOCKED_WITHIN = Duration.ofSeconds(10);

    private final String system;
    private final boolean migrated;
    private final List<Session> sessions = new ArrayList<>();
    private String name;

    private Database(String system, boolean migrated) {
        this.system = system;
        this.migrated = migrated;
    }

    /** With all changesets of the system applied. */
    public static Database of(String system) {
        return new Database(system, true);
    }

    /** As the system finds it before its first changeset. */
    public static Database before(String system) {
        return new Database(system, false);
    }

    /** As {@link #before}, outside of a test's fields: in a dynamic test, to be closed by it. */
    public static Database open(String system) {
        return opened(before(system));
    }

    /** As {@link #of}, outside of a test's fields. */
    public static Database openMigrated(String system) {
        return opened(of(system));
    }

    /** A copy of it as it is, to be closed by whoever asks for it; nobody may be connected to this one meanwhile. */
    public Database copy() {
        Database copy = new Database(system, migrated);
        copy.name = TestServer.get().copy(name);
        return copy;
    }

    private static Database opened(Database database) {
        database.open();
        return database;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    private void open() {
        name = migrated ? TestServer.get().migrated(system) : TestServer.get().unmigrated(system);
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        sessions.clear();
        TestServer.get().discard(name);
    }

    public String name() {
        return name;
    }

    public Changelog changelog() {
        return new Changelog(system, name);
    }

    /** Through the API. */
    public Session as(Caller caller) {
        return keep(Session.through(connect("authenticator"), caller));
    }

    /** As the role that runs the changelogs and owns the tables. */
    public Session owner() {
        return keep(Session.direct(connect(Server.MIGRATOR)));
    }

    /** As the hosting service's superuser. */
    public Session operator() {
        return keep(Session.direct(connect(Server.OPERATOR)));
    }

    /** Rows of a table, whoever may see them. */
    public long count(String table) {
        return operator().value(Long.class, "select count(*) from " + table);
    }

    /** Until so many sessions wait for a lock here. */
    public void awaitWaiting(long sessions) {
        Session operator = operator();
        Await.until(sessions + " sessions wait for a lock", LOCKED_WITHIN, () -> operator.value(Long.class,
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") >= sessions);
    }

    private Session keep(Session session) {
        sessions.add(session);
        return session;
    }

    private java.sql.Connection connect(String role) {
        try {
            return TestServer.get().server().connect(name, role);
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }
}
