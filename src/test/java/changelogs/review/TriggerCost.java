package changelogs.review;

import changelogs.server.Server;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Time to write 200 rows of a table, with its triggers: existing rows are updated, or deleted and inserted again. */
record TriggerCost(Map<String, Double> millis) {

    private static final int ROWS = 200;
    private static final int TIMES = 3;
    private static final double NANOS = 1e6;
    private static final double SLOWER = 5;
    private static final double LEAST_MILLIS = 2;

    static TriggerCost of(String database, Set<String> tables) {
        Map<String, Double> millis = new TreeMap<>();
        try (Connection connection = TestServer.get().server().connect(database, Server.OPERATOR)) {
            connection.setAutoCommit(false);
            for (String table : tables) {
                measure(connection, table, "insert").ifPresent(time -> millis.put("insert into " + table, time));
                measure(connection, table, "update").ifPresent(time -> millis.put("update of " + table, time));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TriggerCost(millis);
    }

    private static Optional<Double> measure(Connection connection, String table, String command) throws SQLException {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                String columns = value(statement, "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = '" + table
                        + "'::regclass and attnum > 0 and not attisdropped and attgenerated = ''");
                statement.execute("create temp table review_rows as select * from " + table + " limit " + ROWS);
                String first = columns.split(", ")[0];
                String sql = "update " + table + " set " + first + " = " + first + " where ctid = any (array(select ctid from " + table + " limit " + ROWS + "))";
                if (command.equals("insert")) {
                    statement.execute("set local session_replication_role = replica");
                    statement.execute("delete from " + table + " where ctid = any (array(select ctid from " + table + " limit " + ROWS + "))");
                    statement.execute("set local session_replication_role = origin");
                    sql = "insert into " + table + " (" + columns + ") overriding system value select " + columns + " from review_rows";
                }
                long begun = System.nanoTime();
                statement.execute(sql);
                best = Math.min(best, (System.nanoTime() - begun) / NANOS);
            } catch (SQLException e) {
                return Optional.empty();
            } finally {
                connection.rollback();
            }
        }
        return Optional.of(best);
    }

    private static String value(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Tables whose triggers or trigger functions differ. */
    static Set<String> tables(List<ObjectChange> changes, Set<String> existing) {
        Set<String> tables = new TreeSet<>();
        changes.stream().filter(change -> change.is("trigger") && change.after() != null && existing.contains(change.relation()))
                .forEach(change -> tables.add(change.relation()));
        return tables;
    }

    List<Finding> slowerThan(TriggerCost before, Places places) {
        List<Finding> findings = new ArrayList<>();
        millis.forEach((write, time) -> {
            Double was = before.millis.get(write);
            if (was != null && time > was * SLOWER && time - was > LEAST_MILLIS) {
                String table = write.substring(write.lastIndexOf(' ') + 1);
                findings.add(places.finding(Check.TRIGGER_COST, table, String.format(Locale.ROOT, "An %s of %d rows took %.1f ms, and now takes %.1f ms.",
                        write, ROWS, was, time)));
            }
        });
        return findings;
    }
}
