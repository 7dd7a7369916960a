package changelogs.review;

import changelogs.server.Server;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLWarning;

/**
 * CPU time of writing 200 rows of a table with its triggers, before and after: existing rows are updated, or deleted and inserted again. CPU time
 * does not count what the server waits for, so other work on the machine does not change it.
 *
 * @param before milliseconds on the base
 * @param after milliseconds on the head
 */
record TriggerCost(String write, String table, double before, double after) {

    private static final int ROWS = 200;
    private static final int ROUNDS = 5;
    private static final double MILLIS = 1e3;
    private static final double SLOWER = 5;
    private static final double LEAST_MILLIS = 2;
    private static final Pattern CPU = Pattern.compile("([\\d.]+) s user, ([\\d.]+) s system");

    /** The base and the head take turns, and the fastest of five rounds counts. */
    static List<TriggerCost> between(String before, String after, Set<String> tables) {
        List<TriggerCost> costs = new ArrayList<>();
        try (Connection base = connect(before); Connection head = connect(after)) {
            for (String table : tables) {
                for (String command : List.of("insert into ", "update of ")) {
                    double was = Double.MAX_VALUE;
                    double is = Double.MAX_VALUE;
                    for (int i = 0; i < ROUNDS; i++) {
                        was = Math.min(was, measure(base, table, command));
                        is = Math.min(is, measure(head, table, command));
                    }
                    costs.add(new TriggerCost(command + table, table, was, is));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return costs;
    }

    private static Connection connect(String database) throws SQLException {
        Connection connection = TestServer.get().server().connect(database, Server.OPERATOR);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Milliseconds of CPU time; infinite if the write fails. */
    private static double measure(Connection connection, String table, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            String columns = value(statement, "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = '" + table
                    + "'::regclass and attnum > 0 and not attisdropped and attgenerated = ''");
            statement.execute("create temp table review_rows as select * from " + table + " limit " + ROWS);
            String first = columns.split(", ")[0];
            String sql = "update " + table + " set " + first + " = " + first + " where ctid = any (array(select ctid from " + table + " limit " + ROWS + "))";
            if (command.startsWith("insert")) {
                statement.execute("set local session_replication_role = replica");
                statement.execute("delete from " + table + " where ctid = any (array(select ctid from " + table + " limit " + ROWS + "))");
                statement.execute("set local session_replication_role = origin");
                sql = "insert into " + table + " (" + columns + ") overriding system value select " + columns + " from review_rows";
            }
            statement.execute("set local client_min_messages = log");
            statement.execute("set local log_executor_stats = on");
            statement.execute(sql);
            return cpu(statement.getWarnings());
        } catch (SQLException e) {
            return Double.POSITIVE_INFINITY;
        } finally {
            connection.rollback();
        }
    }

    /** The server sends the statistics of a statement as a message. */
    private static double cpu(SQLWarning messages) {
        for (SQLWarning message = messages; message != null; message = message.getNextWarning()) {
            if (message instanceof PSQLWarning sent && sent.getServerErrorMessage().getDetail() != null) {
                Matcher times = CPU.matcher(sent.getServerErrorMessage().getDetail());
                if (times.find()) {
                    return (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2))) * MILLIS;
                }
            }
        }
        throw new IllegalStateException("The server sent no statistics.");
    }

    private static String value(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Tables that existed before and whose triggers, or the functions of these, are new or changed. */
    static Set<String> tables(List<ObjectChange> changes, Set<String> existing, Session after) {
        Set<String> tables = new TreeSet<>();
        for (ObjectChange change : changes) {
            if (change.is("trigger") && !change.isDropped()) {
                tables.add(change.relation());
            } else if (change.is("function") && change.isChanged()) {
                tables.addAll(after.column(String.class, """
                        select format('%I.%I', n.nspname, c.relname) from pg_trigger as t join pg_class as c on c.oid = t.tgrelid
                        join pg_namespace as n on n.oid = c.relnamespace where t.tgfoid = to_regprocedure(?)
                        """, change.name()));
            }
        }
        tables.retainAll(existing);
        return tables;
    }

    static List<Finding> findings(List<TriggerCost> costs, Places places) {
        return costs.stream().filter(cost -> cost.after < Double.POSITIVE_INFINITY && cost.after > cost.before * SLOWER && cost.after - cost.before > LEAST_MILLIS)
                .map(cost -> places.finding(Check.TRIGGER_COST, cost.table, String.format(Locale.ROOT, "An %s of %d rows took %.1f ms of CPU time, and now takes %.1f ms.",
                        cost.write, ROWS, cost.before, cost.after))).toList();
    }
}
