package changelogs.review;

import changelogs.review.SeedTable.Column;
import changelogs.review.SeedTable.Key;
import changelogs.server.Server;
import changelogs.testing.Caller;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fills the tables of a database with rows that its checks, unique and foreign keys accept, as far as it can find such rows. It disables
 * triggers.
 */
final class Seeder implements AutoCloseable {

    private static final String SCHEMAS = "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'extensions', 'storage')";

    private static final String COLUMNS = """
            select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type,
                a.attnotnull as required, a.attidentity <> '' or a.attgenerated <> '' as computed,
                coalesce((select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum as e where e.enumtypid = a.atttypid), '{}') as labels
            from pg_class as c
            join pg_namespace as n on n.oid = c.relnamespace
            join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'p') and not c.relispartition and $schemas
            order by 1, a.attnum
            """.replace("$schemas", SCHEMAS);
    private static final String CONSTRAINTS = """
            select format('%I.%I', n.nspname, c.relname) as "table", k.contype::text as kind, pg_get_expr(k.conbin, k.conrelid) as expression,
                (select format('%I.%I', pn.nspname, p.relname) from pg_class as p join pg_namespace as pn on pn.oid = p.relnamespace where p.oid = k.confrelid) as parent,
                array(select quote_ident(a.attname) from unnest(k.conkey) with ordinality as u (n, o) join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = u.n
                    order by u.o) as columns,
                array(select quote_ident(a.attname) from unnest(k.confkey) with ordinality as u (n, o) join pg_attribute as a on a.attrelid = k.confrelid and a.attnum = u.n
                    order by u.o) as referenced
            from pg_constraint as k
            join pg_class as c on c.oid = k.conrelid
            join pg_namespace as n on n.oid = c.relnamespace
            where k.contype in ('c', 'f') and $schemas
            order by 1, cardinality(k.conkey) desc, k.conname
            """.replace("$schemas", SCHEMAS);
    private static final String UNIQUE = """
            select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as name
            from pg_index as i
            join pg_class as c on c.oid = i.indrelid
            join pg_namespace as n on n.oid = c.relnamespace
            join pg_attribute as a on a.attrelid = c.oid and a.attnum = any (i.indkey)
            where (i.indisunique or i.indisexclusion) and $schemas
            """.replace("$schemas", SCHEMAS);

    private static final String ARBITERS = """
            select format('%I.%I', n.nspname, c.relname) as "table", (
                select string_agg(quote_ident(a.attname), ', ') from pg_index as p join pg_attribute as a on a.attrelid = c.oid and a.attnum = any (p.indkey)
                where p.indrelid = c.oid and p.indisprimary) as columns
            from pg_class as c
            join pg_namespace as n on n.oid = c.relnamespace
            where exists (select from pg_index as i where i.indrelid = c.oid and not i.indimmediate) and $schemas
            """.replace("$schemas", SCHEMAS);

    private final Session operator;
    private final String database;
    private final Map<String, SeedTable> tables = new LinkedHashMap<>();
    private final Map<String, String> unseeded = new TreeMap<>();
    private final Set<String> filled = new HashSet<>();

    Seeder(String database) {
        this.database = database;
        this.operator = Session.in(database, Server.OPERATOR);
        operator.update("set search_path = ''");
        read();
    }

    private void read() {
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        Map<String, Set<String>> computed = new LinkedHashMap<>();
        operator.rows(COLUMNS).forEach(row -> {
            String table = (String) row.get("table");
            columns.computeIfAbsent(table, name -> new ArrayList<>());
            if ((Boolean) row.get("computed")) {
                computed.computeIfAbsent(table, name -> new HashSet<>()).add((String) row.get("name"));
            } else {
                columns.get(table).add(new Column((String) row.get("name"), (String) row.get("type"), (Boolean) row.get("required"), texts(row.get("labels"))));
            }
        });
        Map<String, Set<String>> unique = new LinkedHashMap<>();
        operator.rows(UNIQUE).forEach(row -> unique.computeIfAbsent((String) row.get("table"), name -> new HashSet<>()).add((String) row.get("name")));
        Map<String, List<Key>> keys = new LinkedHashMap<>();
        Map<String, List<String>> checks = new LinkedHashMap<>();
        operator.rows(CONSTRAINTS).forEach(row -> {
            String table = (String) row.get("table");
            if (row.get("kind").equals("f")) {
                keys.computeIfAbsent(table, name -> new ArrayList<>())
                        .add(new Key(texts(row.get("columns")), (String) row.get("parent"), texts(row.get("referenced"))));
            } else if (texts(row.get("columns")).stream().noneMatch(computed.getOrDefault(table, Set.of())::contains)) {
                checks.computeIfAbsent(table, name -> new ArrayList<>()).add((String) row.get("expression"));
            }
        });
        Map<String, String> arbiters = new LinkedHashMap<>();
        operator.rows(ARBITERS).forEach(row -> arbiters.put((String) row.get("table"), (String) row.get("columns")));
        columns.forEach((table, given) -> {
            if (!given.isEmpty()) {
                tables.put(table, new SeedTable(table, given, keys.getOrDefault(table, List.of()), checks.getOrDefault(table, List.of()),
                        unique.getOrDefault(table, Set.of()), arbiters.getOrDefault(table, "")));
            }
        });
    }

    private static List<String> texts(Object array) {
        try {
            return List.of((String[]) ((java.sql.Array) array).getArray());
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Inserts the accounts that the review acts as, and the rows of the base's test fixture, if they still fit the schema. */
    void people(String fixture) {
        if (!fixture.isEmpty()) {
            try (Session owner = Session.in(database, Server.MIGRATOR)) {
                owner.script(fixture);
            } catch (SqlFailed e) {
                unseeded.put("the test fixture", e.answer().message());
            }
        }
        for (Caller caller : List.of(Caller.ALICE, Caller.BOB, Caller.STRANGER)) {
            operator.update("insert into auth.users (id) values (?) on conflict do nothing", caller.account());
        }
    }

    /** Fills all tables, parents first, up to this number of rows. */
    void fill(long rows) {
        fill(rows, tables.keySet());
    }

    void fill(long rows, Set<String> chosen) {
        tables.keySet().stream().filter(table -> count(table) > 0).forEach(filled::add);
        for (String table : inOrder()) {
            if (chosen.contains(table)) {
                fill(tables.get(table), rows);
            }
        }
        operator.script("analyze");
    }

    private void fill(SeedTable table, long rows) {
        long there = count(table.name());
        if (there < rows) {
            try {
                operator.script("set local session_replication_role = replica; " + table.insert(there + 1, rows - there, there > 0, filled));
                if (count(table.name()) == 0) {
                    unseeded.put(table.name(), "no row was found that its checks accept");
                }
            } catch (SqlFailed e) {
                unseeded.put(table.name(), e.answer().message());
            }
        }
        if (count(table.name()) > 0) {
            filled.add(table.name());
        }
    }

    /** Fills the nulls of a column; returns false if that is impossible. */
    boolean fillColumn(String table, String column) {
        SeedTable found = tables.get(table);
        if (found == null || found.columns().stream().noneMatch(each -> each.name().equals(column))) {
            return false;
        }
        try {
            operator.script("set local session_replication_role = replica; " + found.fill(column));
            return true;
        } catch (SqlFailed e) {
            unseeded.put(table + "." + column, e.answer().message());
            return false;
        }
    }

    private long count(String table) {
        return operator.value(Long.class, "select count(*) from " + table);
    }

    private List<String> inOrder() {
        Set<String> order = new LinkedHashSet<>();
        tables.keySet().forEach(table -> visit(table, order, new HashSet<>()));
        return List.copyOf(order);
    }

    private void visit(String table, Set<String> order, Set<String> path) {
        if (order.contains(table) || !tables.containsKey(table) || !path.add(table)) {
            return;
        }
        tables.get(table).keys().forEach(key -> visit(key.parent(), order, path));
        order.add(table);
    }

    /** Tables without rows or columns without values, with the reason. */
    Map<String, String> unseeded() {
        return unseeded;
    }

    Set<String> tables() {
        return tables.keySet();
    }

    @Override
    public void close() {
        operator.close();
    }
}
