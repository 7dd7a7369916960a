package changelogs.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs calls with the identity of a caller and defines where a call begins and ends. */
interface Calls extends AutoCloseable {

    /** Runs a call as the caller; if it fails, it is rolled back completely. */
    <T> T run(String sql, Work<T> work) throws SQLException;

    /** The underlying connection, if it is not shared. */
    Connection connection();

    @Override
    void close() throws SQLException;

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
