package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ops/vectors/verify.sql passes on a correct database, and each check fails on its kind of damage. */
class VectorsVerifyTest {

    private static final List<Damage> DAMAGES = List.of(
            new Damage("profile, vector and version are unique", """
                alter table public.vector_progress drop constraint idx_vector_progress_profile_vector_version;
                insert into public.vector_progress (profile_id, vector)
                select v.profile_id, v.vector from public.vector_progress as v where v.vector in ('mind', 'body')
                """, 6),
            new Damage("required fields of vector_progress are filled", """
                alter table public.vector_progress alter vector drop not null;
                update public.vector_progress set vector = null where vector = 'mind'
                """, 3),
            new Damage("required fields of action_events are filled", """
                alter table public.action_events alter action_id drop not null;
                update public.action_events set action_id = null where action_id = 'apply_genius'
                """, 1),
            new Damage("profiles with progress have five rows", """
                delete from public.vector_progress where vector = 'mind' and profile_id in (select p.id from public.game_profiles as p where p.user_id is not null)
                """, 2),
            new Damage("every profile has its five v1 rows", """
                delete from public.vector_progress as v using public.game_profiles as p where p.id = v.profile_id and p.user_id is null
                """, 1),
            new Damage("every profile has its five v1 rows", """
                update public.vector_progress set version = 'v2' where vector in ('mind', 'body');
                insert into public.vector_progress (profile_id, vector) select p.id, 'sixth' from public.game_profiles as p
                """, 3),
            new Damage("progress belongs to profiles that exist", """
                set session_replication_role = replica;
                delete from public.game_profiles where user_id is null;
                set session_replication_role = origin
                """, 5),
            new Damage("events belong to profiles that exist", """
                set session_replication_role = replica;
                delete from public.game_profiles where display_name = 'Alice';
                set session_replication_role = origin
                """, 2),
            new Damage("no completion precedes its selection", """
                alter table public.action_events drop constraint action_events_completed_at_check;
                update public.action_events set completed_at = selected_at - interval '1 second' where action_id = 'apply_genius'
                """, 1),
            new Damage("the backfill has finished", "update private.backfills set finished_at = null", 1),
            new Damage("the backfill has finished", "delete from private.backfills", 1),
            new Damage("constraints exist and are validated", """
                alter table public.action_events drop constraint action_events_duration_check;
                alter table public.vector_progress drop constraint vector_progress_profile_id_fkey;
                alter table public.vector_progress add constraint vector_progress_profile_id_fkey
                    foreign key (profile_id) references public.game_profiles (id) not valid
                """, 2),
            new Damage("indexes exist and are valid", "drop index public.idx_action_events_profile_completed", 1),
            new Damage("indexes exist and are valid", """
                update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.idx_vector_progress_profile'::regclass
                """, 1),
            new Damage("profiles of an account have an index", "drop index public.idx_game_profiles_user_id_vectors", 1),
            new Damage("triggers exist and are enabled", "alter table public.vector_progress disable trigger trg_vector_progress_updated_at", 1),
            new Damage("triggers exist and are enabled", "drop trigger trg_game_profiles_seed_vector_progress on public.game_profiles", 1),
            new Damage("triggers exist and are enabled", "alter table public.action_events disable trigger all", 2),
            new Damage("row level security is enabled", "alter table public.vector_progress disable row level security", 1),
            new Damage("the six policies exist, for authenticated", """
                drop policy "Users select own action events" on public.action_events
                """, 1),
            new Damage("the six policies exist, for authenticated", """
                alter policy "Users select own action events" on public.action_events to public;
                alter policy "Users update own vector progress" on public.vector_progress with check (true)
                """, 2),
            new Damage("no policy exists besides the six", """
                create policy everybody on public.action_events for select using (true)
                """, 1),
            new Damage("anon has no privileges", "grant select, truncate on public.action_events to anon", 2),
            new Damage("anon has no privileges", "grant update (metadata) on public.action_events to public", 1),
            new Damage("anon has no privileges", "grant execute on function private.owned_profile_ids() to public", 1),
            new Damage("grants of authenticated and service_role are complete", """
                grant update (created_at) on public.action_events to authenticated;
                revoke delete on public.vector_progress from service_role
                """, 2),
            new Damage("API roles cannot access Liquibase's log", "grant select on extensions.databasechangelog to anon", 1),
            new Damage("API roles cannot access Liquibase's log", "alter table extensions.databasechangelog set schema public", 1));

    @RegisterExtension
    static final Operations vectors = Operations.of("vectors");

    @TestFactory
    Stream<DynamicTest> verifySqlReportsEachKindOfDamage() {
        return vectors.verifyFinds(DAMAGES);
    }

    @Test
    void rowCountsAreReported() throws SQLException {
        Outcome outcome = vectors.verify();

        assertThat(outcome.of("rows in public.vector_progress")).isEqualTo("INFO 15");
        assertThat(outcome.of("rows in public.action_events")).isEqualTo("INFO 3");
    }

    @Test
    void onlyCompletedActionsAreListed() throws SQLException {
        assertThat(vectors.verify().lines()).filteredOn(line -> line.startsWith("INFO  completed"))
                .containsExactly("INFO  completed 2026-01-02 10:20:00+00  apply_genius  a11ce000-0000-4000-8000-0000000000e1");
    }

    @Test
    void completionInTheFutureIsAWarning() throws SQLException {
        Outcome outcome = vectors.verifyAfter("""
                update public.action_events set completed_at = now() + interval '1 hour' where action_id = 'breathwork_intro';
                update public.action_events set completed_at = now() + interval '2 minutes' where action_id = 'apply_genius'
                """);

        assertThat(outcome.of("timestamps more than five minutes in the future")).isEqualTo("WARN 2");
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void missingTableFailsOnlyItsChecks() throws SQLException {
        Outcome outcome = vectors.verifyAfter("drop table public.action_events");

        assertThat(outcome.of("rows in public.action_events")).isEqualTo("FAIL relation \"public.action_events\" does not exist");
        assertThat(outcome.of("every profile has its five v1 rows")).isEqualTo("PASS 0");
        assertThat(outcome.of("row level security is enabled")).isEqualTo("FAIL 1");
        assertThat(outcome.succeeded()).isFalse();
    }

    @Test
    void checksFailForARoleSubjectToRowLevelSecurity() throws SQLException {
        Outcome outcome = vectors.verifyAfter("set local role authenticated");

        assertThat(outcome.of("rows in public.vector_progress"))
                .isEqualTo("FAIL query would be affected by row-level security policy for table \"vector_progress\"");
    }
}
