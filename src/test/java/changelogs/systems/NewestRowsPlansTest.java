package changelogs.systems;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The newest 20 rows of a user, by any time, are read by an index on the owner, from each table whose policy compares the caller.
 *
 * <p>The tables hold a few rows, but the planner is told a million. It does not know the caller, so a user with many rows gets the same plan.
 */
class NewestRowsPlansTest {

    private static final Pattern INDEX = Pattern.compile("Index (?:Only )?Scan (?:Backward )?using (\\w+) on|Bitmap Index Scan on (\\w+)");

    /** Queries of the newest rows, and what their indexes must begin with: an expression that the policy compares, or the column of a condition. */
    private static final String QUERIES = """
            with policies as (
                select p.oid, p.polrelid, pg_get_expr(p.polqual, p.polrelid) as expression
                from pg_policy as p
                join pg_class as c on c.oid = p.polrelid
                where c.relnamespace = 'public'::regnamespace
                    and p.polcmd in ('r', '*')
                    and 'authenticated'::regrole = any (p.polroles)
                    and pg_get_expr(p.polqual, p.polrelid) ~ 'auth\\.uid\\(\\)|first_visible_user\\(\\)|list_my|list_owned'
            ),
            times as (
                select p.oid, p.polrelid, p.expression, t.attname as time
                from policies as p
                join pg_attribute as t on t.attrelid = p.polrelid and t.attnum > 0 and t.atttypid in ('timestamptz'::regtype, 'date'::regtype)
            )
            select 'user' as caller, t.expression as compared,
                format('select %s from %s order by %I desc limit 20', string_agg(quote_ident(c.attname), ', '), t.polrelid::regclass, t.time) as query
            from times as t
            join pg_attribute as c on c.attrelid = t.polrelid and c.attnum > 0
            where has_column_privilege('authenticated', t.polrelid, c.attname, 'select')
                and has_column_privilege('authenticated', t.polrelid, t.time, 'select')
            group by t.polrelid, t.expression, t.time
            union all
            select 'service', a.attname, format('select * from %s where %I = %L order by %I desc limit 20', t.polrelid::regclass, a.attname, gen_random_uuid(), t.time)
            from times as t
            join pg_depend as d on d.classid = 'pg_policy'::regclass and d.objid = t.oid and d.refclassid = 'pg_class'::regclass and d.refobjid = t.polrelid
            join pg_attribute as a on a.attrelid = t.polrelid and a.attnum = d.refobjsubid and a.atttypid = 'uuid'::regtype
            where has_table_privilege('service_role', t.polrelid, 'select')
                -- The service reads the rows of an affiliate by affiliate_id.
                and a.attname <> 'affiliate_user_id'
            """;

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @RegisterExtension
    final Database connect = Database.of("connect");

    @RegisterExtension
    final Database vectors = Database.of("vectors");

    @RegisterExtension
    final Database describeIt = Database.of("describe-it");

    @TestFactory
    Stream<DynamicTest> usersAndTheServiceReadByOwner() {
        Map<String, Database> systems = Map.of("polaris", polaris, "connect", connect, "vectors", vectors, "describe-it", describeIt);
        return systems.entrySet().stream().map(system -> DynamicTest.dynamicTest(system.getKey(), () -> {
            fill(system.getValue(), system.getKey());
            assertThat(readOtherwise(system.getValue())).as("queries whose plan reads rows of other users").isEmpty();
        }));
    }

    @Test
    void adminListsReadAnIndexInOrder() {
        fill(polaris, "polaris");
        Map<String, String> bodies = polaris.operator().rows("select proname, prosrc from pg_proc where proname like 'list\\_%' and pronamespace = 'private'::regnamespace"
                + " and proargtypes = '1184 2950 23'").stream().collect(Collectors.toMap(row -> (String) row.get("proname"), row -> (String) row.get("prosrc")));

        assertThat(bodies).as("functions that return pages").containsKeys("list_sessions", "list_assignments", "list_affiliate_commissions");
        bodies.forEach((function, body) -> {
            String query = body.substring(body.indexOf("return query") + "return query".length(), body.lastIndexOf(';', body.lastIndexOf("end")))
                    .replace("p_before_id", "gen_random_uuid()").replace("p_before", "now()").replace("p_limit", "50");
            assertThat(polaris.operator().plan(query)).as(function).contains("using idx_" + function.substring("list_".length()) + "_newest").doesNotContain("Sort", "Seq Scan");
        });
    }

    @Test
    void indexThatBeginsWithATimeIsFound() {
        polaris.operator().script("create index idx_bad on public.sessions (started_at)");
        fill(polaris, "polaris");

        assertThat(readOtherwise(polaris)).isNotEmpty().allSatisfy(query -> assertThat(query).contains("from sessions order by started_at", "idx_bad"));
    }

    private static void fill(Database database, String system) {
        database.owner().script(Fixture.of(system));
        // The fixture also runs on servers without pgvector, where this table is missing.
        if (database.operator().value(Boolean.class, "select to_regclass('public.search_user_embeddings') is not null")) {
            database.owner().update("insert into public.search_user_embeddings (user_id, source_type, source_id, content, embedding)"
                    + " values (?, 'goal', gen_random_uuid(), 'Interviews', array_fill(1::real, array[768])::extensions.vector)", ALICE.account());
        }
        database.operator().script("""
                update pg_class
                set reltuples = 1000000,
                    relpages = greatest(pg_relation_size(oid) / 8192, 1)
                where relnamespace = 'public'::regnamespace
                    and relkind = 'r'
                """);
    }

    /** The queries with a sequential scan, or with an index that begins with something else than the owner. */
    private static List<String> readOtherwise(Database database) {
        Map<String, Pattern> firstKeys = database.operator().rows("select c.relname as index, pg_get_indexdef(i.indexrelid, 1, true) as key from pg_index as i"
                + " join pg_class as c on c.oid = i.indexrelid where c.relnamespace = 'public'::regnamespace").stream()
                .collect(Collectors.toMap(row -> (String) row.get("index"), row -> Pattern.compile("(?<!\\w)" + Pattern.quote((String) row.get("key")) + "(?!\\w)")));
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> row : database.operator().rows(QUERIES)) {
            String query = (String) row.get("query");
            String compared = (String) row.get("compared");
            for (Caller caller : row.get("caller").equals("user") ? new Caller[] {ALICE, STRANGER} : new Caller[] {SERVICE}) {
                String plan = database.as(caller).plan(query);
                List<String> indexes = INDEX.matcher(plan).results().map(scan -> scan.group(1) == null ? scan.group(2) : scan.group(1)).toList();
                if (indexes.isEmpty() || plan.contains("Seq Scan") || !indexes.stream().allMatch(index -> firstKeys.get(index).matcher(compared).find())) {
                    wrong.add(query + "\n" + plan);
                }
            }
        }
        return wrong;
    }
}
