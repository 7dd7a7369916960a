package changelogs.liquibase;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.exception.UnexpectedLiquibaseException;

/** Start of a run's session: checks that the server accepts changes and that no pooler shares the session, and sets the session's name. */
final class Introduction {

    private static final String TRANSACTION_POOLER = "The connection goes through a pooler in transaction mode, where each transaction may get"
            + " another session of the server, but the changelog lock belongs to a session."
            + " Connect to the server directly, or through a pooler in session mode; Supabase offers both on port 5432.";

    private static final int ROUNDS = 5;

    private final Connection connection;
    private final Another another;
    private int backend;

    /** Opens another connection to the same server. */
    interface Another {
        Connection open() throws SQLException;
    }

    /** {@code another} is null if no second connection can be opened. */
    Introduction(Connection connection, Another another) {
        this.connection = connection;
        this.another = another;
    }

    /** Returns the process id of the session; throws if a run cannot start. */
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

    /** Whether the run is connected without a pooler. */
    boolean isDirect() {
        return announced() == backend;
    }

    private int readOnlyIsRefused() throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
                select pg_backend_pid(), pg_is_in_recovery(), current_setting('transaction_read_only')::boolean
                """)) {
            row.next();
            if (row.getBoolean(2)) {
                throw new UnexpectedLiquibaseException("This server is a standby (a read replica), which accepts no changes."
                        + " Use the URL of the primary server.");
            }
            if (row.getBoolean(3)) {
                throw new UnexpectedLiquibaseException("This session is read-only: default_transaction_read_only is on for the server, the"
                        + " database or the role, or the URL says readOnly=true. A hosted project becomes read-only when its disk is nearly full.");
            }
            return row.getInt(1);
        }
    }

    /** Process id that the client received when it connected; a pooler sends its own number. Uses reflection because of class loaders. */
    private int announced() {
        try {
            Method number = Class.forName("org.postgresql.PGConnection", false, connection.getClass().getClassLoader()).getMethod("getBackendPID");
            return (int) number.invoke(connection);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return 0;
        }
    }

    /**
     * Detects a pooler in transaction mode, which gives the session of a connected client to other clients between transactions. An idle
     * pooler assigns either the last returned or the longest waiting session; alternating transactions on two connections reveal both.
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
            // A pooler in session mode may have no free session; a pooler in transaction mode would have assigned this one.
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
     * Sets the mark for the changelog, and an application name that waiting runs can print. Keepalive settings let the server detect a lost
     * client within a minute, so that it releases the lock.
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
