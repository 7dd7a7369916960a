package changelogs.drift;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.ops.SupabaseCommand;
import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift names the changes made outside the changelog, and its statements undo them. */
class DriftTest {

    private static final String CHANGES = """
            alter table public.action_events disable row level security;
            drop policy "Users select own action events" on public.action_events;
            alter policy "Users insert own action events" on public.action_events with check (true);
            grant select (metadata) on public.action_events to anon;
            grant delete on public.vector_progress to authenticated;
            alter table public.action_events add column note text;
            alter table public.vector_progress alter column vector drop not null;
            create index action_events_by_mode on public.action_events (mode);
            create or replace function private.owned_profile_ids() returns setof uuid language sql stable security definer set search_path = ''
                as 'select id from public.game_profiles'
            """;

    @TempDir
    static Path folder;

    @Test
    void changesOutsideTheChangelogAreNamedAndUndone() {
        try (Database vectors = Database.openMigrated("vectors")) {
            vectors.owner().script(CHANGES);

            Command.Result drift = drift("vectors", vectors);

            assertThat(drift.out().lines()).as(drift.err()).contains(
                    "changed: row level security of public.action_events",
                    "missing: policy \"Users select own action events\" on public.action_events",
                    "changed: policy \"Users insert own action events\" on public.action_events",
                    "added: privilege select on public.action_events.metadata to anon",
                    "added: privilege delete on public.vector_progress to authenticated",
                    "added: column public.action_events.note",
                    "changed: column public.vector_progress.vector",
                    "added: index public.action_events_by_mode",
                    "changed: function private.owned_profile_ids()",
                    "DRIFT: 9");
            assertThat(drift.status()).isEqualTo(1);

            vectors.owner().script(undo(drift));
            Command.Result after = drift("vectors", vectors);
            assertThat(after.out().strip()).isEqualTo("DRIFT: none");
            assertThat(after.status()).isZero();
        }
    }

    @Test
    void pendingChangesetsAreNotDrift() {
        try (Database connect = Database.open("connect")) {
            connect.changelog().in("production").update();
            connect.owner().script("create table public.of_the_product (id integer)");

            assertThat(drift("connect", connect).out().strip()).isEqualTo("DRIFT: none");
        }
    }

    @Test
    void privilegesOfTheExporterAreNotDrift() throws Exception {
        String role = Files.readString(Path.of("ops", "monitoring", "role.sql")).replace(":'password'", "'x'").replaceAll("(?m)^(\\\\set|create extension) .*", "");
        try (Database polaris = Database.openMigrated("polaris");
                Connection connection = TestServer.get().server().connect(polaris.name(), TestServer.get().creatorOfRoles()); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create sequence public.of_the_product_seq");
            var before = Drift.things(connection);

            statement.execute(role);
            assertThat(statement.executeQuery("select has_table_privilege('monitoring', 'public.job_runs', 'select')").next()).isTrue();
            assertThat(Drift.things(connection).keySet()).containsExactlyElementsOf(before.keySet());

            statement.execute("grant insert on public.job_runs to monitoring; grant select on public.profiles to monitoring; grant update on public.of_the_product_seq to monitoring");
            var after = new TreeSet<>(Drift.things(connection).keySet());
            after.removeAll(before.keySet());
            assertThat(after).containsExactly("privilege insert on public.job_runs to monitoring", "privilege select on public.profiles to monitoring",
                    "privilege update on public.of_the_product_seq to monitoring");
            connection.rollback();
        }
    }

    /** The statements of each undo all that the other finds. */
    @Test
    void supabaseDiffAgrees() {
        Path supabase = Path.of("node_modules", ".bin", "supabase");
        Skip.unless(Files.isExecutable(supabase), "the comparison with supabase db diff, which needs npm ci");
        try (Database expected = Database.openMigrated("vectors"); Database live = Database.openMigrated("vectors")) {
            assertThat(SupabaseCommand.diff(live.name(), expected.name(), supabase)).as("equal databases").isEmpty();

            live.owner().script(CHANGES);
            live.owner().script(SupabaseCommand.diff(live.name(), expected.name(), supabase));
            assertThat(drift("vectors", live).out().strip()).isEqualTo("DRIFT: none");

            live.owner().script(CHANGES);
            live.owner().script(undo(drift("vectors", live)));
            assertThat(SupabaseCommand.diff(live.name(), expected.name(), supabase)).isEmpty();
        }
    }

    @Test
    void databaseOfAnotherChangelogCannotBeCompared() {
        try (Database vectors = Database.openMigrated("vectors")) {
            vectors.operator().script("update extensions.databasechangelog set md5sum = '9:00000000000000000000000000000000' where id = '0002-action-events'");

            assertThat(drift("vectors", vectors).out().strip()).contains("0002-action-events::vectors has changed").endsWith("DRIFT: could not compare");
        }
    }

    @Test
    void databaseWithoutALogCannotBeCompared() {
        try (Database empty = Database.openNewProject("vectors")) {
            assertThat(drift("vectors", empty).out().strip()).contains("no readable log").endsWith("DRIFT: could not compare");
        }
    }

    @Test
    void redundantParenthesesAreIgnored() {
        assertThat(List.of("((a AND b) AND c)", "(a AND (b AND (c)))", "a  AND b\nAND c")).extracting(Expression::normal).containsOnly("a and b and c");
        assertThat(Expression.normal("using (((a = 1) OR ((b))))")).isEqualTo(Expression.normal("using ((a = 1 OR b))"));
    }

    @Test
    void parenthesesThatChangeTheMeaningAreADifference() {
        assertThat(Expression.normal("((a OR b) AND c)")).isNotEqualTo(Expression.normal("(a OR (b AND c))"));
        assertThat(Expression.normal("NOT (a OR b)")).isNotEqualTo(Expression.normal("(NOT a) OR b"));
        assertThat(Expression.normal("x = 'a (b'")).isNotEqualTo(Expression.normal("x = 'a b'"));
    }

    private static String undo(Command.Result drift) {
        return drift.out().substring(drift.out().indexOf("To undo it:") + "To undo it:".length(), drift.out().lastIndexOf("DRIFT:"));
    }

    /** Runs drift in a separate process, as Maven does, because it sets a system property that limits the changelog to the live log. */
    private Command.Result drift(String system, Database database) {
        return Command.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Drift.class.getName(),
                TestServer.get().server().url(database.name()), Server.MIGRATOR, Server.PASSWORD, system, folder.resolve("server").toString(),
                "embedded").run();
    }
}
