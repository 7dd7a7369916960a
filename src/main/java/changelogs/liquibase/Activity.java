package changelogs.liquibase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Activity of a server session, as other sessions of the same role can see it. */
final class Activity {

    /** SQL for the name and the activity of a session {@code a} of {@code pg_stat_activity}. */
    static final String NAME = """
            coalesce(nullif(a.application_name, ''), 'a session without a name') || ', as ' || a.usename
                || coalesce(' from ' || host(a.client_addr), '') || ', pid ' || a.pid""";
    static final String DOING = """
            a.state || ' since ' || date_trunc('second', now() - a.state_change)
                || case when a.state = 'idle' then '' else ': ' || left(regexp_replace(a.query, '\\s+', ' ', 'g'), 120) end""";

    private static final String SESSION = """
            select s.state, extract(epoch from clock_timestamp() - s.state_change),
                   (
                       select l.mode || ' on ' || coalesce(c.oid::regclass::text, l.locktype)
                       from pg_catalog.pg_locks as l
                       left join pg_catalog.pg_class as c on c.oid = l.relation
                       where l.pid = s.pid and not l.granted
                       limit 1
                   ),
                   (
                       select string_agg(%s || coalesce(' (' || %s || ')', ''), '; ')
                       from pg_catalog.pg_stat_activity as a
                       where a.pid = any (pg_blocking_pids(s.pid))
                   ),
                   (
                       select coalesce(c.oid::regclass::text, 'a new table') || ', ' || i.phase
                           || case
                               when i.blocks_total > 0 then format(', %%s of %%s blocks', i.blocks_done, i.blocks_total)
                               when i.tuples_total > 0 then format(', %%s of %%s rows', i.tuples_done, i.tuples_total)
                               when i.lockers_total > 0 then format(', %%s of %%s transactions', i.lockers_done, i.lockers_total)
                               else ''
                           end
                       from pg_catalog.pg_stat_progress_create_index as i
                       left join pg_catalog.pg_class as c on c.oid = i.relid
                       where i.pid = s.pid
                   ),
                   to_regclass('private.backfills') is not null
            from pg_catalog.pg_stat_activity as s
            where s.pid = ?
            """.formatted(NAME, DOING);

    private static final String BACKFILL = """
            select string_agg(format('%s: %s%s keys', name, keys_done, ' of about ' || keys_estimated), ', ' order by name)
            from private.backfills
            where finished_at is null
            """;

    private final String text;
    /** How long the session has been idle; null if it is active. */
    private final Duration idle;

    private Activity(String text, Duration idle) {
        this.text = text;
        this.idle = idle;
    }

    static Activity of(Connection connection, int pid) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SESSION)) {
            query.setInt(1, pid);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return new Activity("the server has ended the session, but the connection has not noticed", Duration.ofDays(1));
                }
                if (!"active".equals(row.getString(1))) {
                    Duration idle = Duration.ofSeconds(row.getLong(2));
                    return new Activity("the server finished the statement " + idle.toSeconds() + " s ago, but the result has not arrived", idle);
                }
                return new Activity(active(connection, row), null);
            }
        }
    }

    private static String active(Connection connection, ResultSet row) throws SQLException {
        String lock = row.getString(3);
        String holders = row.getString(4);
        String index = row.getString(5);
        if (lock != null) {
            return "waiting for the lock " + lock + (holders == null ? "" : ", held by " + holders);
        }
        if (index != null) {
            return "building an index on " + index;
        }
        String backfill = row.getBoolean(6) ? backfill(connection) : null;
        return backfill == null ? "the server is working" : "backfill of " + backfill;
    }

    private static String backfill(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement(); ResultSet row = query.executeQuery(BACKFILL)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("08")) {
                throw e;
            }
            // The run itself may hold a lock on the table.
            return null;
        }
    }

    String text() {
        return text;
    }

    /** Whether the session has been idle for the given time although its client waits for a result. */
    boolean isIdleFor(Duration time) {
        return idle != null && idle.compareTo(time) >= 0;
    }
}
