package changelogs.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one caller does in a database; each call is a transaction, as it is through the API. */
public final class Session implements AutoCloseable {

    private final Connection connection;
    private final Caller caller;

    private Session(Connection connection, Caller caller) {
        this.connection = connection;
        this.caller = caller;
    }

    /** In any database of the test server, as a role that logs in there. */
    public static Session in(String database, String role) {
        try {
            return direct(TestServer.get().server().connect(database, role));
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }

    /** As the role that is logged in. */
    static Session direct(Connection connection) {
        return new Session(connection, null);
    }

    /** Through the API, which logs in as authenticator and becomes the caller in each transaction. */
    static Session through(Connection connection, Caller caller) {
        return new Session(connection, caller);
    }

    /** Runs a statement and gives the number of rows it changed. */
    public int update(String sql, Object... arguments) {
        return inTransaction(() -> {
            try (PreparedStatement statement = prepare(sql, arguments)) {
                return statement.execute() ? 0 : statement.getUpdateCount();
            }
        });
    }

    /** Runs statements that take no argument, in one transaction. */
    public void script(String sql) {
        inTransaction(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                return statement.execute(sql);
            }
        });
    }

    public List<Map<String, Object>> rows(String sql, Object... arguments) {
        return inTransaction(() -> {
            try (PreparedStatement statement = prepare(sql, arguments); ResultSet result = statement.executeQuery()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (result.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                    }
                    rows.add(row);
                }
                return rows;
            }
        });
    }

    /** The first column of all rows. */
    public <T> List<T> column(Class<T> type, String sql, Object... arguments) {
        return rows(sql, arguments).stream().map(row -> type.cast(row.values().iterator().next())).toList();
    }

    /** The only column of the only row. */
    public <T> T value(Class<T> type, String sql, Object... arguments) {
        List<T> column = column(type, sql, arguments);
        if (column.size() != 1) {
            throw new AssertionError("Expected one row, got " + column.size() + ": " + sql);
        }
        return column.get(0);
    }

    /** The plan that the caller's query gets, as text. */
    public String plan(String sql, Object... arguments) {
        return String.join("\n", column(String.class, "explain (costs off) " + sql, arguments));
    }

    public Connection connection() {
        return connection;
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private <T> T inTransaction(Work<T> work) {
        try {
            connection.setAutoCommit(false);
            try {
                become();
                T result = work.run();
                connection.commit();
                return result;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }

    private void become() throws SQLException {
        if (caller == null) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "select set_config('role', ?, true), set_config('request.jwt.claims', ?, true)")) {
            statement.setString(1, caller.role());
            statement.setString(2, caller.claims());
            statement.execute();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }
}
