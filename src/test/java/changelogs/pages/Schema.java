package changelogs.pages;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Objects that a changelog creates, as needed by the pages. */
final class Schema {

    /** A row of a catalog query by column name. */
    record Row(Map<String, String> values) {

        String get(String name) {
            return values.get(name);
        }

        String name() {
            return get("name");
        }

        boolean is(String name, String value) {
            return get(name).equals(value);
        }
    }

    private static final String SCHEMAS = """
            select n.nspname as name, obj_description(n.oid, 'pg_namespace') as comment
            from pg_catalog.pg_namespace as n
            where n.nspname !~ '^pg_'
            order by n.nspname collate "C"
            """;
    private static final String RELATIONS = """
            select format('%I.%I', n.nspname, c.relname) as name, c.relname as simple, n.nspname as schema,
                case c.relkind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end as kind,
                c.relrowsecurity::text as secured,
                coalesce((select option_value from pg_catalog.pg_options_to_table(c.reloptions) where option_name = 'security_invoker'), 'false') as invoker,
                obj_description(c.oid, 'pg_class') as comment
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and c.relname not in %s
            order by n.nspname collate "C", c.relname collate "C"
            """.replace("%s", Made.OF_LIQUIBASE);
    private static final String COLUMNS = """
            select format('%I.%I', n.nspname, c.relname) as relation, a.attname as name,
                format_type(a.atttypid, a.atttypmod) as type,
                case when a.attnotnull then 'no' else 'yes' end as nullable,
                case when a.attidentity <> '' then 'identity'
                    when a.attgenerated <> '' then 'generated: ' || pg_get_expr(d.adbin, d.adrelid)
                    else pg_get_expr(d.adbin, d.adrelid)
                end as "default",
                col_description(a.attrelid, a.attnum) as comment
            from pg_catalog.pg_attribute as a
            join pg_catalog.pg_class as c on c.oid = a.attrelid
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
                and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            order by n.nspname collate "C", c.relname collate "C", a.attnum
            """;
    /** Constraints except not null, which the page shows with the column and which is a constraint only since PostgreSQL 18. */
    private static final String CONSTRAINTS = """
            select format('%I.%I', n.nspname, c.relname) as relation, k.conname as name, pg_get_constraintdef(k.oid) as definition,
                k.contype::text as kind,
                case when k.confrelid <> 0 then
                    (select format('%I.%I', rn.nspname, r.relname)
                    from pg_catalog.pg_class as r join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
                    where r.oid = k.confrelid)
                end as referenced,
                (select string_agg(a.attname, ', ' order by key.place)
                from unnest(k.conkey) with ordinality as key (number, place)
                join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = key.number) as columns
            from pg_catalog.pg_constraint as k
            join pg_catalog.pg_class as c on c.oid = k.conrelid
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where k.contype in ('p', 'u', 'f', 'c', 'x') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            order by n.nspname collate "C", c.relname collate "C", array_position(array['p', 'u', 'x', 'f', 'c'], k.contype::text), k.conname collate "C"
            """;
    private static final String INDEXES = """
            select format('%I.%I', n.nspname, c.relname) as relation, x.relname as name, pg_get_indexdef(i.indexrelid) as definition
            from pg_catalog.pg_index as i
            join pg_catalog.pg_class as x on x.oid = i.indexrelid
            join pg_catalog.pg_class as c on c.oid = i.indrelid
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where n.nspname !~ '^pg_'
                and not exists (select from pg_catalog.pg_constraint as k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
            order by n.nspname collate "C", c.relname collate "C", x.relname collate "C"
            """;
    private static final String POLICIES = """
            select format('%I.%I', p.schemaname, p.tablename) as relation, p.policyname as name, lower(p.cmd) as command,
                lower(p.permissive) as kind, array_to_string(p.roles, ', ') as roles, p.qual, p.with_check as "check"
            from pg_catalog.pg_policies as p
            order by p.schemaname collate "C", p.tablename collate "C",
                array_position(array['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE'], p.cmd), p.policyname collate "C"
            """;
    private static final String TRIGGERS = """
            select format('%I.%I', n.nspname, c.relname) as relation, t.tgname as name, pg_get_triggerdef(t.oid, true) as definition,
                t.tgfoid::regproc::text as function
            from pg_catalog.pg_trigger as t
            join pg_catalog.pg_class as c on c.oid = t.tgrelid
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where not t.tgisinternal
            order by n.nspname collate "C", c.relname collate "C", t.tgname collate "C"
            """;
    /** Relations used by the definition of a view. */
    private static final String READS = """
            select distinct format('%I.%I', n.nspname, c.relname) as relation, format('%I.%I', rn.nspname, r.relname) as "from"
            from pg_catalog.pg_rewrite as w
            join pg_catalog.pg_class as c on c.oid = w.ev_class
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid
                and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> c.oid
            join pg_catalog.pg_class as r on r.oid = d.refobjid
            join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            order by 1, 2
            """;
    private static final String FUNCTIONS = """
            select format('%I.%I', n.nspname, p.proname) as name, pg_get_function_identity_arguments(p.oid) as arguments,
                obj_description(p.oid, 'pg_proc') as comment
            from pg_catalog.pg_proc as p
            join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"
            """;
    private static final String TYPES = """
            select format('%I.%I', n.nspname, t.typname) as name,
                case when t.typtype = 'd' then 'domain over ' || format_type(t.typbasetype, t.typtypmod)
                    else 'one of ' || (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_catalog.pg_enum as e where e.enumtypid = t.oid)
                end as definition,
                obj_description(t.oid, 'pg_type') as comment
            from pg_catalog.pg_type as t
            join pg_catalog.pg_namespace as n on n.oid = t.typnamespace
            where t.typtype in ('d', 'e') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            order by n.nspname collate "C", t.typname collate "C"
            """;


    final List<Row> schemas;
    final List<Row> relations;
    final List<Row> functions;
    final List<Row> types;
    private final Map<String, Row> byName = new HashMap<>();
    private final Map<String, List<Row>> columns;
    private final Map<String, List<Row>> constraints;
    private final Map<String, List<Row>> indexes;
    private final Map<String, List<Row>> policies;
    private final Map<String, List<Row>> triggers;
    private final Map<String, List<Row>> reads;
    private final Map<String, List<Row>> references = new LinkedHashMap<>();
    private final Map<String, List<Row>> readers = new LinkedHashMap<>();

    Schema(Made made) throws SQLException {
        schemas = read(made, SCHEMAS);
        relations = read(made, RELATIONS);
        functions = read(made, FUNCTIONS);
        types = read(made, TYPES);
        columns = by("relation", read(made, COLUMNS));
        constraints = by("relation", read(made, CONSTRAINTS));
        indexes = by("relation", read(made, INDEXES));
        policies = by("relation", read(made, POLICIES));
        triggers = by("relation", read(made, TRIGGERS));
        reads = by("relation", read(made, READS));
        relations.forEach(relation -> byName.put(relation.name(), relation));
        constraints.values().forEach(rows -> rows.stream().filter(row -> row.is("kind", "f"))
                .forEach(row -> references.computeIfAbsent(row.get("referenced"), name -> new ArrayList<>()).add(row)));
        reads.values().forEach(rows -> rows.forEach(row -> readers.computeIfAbsent(row.get("from"), name -> new ArrayList<>()).add(row)));
    }

    /** A relation of the changelog; null if it belongs to the product. */
    Row relation(String name) {
        return byName.get(name);
    }

    boolean isTable(String name) {
        return byName.containsKey(name) && byName.get(name).is("kind", "table");
    }

    /** Tables of the product that the changelog extends. */
    List<String> touched() {
        TreeSet<String> others = new TreeSet<>();
        for (Map<String, List<Row>> parts : List.of(columns, constraints, indexes, policies, triggers)) {
            others.addAll(parts.keySet());
        }
        others.removeAll(byName.keySet());
        others.removeIf(name -> Made.OF_LIQUIBASE.contains("'" + name.substring(name.indexOf('.') + 1) + "'"));
        return List.copyOf(others);
    }

    List<Row> columns(String relation) {
        return columns.getOrDefault(relation, List.of());
    }

    List<Row> constraints(String relation) {
        return constraints.getOrDefault(relation, List.of());
    }

    /** Constraints of these kinds, given as letters of pg_constraint.contype. */
    List<Row> constraints(String relation, String kinds) {
        return constraints(relation).stream().filter(row -> kinds.contains(row.get("kind"))).toList();
    }

    List<Row> indexes(String relation) {
        return indexes.getOrDefault(relation, List.of());
    }

    List<Row> policies(String relation) {
        return policies.getOrDefault(relation, List.of());
    }

    List<Row> triggers(String relation) {
        return triggers.getOrDefault(relation, List.of());
    }

    /** Foreign keys that reference this table, including its own. */
    List<Row> references(String relation) {
        return references.getOrDefault(relation, List.of());
    }

    /** Relations that a view reads. */
    List<String> reads(String relation) {
        return reads.getOrDefault(relation, List.of()).stream().map(row -> row.get("from")).toList();
    }

    /** Views that read a relation. */
    List<String> readers(String relation) {
        return readers.getOrDefault(relation, List.of()).stream().map(row -> row.get("relation")).toList();
    }

    private static List<Row> read(Made made, String query) throws SQLException {
        return made.rows(query).stream().map(Row::new).toList();
    }

    private static Map<String, List<Row>> by(String column, List<Row> rows) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(row.get(column), name -> new ArrayList<>()).add(row));
        return groups;
    }
}
