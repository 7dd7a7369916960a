package changelogs.review;

import changelogs.server.Server;
import changelogs.testing.Catalog;
import changelogs.testing.CatalogReader;
import changelogs.testing.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads a database over a separate connection, as the superuser. */
final class Observer implements AutoCloseable {

    /** Condition on a relation {@code c} in a schema {@code n}: not PostgreSQL's, and not a table of Liquibase. */
    static final String OWN = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not (n.nspname = 'extensions' and c.relname ~ '^databasechangelog')";
    private static final String RELATIONS = """
            select c.oid::bigint as oid, format('%I.%I', n.nspname, c.relname) as name, c.relkind::text as kind, pg_relation_filenode(c.oid)::bigint as file,
                coalesce((select format('%I.%I', tn.nspname, t.relname) from pg_index as i join pg_class as t on t.oid = i.indrelid
                    join pg_namespace as tn on tn.oid = t.relnamespace where i.indexrelid = c.oid), format('%I.%I', n.nspname, c.relname)) as "table"
            from pg_class as c
            join pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'i', 'I', 'S', 'f') and
            """ + OWN;
    private static final String COUNTERS = """
            select s.schemaname || '.' || s.relname as name, s.seq_tup_read as read, s.n_tup_ins as inserted, s.n_tup_upd as updated, s.n_tup_del as deleted
            from pg_stat_user_tables as s
            """;
    private static final String LOCKS = """
            select l.relation::bigint as oid, l.mode from pg_locks as l
            where l.pid = ? and l.granted and l.locktype = 'relation' and l.database = (select d.oid from pg_database as d where d.datname = current_database())
            """;

    /** A table, view, index or sequence; the table of an index is the one it belongs to. */
    record Relation(String name, String kind, Long file, String table) {
    }

    /** Rows of a table that were read by sequential scans, or written. */
    record Counters(long read, long inserted, long updated, long deleted) {

        static final Counters NONE = new Counters(0, 0, 0, 0);

        Counters minus(Counters before) {
            return new Counters(read - before.read, inserted - before.inserted, updated - before.updated, deleted - before.deleted);
        }

        long written() {
            return inserted + updated + deleted;
        }
    }

    private final Session operator;
    private final CatalogReader catalog;

    Observer(String database) {
        operator = Session.in(database, Server.OPERATOR);
        // Names in the catalog are qualified, also those of public.
        operator.update("set search_path = ''");
        catalog = new CatalogReader(operator);
    }

    Session operator() {
        return operator;
    }

    Catalog catalog() {
        return catalog.read();
    }

    Map<Long, Relation> relations() {
        Map<Long, Relation> relations = new LinkedHashMap<>();
        operator.rows(RELATIONS).forEach(row -> relations.put((Long) row.get("oid"), new Relation((String) row.get("name"), (String) row.get("kind"),
                (Long) row.get("file"), (String) row.get("table"))));
        return relations;
    }

    Map<String, Counters> counters() {
        // Counts the reads of this session first, so that they are not attributed to the changeset.
        operator.rows("select pg_stat_force_next_flush()");
        Map<String, Counters> counters = new HashMap<>();
        operator.rows(COUNTERS).forEach(row -> counters.put((String) row.get("name"), new Counters((Long) row.get("read"), (Long) row.get("inserted"),
                (Long) row.get("updated"), (Long) row.get("deleted"))));
        return counters;
    }

    /** Modes of the locks that a session holds, by relation. */
    List<Map<String, Object>> locks(int session) {
        return operator.rows(LOCKS, session);
    }

    long wal() {
        return operator.value(Long.class, "select (pg_current_wal_insert_lsn() - '0/0')::bigint");
    }

    /** Number and hash of the rows of these tables; tables that do not exist are omitted. */
    Map<String, String> rows(Collection<String> tables) {
        Set<String> existing = new HashSet<>(operator.column(String.class, """
                select format('%I.%I', n.nspname, c.relname) from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.relkind in ('r', 'p')
                """));
        String query = tables.stream().filter(existing::contains)
                .map(table -> "select '" + table.replace("'", "''") + "' as name, count(*) || ' rows, hash ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as rows from "
                        + table + " as t")
                .collect(Collectors.joining(" union all "));
        Map<String, String> rows = new TreeMap<>();
        if (!query.isEmpty()) {
            operator.rows(query).forEach(row -> rows.put((String) row.get("name"), (String) row.get("rows")));
        }
        return rows;
    }

    long count(String table) {
        return operator.value(Long.class, "select count(*) from " + table);
    }

    @Override
    public void close() {
        operator.close();
    }
}
