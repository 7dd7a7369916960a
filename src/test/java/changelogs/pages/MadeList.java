package changelogs.pages;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Generates made.txt: the names of all objects that the changelog creates, including those that need an extension or a context and those
 * that a later changeset drops. A backup contains the definitions of all other objects.
 */
final class MadeList {

    static final String FILE = "made.txt";

    private static final String IN_CATALOG = """
            with system as (
                select n.oid from pg_catalog.pg_namespace as n where n.nspname like 'pg\\_%%' or n.nspname = 'information_schema'
            )
            select 'schema' as kind, '' as relation, n.nspname as name from pg_catalog.pg_namespace as n where n.oid not in (select s.oid from system as s)
            union all
            select 'relation', '', n.nspname || '.' || c.relname
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname not in %s
            union all
            select 'function', '', n.nspname || '.' || f.proname
            from pg_catalog.pg_proc as f
            join pg_catalog.pg_namespace as n on n.oid = f.pronamespace
            union all
            select 'type', '', n.nspname || '.' || t.typname
            from pg_catalog.pg_type as t
            join pg_catalog.pg_namespace as n on n.oid = t.typnamespace
            where t.typtype in ('d', 'e')
            union all
            select 'trigger', t.tgrelid::regclass::text, t.tgname from pg_catalog.pg_trigger as t where not t.tgisinternal
            union all
            select 'policy', p.polrelid::regclass::text, p.polname from pg_catalog.pg_policy as p
            union all
            select 'constraint', k.conrelid::regclass::text, k.conname
            from pg_catalog.pg_constraint as k
            where k.contype in ('c', 'f', 'p', 'u', 'x') and k.connamespace not in (select s.oid from system as s)
            union all
            select 'index', i.indrelid::regclass::text, c.relname
            from pg_catalog.pg_index as i
            join pg_catalog.pg_class as c on c.oid = i.indexrelid
            where c.relnamespace not in (select s.oid from system as s)
                and not exists (select from pg_catalog.pg_constraint as k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
            """.formatted(Made.OF_LIQUIBASE);

    /** The changelog must add columns of a product's table only if absent, since a backup contains the definition of the complete table. */
    private static final String COLUMNS = """
            select a.attrelid::regclass::text as relation, a.attname as name, col_description(a.attrelid, a.attnum) as comment
            from pg_catalog.pg_attribute as a
            join pg_catalog.pg_class as c on c.oid = a.attrelid
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and c.relname not in %s
            """.formatted(Made.OF_LIQUIBASE);

    /** Objects that the changelog creates only if absent, which their comments say. */
    private static final String MARKED = """
            select 'schema' as kind, n.nspname as name
            from pg_catalog.pg_namespace as n
            where obj_description(n.oid, 'pg_namespace') like '%Made by the changelog%'
            union all
            select 'function', n.nspname || '.' || f.proname
            from pg_catalog.pg_proc as f
            join pg_catalog.pg_namespace as n on n.oid = f.pronamespace
            where obj_description(f.oid, 'pg_proc') like '%Made by the changelog%'
            """;
    private static final String WHERE_MISSING = "\twhere missing";

    private MadeList() {
    }

    static String of(String system, Origins origins, Made made) throws SQLException {
        Set<String> names = new TreeSet<>();
        Set<String> relations = origins.everyName("relation");
        Set<String> marked = made.rows(MARKED).stream().map(row -> row.get("kind") + row.get("name")).collect(Collectors.toSet());
        for (String kind : List.of("schema", "relation", "function", "type")) {
            origins.everyName(kind).forEach(name -> names.add(kind + "\t" + name + (marked.contains(kind + name) ? WHERE_MISSING : "")));
        }
        for (String kind : List.of("trigger", "policy", "constraint", "index")) {
            origins.all(kind).stream().filter(key -> !relations.contains(key.relation()))
                    .forEach(key -> names.add(kind + "\t" + key.relation() + "\t" + key.name()));
        }
        check(system, names, relations, made);
        return "# " + GeneratedPagesTest.NOTICE + "\n# Objects that the changelog creates, and the parts that it adds to tables of the product.\n"
                + "# A backup contains only the rows of these tables, and the definitions and rows of all objects that are not listed.\n"
                + names.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static void check(String system, Set<String> names, Set<String> relations, Made made) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (Map<String, String> row : made.rows(IN_CATALOG)) {
            String line = row.get("kind") + "\t" + (row.get("relation").isEmpty() ? "" : row.get("relation") + "\t") + row.get("name");
            if (!relations.contains(row.get("relation")) && !row.get("relation").startsWith("extensions.") && !names.contains(line)
                    && !names.contains(line + WHERE_MISSING)) {
                missing.add(line);
            }
        }
        for (Map<String, String> column : made.rows(COLUMNS)) {
            if (!relations.contains(column.get("relation")) && !column.get("comment").endsWith(" Added by the changelog " + system + ".")) {
                missing.add("column\t" + column.get("relation") + "\t" + column.get("name") + ", which the changelog adds even if it exists");
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The changelog of " + system + " creates these objects, but " + FILE + " would not list them, so a restore would create them twice:\n"
                    + String.join("\n", missing));
        }
    }
}
