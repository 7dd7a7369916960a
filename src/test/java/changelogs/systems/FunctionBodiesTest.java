package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** PL/pgSQL checks a statement only when it is executed; plpgsql_check checks all statements, including those that no test executes. */
class FunctionBodiesTest {

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

    @TestFactory
    Stream<DynamicTest> plpgsqlCheckFindsNoErrorInAnyFunction() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            try (Database database = Database.openMigrated(system)) {
                assertThat(complaints(database)).isEmpty();
            }
        }));
    }

    @Test
    void unknownColumnInAStatementIsFound() {
        try (Database database = Database.openMigrated("vectors")) {
            database.owner().script("""
                    create function private.bad() returns void language plpgsql set search_path = '' as $$
                    begin
                        if false then
                            update public.vector_progress set no_such_column = 1;
                        end if;
                    end
                    $$
                    """);

            assertThat(complaints(database)).singleElement().asString().contains("private.bad()", "no_such_column");
        }
    }

    private static List<String> complaints(Database database) {
        Session operator = database.operator();
        Skip.unless(!operator.rows("select from pg_catalog.pg_available_extensions where name = 'plpgsql_check'").isEmpty(),
                "function bodies, because this server has no plpgsql_check");
        operator.script("create extension plpgsql_check with schema extensions");
        return operator.column(String.class, COMPLAINTS);
    }
}
