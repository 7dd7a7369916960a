package changelogs.pages;

import static changelogs.pages.Markdown.cell;
import static changelogs.pages.Markdown.code;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** schema.md: what a changelog makes in the database, with a diagram. */
final class SchemaPage {

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
    /** Not null is said at the column; version 18 has constraints for it, the others do not. */
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
            select format('%I.%I', n.nspname, c.relname) as relation, t.tgname as name, pg_get_triggerdef(t.oid, true) as definition
            from pg_catalog.pg_trigger as t
            join pg_catalog.pg_class as c on c.oid = t.tgrelid
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where not t.tgisinternal
            order by n.nspname collate "C", c.relname collate "C", t.tgname collate "C"
            """;
    private static final String FUNCTIONS = """
            select format('%I.%I', n.nspname, p.proname) as name, pg_get_function_arguments(p.oid) as arguments,
                case when p.prokind = 'p' then 'procedure' else pg_get_function_result(p.oid) end as result,
                l.lanname as language,
                case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
                case when p.prosecdef then 'definer' else 'invoker' end as security,
                array_to_string(p.proconfig, ', ') as settings,
                obj_description(p.oid, 'pg_proc') as comment
            from pg_catalog.pg_proc as p
            join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
            join pg_catalog.pg_language as l on l.oid = p.prolang
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            order by n.nspname collate "C", p.proname collate "C", pg_get_function_arguments(p.oid) collate "C"
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

    private final Markdown page = new Markdown();
    private final List<Map<String, String>> schemas;
    private final List<Map<String, String>> relations;
    private final List<Map<String, String>> columns;
    private final List<Map<String, String>> constraints;
    private final List<Map<String, String>> indexes;
    private final List<Map<String, String>> policies;
    private final List<Map<String, String>> triggers;
    private final List<Map<String, String>> functions;
    private final List<Map<String, String>> types;

    private SchemaPage(Made made) throws SQLException {
        schemas = made.rows(SCHEMAS);
        relations = made.rows(RELATIONS);
        columns = made.rows(COLUMNS);
        constraints = made.rows(CONSTRAINTS);
        indexes = made.rows(INDEXES);
        policies = made.rows(POLICIES);
        triggers = made.rows(TRIGGERS);
        functions = made.rows(FUNCTIONS);
        types = made.rows(TYPES);
    }

    static String of(String system, Made made) throws SQLException {
        return new SchemaPage(made).write(system);
    }

    private String write(String system) {
        page.heading(1, "Schema of " + system);
        page.paragraph("What the changelog makes, read from a migrated database. Generated: `" + GeneratedPagesTest.REWRITE + "` rewrites it.");
        diagram();
        page.table(List.of("schema", "meaning"), cells(schemas, row -> List.of(code(row.get("name")), cell(row.get("comment")))));
        page.table(List.of("type", "values", "meaning"),
                cells(types, row -> List.of(code(row.get("name")), cell(row.get("definition")), cell(row.get("comment")))));
        for (Map<String, String> relation : relations) {
            page.heading(2, relation.get("name"));
            page.paragraph(sentence(relation.get("comment")) + state(relation));
            parts(relation.get("name"), "");
        }
        touched();
        if (!functions.isEmpty()) {
            page.heading(2, "Functions");
            page.table(List.of("function", "returns", "kind", "meaning"), cells(functions, row -> List.of(
                    code(row.get("name") + "(" + row.get("arguments") + ")"), code(row.get("result")),
                    cell(String.join(", ", row.get("language"), row.get("volatility"), row.get("security"), row.get("settings"))),
                    cell(row.get("comment")))));
        }
        return page.toString();
    }

    private static String sentence(String comment) {
        return comment.isBlank() ? "" : cell(comment) + (comment.endsWith(".") ? " " : ". ");
    }

    private static String state(Map<String, String> relation) {
        if (relation.get("kind").equals("table")) {
            return relation.get("secured").equals("true") ? "Row security is on." : "**Row security is off.**";
        }
        return "A " + relation.get("kind") + (relation.get("kind").equals("view")
                ? relation.get("invoker").matches("true|on|1") ? ", with the rights of whoever asks." : ", **with the rights of its owner**." : ".");
    }

    /** What the changelog puts on tables that are there already. */
    private void touched() {
        TreeSet<String> others = new TreeSet<>();
        for (List<Map<String, String>> parts : List.of(columns, constraints, indexes, policies, triggers)) {
            parts.forEach(part -> others.add(part.get("relation")));
        }
        relations.forEach(relation -> others.remove(relation.get("name")));
        others.removeIf(name -> Made.OF_LIQUIBASE.contains("'" + name.substring(name.indexOf('.') + 1) + "'"));
        for (String other : others) {
            page.heading(2, other);
            page.paragraph("The product's own; the changelog adds to it:");
            parts(other, "added ");
        }
    }

    private void parts(String relation, String prefix) {
        page.table(List.of(prefix + "column", "type", "null", "default", "meaning"), cells(of(relation, columns), row -> List.of(
                code(row.get("name")), cell(row.get("type")), row.get("nullable"), code(row.get("default")), cell(row.get("comment")))));
        page.table(List.of(prefix + "constraint", "definition"), definitions(of(relation, constraints)));
        page.table(List.of(prefix + "index", "definition"), definitions(of(relation, indexes)));
        page.table(List.of(prefix + "policy", "for", "to", "using", "with check"), cells(of(relation, policies), row -> List.of(
                cell(row.get("name")), row.get("command") + (row.get("kind").equals("restrictive") ? ", restrictive" : ""), cell(row.get("roles")),
                code(row.get("qual")), code(row.get("check")))));
        page.table(List.of(prefix + "trigger", "definition"), definitions(of(relation, triggers)));
    }

    private void diagram() {
        List<String> lines = new ArrayList<>(List.of("```mermaid", "erDiagram"));
        for (Map<String, String> relation : relations) {
            if (!relation.get("kind").equals("table")) {
                continue;
            }
            lines.add("    " + entity(relation.get("name")) + " {");
            for (Map<String, String> column : of(relation.get("name"), columns)) {
                lines.add(("        " + type(column.get("type")) + " " + simple(column.get("name")) + " " + keys(relation.get("name"), column.get("name")))
                        .stripTrailing());
            }
            lines.add("    }");
        }
        for (Map<String, String> key : constraints) {
            if (key.get("kind").equals("f")) {
                lines.add("    " + entity(key.get("referenced")) + (nullable(key) ? " |o--" : " ||--") + (unique(key) ? "o| " : "o{ ")
                        + entity(key.get("relation")) + " : \"" + key.get("columns") + "\"");
            }
        }
        lines.add("```");
        page.paragraph(String.join("\n", lines));
    }

    private boolean nullable(Map<String, String> key) {
        List<String> names = List.of(key.get("columns").split(", "));
        return of(key.get("relation"), columns).stream()
                .anyMatch(column -> names.contains(column.get("name")) && column.get("nullable").equals("yes"));
    }

    private boolean unique(Map<String, String> key) {
        return of(key.get("relation"), constraints).stream()
                .anyMatch(other -> other.get("kind").matches("[pu]") && other.get("columns").equals(key.get("columns")));
    }

    private String keys(String relation, String column) {
        List<String> keys = new ArrayList<>();
        for (Map<String, String> constraint : of(relation, constraints)) {
            String key = switch (constraint.get("kind")) {
                case "p" -> "PK";
                case "u" -> constraint.get("columns").equals(column) ? "UK" : "";
                case "f" -> "FK";
                default -> "";
            };
            if (!key.isEmpty() && !keys.contains(key) && List.of(constraint.get("columns").split(", ")).contains(column)) {
                keys.add(key);
            }
        }
        return String.join(", ", keys);
    }

    /** The schema is said only where it is not public: GitHub's diagrams know no dots. */
    private static String entity(String relation) {
        return simple(relation.startsWith("public.") ? relation.substring("public.".length()) : relation);
    }

    private static String type(String type) {
        return simple(type.replace("timestamp with time zone", "timestamptz").replace("character varying", "varchar")
                .replaceAll("\\(.*?\\)", "").replace("[]", "_array"));
    }

    private static String simple(String name) {
        return name.replaceAll("[^A-Za-z0-9_]+", "_");
    }

    private static List<Map<String, String>> of(String relation, List<Map<String, String>> parts) {
        return parts.stream().filter(part -> part.get("relation").equals(relation)).toList();
    }

    private static List<List<String>> definitions(List<Map<String, String>> parts) {
        return cells(parts, row -> List.of(code(row.get("name")), code(row.get("definition"))));
    }

    private static List<List<String>> cells(List<Map<String, String>> rows, Function<Map<String, String>, List<String>> cells) {
        return rows.stream().map(cells).toList();
    }
}
