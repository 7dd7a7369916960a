package changelogs.liquibase;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.exception.UnexpectedLiquibaseException;

/** What a run and the server tell each other first: whether the server takes changes, whether the session is the run's own, who runs. */
final class Introduction {

    private static final String TRANSACTION_POOLER = "The connection goes through a pooler in transaction mode, where each transaction may get"
            + " another session of the server, and the lock that keeps two runs apart belongs to a session."
            + " Connect to the server directly, or through a pooler in session mode; at Supabase both listen on port 5432.";

    private static final int ROUNDS = 5;

    private final Connection connection;
    private final Another another;
    private int backend;

    /** Opens one more connection to where the run is connected. */
    interface Another {
        Connection open() throws SQLException;
    }

    /** Without a way to connect once more, {@code another} is null. */
    Introduction(Connection connection, Another another) {
        this.connection = connection;
        this.another = another;
    }

    /** Returns the server's number of the session; throws where no run can begin. */
    int backend(String mark, boolean marked) {
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            backend = readOnlyIsRefused();
            if (!isDirect()) {
                sharedSessionIsRefused();
            }
            introduce(mark, marked);
            connection.setAutoCommit(autoCommit);
            return backend;
        } catch (SQLException e) {
            throw new UnexpectedLiquibaseException("Could not set up the session: " + e.getMessage(), e);
        }
    }

    /** Whether no pooler stands between the run and the server. */
    boolean isDirect() {
        return announced() == backend;
    }

    private int readOnlyIsRefused() throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
                select pg_backend_pid(), pg_is_in_recovery(), current_setting('transaction_read_only')::boolean
                """)) {
            row.next();
            if (row.getBoolean(2)) {
                throw new UnexpectedLiquibaseException("This server is a standby (a read replica), which takes no changes."
                        + " Use the URL of the primary server.");
            }
            if (row.getBoolean(3)) {
                throw new UnexpectedLiquibaseException("This session is read-only: default_transaction_read_only is on for the server, the"
                        + " database or the role, or the URL says readOnly=true. A hosted project becomes read-only when its disk is nearly full.");
            }
            return row.getInt(1);
        }
    }

    /** The number that the client was told when it connected; a pooler tells one of its own. By name, since the driver may be another class loader's. */
    private int announced() {
        try {
            Method number = Class.forName("org.postgresql.PGConnection", false, connection.getClass().getClassLoader()).getMethod("getBackendPID");
            return (int) number.invoke(connection);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return 0;
        }
    }

    /**
     * While a client is connected, its session is nobody else's, unless a pooler lends it out between two transactions. A pooler with
     * little to do hands out the session that came back last, or the one that waited longest: this is where either shows.
     */
    private void sharedSessionIsRefused() throws SQLException {
        try (Connection other = another == null ? null : another.open()) {
            for (int i = 0; i < ROUNDS; i++) {
                sameSessionOrRefused();
                if (other != null) {
                    other.setAutoCommit(false);
                    if (session(other) == backend) {
                        throw new UnexpectedLiquibaseException(TRANSACTION_POOLER);
                    }
                    sameSessionOrRefused();
                    other.commit();
                }
            }
        } catch (SQLException e) {
            // A pooler in session mode may have no session left. One in transaction mode would have lent this one.
            sameSessionOrRefused();
        }
    }

    private void sameSessionOrRefused() throws SQLException {
        if (session(connection) != backend) {
            throw new UnexpectedLiquibaseException(TRANSACTION_POOLER);
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * Leaves the mark for the changelog, and a name by which a waiting run can say whom it waits for; has the server notice within a
     * minute that this end is gone, so that it lets go of the lock.
     */
    private void introduce(String mark, boolean marked) throws SQLException {
        try (PreparedStatement settings = connection.prepareStatement("""
                select set_config(?, ?, false),
                       case when current_setting('application_name') in ('', 'PostgreSQL JDBC Driver')
                            then set_config('application_name', ?, false) end,
                       set_config('tcp_keepalives_idle', '30', false),
                       set_config('tcp_keepalives_interval', '10', false),
                       set_config('tcp_keepalives_count', '3', false),
                       set_config('tcp_user_timeout', '60s', false)
                """)) {
            settings.setString(1, mark);
            settings.setString(2, marked ? "on" : "off");
            settings.setString(3, "liquibase of " + Operator.current());
            settings.execute();
        }
    }
}
