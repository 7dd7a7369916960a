package changelogs.testing;

import java.util.List;

/** Finds the columns of a database that contain given words. */
public final class Traces {

    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname)
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'm', 'p')
                and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            order by 1
            """;

    private Traces() {
    }

    /** The columns that hold one of the words, in any case, as {@code schema.table.column}. */
    public static List<String> of(Session operator, String... words) {
        return operator.column(String.class, TABLES).stream()
                .flatMap(table -> operator.column(String.class, """
                        select distinct ? || '.' || field.key
                        from %s as t
                        cross join lateral jsonb_each_text(to_jsonb(t)) as field
                        where field.value ilike any (?)
                        order by 1
                        """.formatted(table), table, operator.arrayOf("text", List.of(words).stream().map(word -> "%" + word + "%").toArray())).stream())
                .toList();
    }
}
