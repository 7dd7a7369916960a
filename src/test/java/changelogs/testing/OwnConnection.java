package changelogs.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A dedicated connection of a session: each call is a transaction, as through the API. */
record OwnConnection(Connection connection, String become) implements Calls {

    /** Runs calls as the role of the login. */
    static OwnConnection direct(Connection connection) {
        return new OwnConnection(connection, null);
    }

    /** Through the API, which logs in as authenticator and becomes the caller in each transaction. */
    static OwnConnection through(Connection connection, Caller caller) {
        return new OwnConnection(connection, caller.become());
    }

    @Override
    public <T> T run(String sql, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (become != null) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(become);
                }
            }
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
