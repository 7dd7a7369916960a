package changelogs.testing;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A session of a caller in a database; each call succeeds or fails completely, as through the API. */
public final class Session implements AutoCloseable {

    private final Calls calls;

    Session(Calls calls) {
        this.calls = calls;
    }

    /** Opens a session in any database of the test server, as a login role. */
    public static Session in(String database, String role) {
        try {
            return new Session(OwnConnection.direct(TestServer.get().server().connect(database, role)));
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }

    /** Runs a statement and returns the number of changed rows. */
    public int update(String sql, Object... arguments) {
        return call(sql, connection -> {
            try (PreparedStatement statement = prepare(connection, sql, arguments)) {
                return statement.execute() ? 0 : statement.getUpdateCount();
            }
        });
    }

    /** Runs statements without arguments in one transaction. */
    public void script(String sql) {
        call(sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                return statement.execute(sql);
            }
        });
    }

    public List<Map<String, Object>> rows(String sql, Object... arguments) {
        return call(sql, connection -> {
            try (PreparedStatement statement = prepare(connection, sql, arguments); ResultSet result = statement.executeQuery()) {
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

    /** The query plan for the caller, as text. */
    public String plan(String sql, Object... arguments) {
        return String.join("\n", column(String.class, "explain (costs off) " + sql, arguments));
    }

    /** An argument of an array type. */
    public Array arrayOf(String type, Object... elements) {
        try {
            return calls.run("array", connection -> connection.createArrayOf(type, elements));
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }

    /** The underlying connection, available in a dedicated database. */
    public Connection connection() {
        return calls.connection();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private <T> T call(String sql, Calls.Work<T> work) {
        try {
            return calls.run(sql, work);
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }

    @Override
    public void close() {
        try {
            calls.close();
        } catch (SQLException e) {
            throw new SqlFailed(e);
        }
    }
}
