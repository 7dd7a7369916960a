package changelogs.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** Watches or changes the databases that tests use. Ordinary runs have none; a run that measures the tests installs one. */
public abstract class Probe {

    static final Probe NONE = new Probe() {
    };

    private static final ThreadLocal<Probe> CURRENT = new InheritableThreadLocal<>() {
        @Override
        protected Probe initialValue() {
            return NONE;
        }
    };

    /** The one of this thread, which the threads that it starts inherit. */
    static Probe current() {
        return CURRENT.get();
    }

    public static void install(Probe probe) {
        CURRENT.set(probe);
    }

    public static void uninstall() {
        CURRENT.remove();
    }

    /** A shared database has begun the transaction that a test, or the tests of a class, are; the connection is the operator's. */
    protected void began(State state, String database, Connection operator) throws SQLException {
    }

    /** A test has a migrated database of its own. */
    protected void cloned(State state, String database) throws SQLException {
    }

    /** A test runs the changelog. */
    protected void usesChangelog() {
    }

    /** A call has ended; the failure is null where it succeeded. */
    protected void called(String role, String sql, SQLException failure) throws SQLException {
    }
}
