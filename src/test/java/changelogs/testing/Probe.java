package changelogs.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** Observes or changes the databases that tests use. Ordinary runs have no probe; the mutation run installs one. */
public abstract class Probe {

    static final Probe NONE = new Probe() {
    };

    private static final ThreadLocal<Probe> CURRENT = new InheritableThreadLocal<>() {
        @Override
        protected Probe initialValue() {
            return NONE;
        }
    };

    /** The probe of this thread, inherited by threads that it starts. */
    static Probe current() {
        return CURRENT.get();
    }

    public static void install(Probe probe) {
        CURRENT.set(probe);
    }

    public static void uninstall() {
        CURRENT.remove();
    }

    /** Called after a shared database has begun the transaction of a test or a class; the connection is that of the operator. */
    protected void began(State state, String database, Connection operator) throws SQLException {
    }

    /** Called when a test gets a dedicated migrated database. */
    protected void cloned(State state, String database) throws SQLException {
    }

    /** Called when a test runs the changelog. */
    protected void usesChangelog() {
    }

    /** Called after a call; the failure is null if it succeeded. */
    protected void called(String role, String sql, SQLException failure) throws SQLException {
    }
}
