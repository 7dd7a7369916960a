package changelogs.pages;

import changelogs.server.Server;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects created by a changelog: the difference between the catalogs of a migrated and an unmigrated database. */
final class Made implements AutoCloseable {

    /** Tables of Liquibase. */
    static final String OF_LIQUIBASE = "('databasechangelog', 'databasechangeloglock')";

    private final Connection before;
    private final Connection after;

    private Made(Connection before, Connection after) {
        this.before = before;
        this.after = after;
    }

    /** Compares an unmigrated database with a connection to a migrated one. */
    static Made between(String unmigrated, Connection migrated) throws SQLException {
        Connection before = TestServer.get().server().connect(unmigrated, Server.OPERATOR);
        for (Connection connection : List.of(before, migrated)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set search_path = ''");
            }
        }
        return new Made(before, migrated);
    }

    /** Rows that are new or changed in the migrated database. */
    List<Map<String, String>> rows(String query) throws SQLException {
        return difference(rows(after, query), rows(before, query));
    }

    /** Rows that exist only in the unmigrated database. */
    List<Map<String, String>> gone(String query) throws SQLException {
        return difference(rows(before, query), rows(after, query));
    }

    private static List<Map<String, String>> difference(List<Map<String, String>> rows, List<Map<String, String>> without) {
        List<Map<String, String>> difference = new ArrayList<>(rows);
        difference.removeAll(without);
        return difference;
    }

    static List<Map<String, String>> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            List<Map<String, String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String value = result.getString(i);
                    row.put(result.getMetaData().getColumnLabel(i), value == null ? "" : value);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        before.close();
    }
}
