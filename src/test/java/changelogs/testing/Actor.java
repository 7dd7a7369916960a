package changelogs.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs statements as any caller of the API, reads their effect as superuser, and rolls them back. */
public final class Actor {

    public static final String REFUSED = "42501";

    /** Result of a statement: the SQLSTATE of its error, empty if it succeeded, and rows. */
    public record Attempt(String error, List<String> rows) {

        public boolean refused() {
            return error.equals(REFUSED);
        }

        public boolean ran() {
            return error.isEmpty();
        }
    }

    private final Connection connection;

    /** Takes a superuser connection in a transaction that the caller of this constructor rolls back. */
    public Actor(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set search_path = ''");
        }
    }

    /** Runs the statement as the caller and returns its first column, or the number of rows that it changed. */
    public Attempt read(Caller caller, String sql) throws SQLException {
        return attempt(caller, "select", sql, null);
    }

    /**
     * Runs the preparation as superuser and the statement as the caller, then returns the first column of a query that the superuser runs.
     * Without such a query, it returns what {@link #read} returns.
     */
    public Attempt attempt(Caller caller, String preparation, String sql, String look) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("savepoint attempt; " + preparation + "; " + caller.become());
            boolean rows = statement.execute(sql);
            List<String> result = rows ? column(statement.getResultSet()) : List.of(String.valueOf(statement.getUpdateCount()));
            if (look != null) {
                statement.execute("set local role none");
                result = rows(look);
            }
            return new Attempt("", result);
        } catch (SQLException e) {
            return new Attempt(e.getSQLState(), List.of());
        } finally {
            try (Statement statement = connection.createStatement()) {
                statement.execute("rollback to savepoint attempt; release savepoint attempt");
            }
        }
    }

    /** Runs a query as superuser and returns its first column. */
    public List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            return column(result);
        }
    }

    private static List<String> column(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            if (result.getMetaData().getColumnCount() > 0) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
