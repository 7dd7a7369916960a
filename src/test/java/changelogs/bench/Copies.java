package changelogs.bench;

import changelogs.bench.ScopedTables.Table;
import changelogs.testing.Session;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Copies tables with their rows, indexes and constraints into schema bench, without triggers and with the policy that one would write for one user. */
final class Copies {

    private static final String COLUMNS = """
            select string_agg(quote_ident(attname), ', ' order by attnum) filter (where attgenerated = '') as names,
                coalesce(array_agg(quote_ident(attname)) filter (where attidentity <> ''), '{}') as numbered
            from pg_attribute
            where attrelid = ?::regclass and attnum > 0 and not attisdropped
            """;
    private static final String CONSTRAINTS = """
            select format('alter table %s add constraint %I %s%s', ?, conname, pg_get_constraintdef(oid), case when contype = 'f' and convalidated then ' not valid' end)
            from pg_constraint
            where conrelid = ?::regclass and contype in ('c', 'f', 'p', 'u', 'x')
            order by contype in ('p', 'u') desc, conname
            """;
    /** The equality of the plain policy uses an index on a column, not one on the expression of a range policy. */
    private static final String INDEXES = """
            select regexp_replace(replace(pg_get_indexdef(i.indexrelid), ' ON ' || i.indrelid::regclass || ' ', ' ON ' || ? || ' '),
                'COALESCE\\((\\w+), ''[0-9a-f-]+''::uuid\\)', '\\1')
            from pg_index as i
            where i.indrelid = ?::regclass and not exists (select from pg_constraint as k where k.conindid = i.indexrelid and k.conrelid = i.indrelid)
            """;

    private Copies() {
    }

    static String name(Table table) {
        return "bench." + table.simpleName();
    }

    static void of(List<Table> tables, Session operator) {
        operator.script("create schema bench; grant usage on schema bench to authenticated, service_role");
        for (Table table : tables) {
            String copy = name(table);
            Map<String, Object> columns = operator.rows(COLUMNS, table.name()).get(0);
            operator.script("""
                    create table %1$s (like %2$s including defaults including generated including identity including storage);
                    insert into %1$s (%3$s) overriding system value select %3$s from %2$s;
                    """.formatted(copy, table.name(), columns.get("names")));
            operator.column(String.class, CONSTRAINTS, copy, table.name()).forEach(operator::script);
            operator.column(String.class, INDEXES, copy, table.name()).forEach(operator::script);
            for (String numbered : ScopedTables.texts(columns.get("numbered"))) {
                operator.script("select setval(pg_get_serial_sequence('%1$s', '%2$s'), (select max(%2$s) from %1$s))".formatted(copy, numbered));
            }
            operator.script("""
                    alter table %1$s enable row level security;
                    create policy plain on %1$s for select to authenticated using (%2$s);
                    grant select on %1$s to authenticated;
                    grant all on %1$s to service_role;
                    """.formatted(copy, table.plainCondition()));
        }
        try (Statement statement = operator.connection().createStatement()) {
            // The visibility map, which index-only scans need.
            statement.execute("vacuum analyze");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
