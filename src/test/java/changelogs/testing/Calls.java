package changelogs.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** Who calls, and where a call begins and ends. */
interface Calls extends AutoCloseable {

    /** Runs a call as the caller: kept as a whole, or taken back as a whole where it fails. */
    <T> T run(String sql, Work<T> work) throws SQLException;

    /** The connection beneath, where nobody else uses it. */
    Connection connection();

    @Override
    void close() throws SQLException;

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
