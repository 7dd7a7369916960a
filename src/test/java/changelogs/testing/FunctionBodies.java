package changelogs.testing;

import java.util.List;

/** Findings of plpgsql_check in the functions of a database. */
public final class FunctionBodies {

    private static final String COMPLAINTS = """
            select format('%s line %s: %s%s', f.function, c.lineno, c.message, coalesce(' in ' || c.query, ''))
            from (
                select p.oid, p.oid::regprocedure::text as function, coalesce(t.tgrelid, 0) as relid, t.tgnewtable, t.tgoldtable
                from pg_catalog.pg_proc as p
                join pg_catalog.pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
                join pg_catalog.pg_namespace as n on n.oid = p.pronamespace and n.nspname in ('public', 'private')
                left join lateral (
                    -- Triggers on insert, update and delete may share a function; each has only some of its transition tables.
                    select t.tgrelid, max(t.tgnewtable::text)::name as tgnewtable, max(t.tgoldtable::text)::name as tgoldtable
                    from pg_catalog.pg_trigger as t
                    where t.tgfoid = p.oid
                    group by t.tgrelid
                ) as t on true
                where p.prorettype <> 'trigger'::pg_catalog.regtype or t.tgrelid is not null
            ) as f,
                lateral extensions.plpgsql_check_function_tb(
                    f.oid, f.relid, newtable => f.tgnewtable, oldtable => f.tgoldtable, fatal_errors => false, performance_warnings => false) as c
            where c.level in ('error', 'warning', 'security')
            order by 1
            """;

    private FunctionBodies() {
    }

    /** Whether the server has the extension plpgsql_check. */
    public static boolean canBeChecked(Session operator) {
        return !operator.rows("select from pg_catalog.pg_available_extensions where name = 'plpgsql_check'").isEmpty();
    }

    /** Creates the extension and returns its errors and warnings. */
    public static List<String> complaints(Session operator) {
        operator.script("create extension plpgsql_check with schema extensions");
        return operator.column(String.class, COMPLAINTS);
    }
}
