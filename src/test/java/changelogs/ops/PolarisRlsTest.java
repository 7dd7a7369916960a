package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.Meanwhile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ops/polaris/rls_tests.sql passes on a correct database, names the failing case otherwise, and leaves no data. */
class PolarisRlsTest {

    private static final String TESTS = "rls_tests.sql";

    /** SQL that opens a security hole, and the case that must fail. */
    private record Hole(String name, String sql) {
    }

    private static final List<Hole> HOLES = List.of(
            new Hole("alice reads only her own profile", "alter table public.profiles disable row level security"),
            new Hole("alice reads only her own profile", "alter policy \"read own profile\" on public.profiles using (true)"),
            new Hole("anon reads no profile", "grant select on public.profiles to anon; create policy open on public.profiles to anon using (true)"),
            new Hole("alice cannot make herself admin", "grant update (role) on public.profiles to authenticated; drop trigger profiles_guard on public.profiles"),
            new Hole("alice cannot truncate a table", "grant truncate on public.daily_usage to authenticated"),
            new Hole("alice cannot reach the private schema", "grant usage on schema private to authenticated"),
            new Hole("alice cannot change the name of another user", """
                alter policy "update own profile" on public.profiles using (true) with check (true);
                alter policy "read own profile" on public.profiles using (true)
                """),
            new Hole("anon sees only active coaches", "alter policy coaches_select_visitor on public.coaches using (true)"),
            new Hole("alice reads only published free drills", "alter policy drills_select_learner on public.drills using (is_public)"),
            new Hole("alice cannot score a session", "grant update (score) on public.sessions to authenticated"),
            new Hole("alice cannot add an attempt to an ended session", """
                alter policy attempts_insert_own on public.attempts with check (user_id = (select auth.uid()))
                """),
            new Hole("bob cannot add an attempt to another user's session", "alter policy attempts_insert_own on public.attempts with check (true);"
                    + " alter table public.attempts drop constraint attempts_session_id_user_id_fkey"),
            new Hole("service cannot delete events", "grant delete on public.events to service_role; alter table public.events disable trigger all"),
            new Hole("alice reads no audit log", "drop policy audit_logs_select_admin on public.audit_logs;"
                    + " create policy audit_logs_select_admin on public.audit_logs for select to authenticated using (true)"),
            new Hole("alice cannot acquire the lease of a job", "grant execute on function public.acquire_lease(text, text, integer) to public;"
                    + " grant execute on function private.acquire_lease(text, text, integer) to authenticated"),
            new Hole("alice cannot leave her own folder with ..", """
                alter policy objects_insert_polaris on storage.objects with check ((storage.foldername(name))[1] = (select auth.uid())::text)
                """),
            new Hole("admin does not see recordings of learners", "alter policy objects_select_polaris on storage.objects using (true)"),
            new Hole("alice reads no finding", "alter policy recon_findings_select_admin on public.recon_findings using (true)"),
            new Hole("alice cannot raise a limit", "alter policy limits_update_admin on public.limits using (true) with check (true)"));

    @RegisterExtension
    static final Operations polaris = Operations.of("polaris");

    @Test
    void rlsTestsPassAndLeaveNoData() throws Exception {
        var before = counts();

        Command.Result result = polaris.psql(TESTS);

        assertThat(result.out().lines()).noneMatch(line -> line.startsWith("FAIL") || line.startsWith("SKIP"));
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).containsPattern("\\n\\d+ passed, 0 failed; everything was rolled back\\n$");
        assertThat(result.status()).isZero();
        assertThat(counts()).isEqualTo(before);
    }

    @TestFactory
    Stream<DynamicTest> eachHoleIsReported() {
        return HOLES.stream().map(hole -> DynamicTest.dynamicTest(hole.name(), () -> {
            Outcome outcome = polaris.runAfter(hole.sql(), TESTS);

            assertThat(outcome.of(hole.name())).as(String.join("\n", outcome.lines())).startsWith("FAIL ");
            assertThat(outcome.error()).startsWith("ERROR: rls: ");
        }));
    }

    @Test
    void casesOfMissingMigrationsAreSkipped() throws SQLException {
        Outcome outcome = polaris.runAfter("delete from extensions.databasechangelog where id like '0017-%' and id <> '0017-safe-checks'", TESTS);

        assertThat(outcome.of("alice cannot raise a limit")).isEqualTo("SKIP 0017");
        assertThat(outcome.lines()).last().asString().contains("skipped; everything was rolled back");
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void killedRunLeavesNoData() throws Exception {
        var before = counts();
        try (Connection owner = polaris.login(Server.MIGRATOR); Connection blocker = polaris.login(Server.OPERATOR); Statement block = blocker.createStatement()) {
            // The lock stops the script halfway, at its first write to settings.
            blocker.setAutoCommit(false);
            block.execute("lock table public.settings in access exclusive mode");
            int pid = owner.unwrap(org.postgresql.jdbc.PgConnection.class).getBackendPID();
            var run = Meanwhile.get(() -> {
                try {
                    return Script.at(polaris.script(TESTS)).run(owner, Map.of());
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (Statement kill = polaris.operator().createStatement()) {
                boolean waiting = false;
                while (!waiting && !run.isDone()) {
                    try (ResultSet row = kill.executeQuery("select wait_event_type = 'Lock' from pg_stat_activity where pid = " + pid)) {
                        waiting = row.next() && row.getBoolean(1);
                    }
                }
                kill.execute("select pg_terminate_backend(" + pid + ")");
            }
            assertThatThrownBy(run::get).hasRootCauseInstanceOf(Exception.class);
            blocker.rollback();
        }

        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void databaseOfAnotherSystemIsReported() throws SQLException {
        assertThat(polaris.runAfter("alter table public.profiles rename to people", TESTS).error()).startsWith("ERROR: this is not a database of Polaris");
    }

    /** Row counts of all tables that the script writes to. */
    private static List<String> counts() throws SQLException {
        List<String> counts = new ArrayList<>();
        try (Statement statement = polaris.operator().createStatement(); ResultSet rows = statement.executeQuery("""
                select c.oid::regclass || ': ' || (xpath('//n/text()', query_to_xml('select count(*) as n from ' || c.oid::regclass, false, false, '')))[1]::text
                from pg_catalog.pg_class as c
                where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'private', 'auth', 'storage')
                order by 1
                """)) {
            while (rows.next()) {
                counts.add(rows.getString(1));
            }
        }
        return counts;
    }
}
