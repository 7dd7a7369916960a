package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Command;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts of ops/describe-it: verify.sql, where each check fails on its kind of damage, and rotation.sql. */
class DescribeItScriptsTest {

    private static final List<Damage> DAMAGES = List.of(
            new Damage("no applied changeset lacks the extension that it needs", """
                insert into extensions.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                values ('0003-schedule', 'describe-it', 'describe-it/0003', now(), 9999, 'EXECUTED')
                """, 1),
            new Damage("3 tables", "alter table public.export_history rename to exports", 1),
            new Damage("3 tables with row security", "alter table public.user_api_keys disable row level security", 1),
            new Damage("row security on the private tables", "alter table private.export_history_archive disable row level security", 1),
            new Damage("12 policies, each for the owner of the row", "drop policy user_api_keys_delete_own on public.user_api_keys", 1),
            new Damage("12 policies, each for the owner of the row", """
                alter policy export_history_select_own on public.export_history using (true);
                alter policy user_progress_select_own on public.user_progress to public
                """, 2),
            new Damage("no policy exists besides the 12", "create policy everybody on public.export_history for select using (true)", 1),
            new Damage("7 indexes besides the primary keys", "drop index public.idx_export_history_status, public.idx_user_progress_last_activity", 2),
            new Damage("7 indexes besides the primary keys", """
                update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.idx_export_history_created_at'::regclass
                """, 1),
            new Damage("no index exists besides the 7", "create index twice on public.user_progress (user_id)", 1),
            new Damage("sessions of a user are found by index", "drop index public.idx_sessions_user_id, public.idx_sessions_user_started", 1),
            new Damage("10 triggers, enabled, each with its function", "alter table public.sessions disable trigger user", 3),
            new Damage("10 triggers, enabled, each with its function", "drop trigger trg_export_history_updated_at on public.export_history", 1),
            new Damage("8 trigger functions, not callable through the API", """
                alter function private.update_user_progress_from_session() security invoker;
                alter function private.update_user_api_keys_updated_at() set search_path = public
                """, 2),
            new Damage("3 foreign keys to users, validated", """
                alter table public.export_history drop constraint export_history_user_id_fkey;
                alter table public.user_api_keys drop constraint user_api_keys_user_id_fkey;
                alter table public.user_api_keys add constraint user_api_keys_user_id_fkey
                    foreign key (user_id) references public.users (id) on delete cascade not valid
                """, 2),
            new Damage("2 unique constraints", "alter table public.user_progress drop constraint idx_user_progress_user_id", 1),
            new Damage("checks exist and are validated", "alter table public.user_api_keys drop constraint user_api_keys_openai_api_key_is_an_envelope", 1),
            new Damage("all columns exist: 9, 22 and 18", """
                alter table public.user_progress rename total_points to points;
                alter table public.export_history drop file_url
                """, 2),
            new Damage("users from before the backfill have progress", """
                insert into public.users (email, created_at) values ('carol@example.com', '2025-01-01')
                """, 1),
            new Damage("the backfill has finished", "update private.backfills set finished_at = null", 1),
            new Damage("the backfill has finished", "delete from private.backfills", 1),
            new Damage("progress matches the sessions", "update public.user_progress set total_sessions = total_sessions + 1", 2),
            new Damage("progress matches the sessions", "update public.user_progress set longest_streak_days = 5 where longest_streak_days = 2", 1),
            new Damage("progress matches the sessions", "update public.user_progress set average_accuracy = 1 where average_accuracy = 75", 1),
            new Damage("progress matches the sessions", """
                delete from public.user_progress where user_id = 'a11ce000-0000-4000-8000-000000000001'
                """, 1),
            new Damage("keys are encrypted envelopes", """
                alter table public.user_api_keys drop constraint user_api_keys_anthropic_api_key_is_an_envelope;
                alter table public.user_api_keys disable trigger trg_user_api_keys_envelopes;
                update public.user_api_keys set anthropic_api_key = 'sk-live'
                """, 2),
            new Damage("validations belong to keys that are set", """
                alter table public.user_api_keys disable trigger trg_user_api_keys_validation;
                update public.user_api_keys set openai_api_key = null
                """, 2),
            new Damage("bucket exports is private, and users only read it", "update storage.buckets set public = true where id = 'exports'", 1),
            new Damage("bucket exports is private, and users only read it", "delete from storage.buckets where id = 'exports'", 1),
            new Damage("bucket exports is private, and users only read it", """
                alter policy objects_select_describe_it on storage.objects to public;
                create policy upload on storage.objects for insert to authenticated with check (bucket_id = 'exports')
                """, 2),
            new Damage("rows belong to users that exist", """
                set session_replication_role = replica;
                delete from public.users where email = 'bob@example.com';
                set session_replication_role = origin
                """, 4),
            new Damage("anon has no privileges", "grant select, truncate on public.export_history to anon", 2),
            new Damage("anon has no privileges", "grant select (openai_api_key) on public.user_api_keys to public", 1),
            new Damage("anon has no privileges", "grant execute on function public.move_export to public", 1),
            new Damage("grants of authenticated and service_role are complete", """
                grant select (openai_api_key) on public.user_api_keys to authenticated;
                grant update on public.export_history to service_role;
                revoke delete on public.user_api_keys from authenticated
                """, 3),
            new Damage("API roles cannot access Liquibase's log", "grant select on extensions.databasechangelog to anon", 1));

    @RegisterExtension
    static final Operations describeIt = Operations.of("describe-it");

    @TestFactory
    Stream<DynamicTest> verifySqlReportsEachKindOfDamage() {
        return describeIt.verifyFinds(DAMAGES);
    }

    @Test
    void numberOfUsersWithKeysIsReported() throws SQLException {
        assertThat(describeIt.verify().of("users with keys")).isEqualTo("INFO 2");
    }

    @Test
    void resultsHavePassAndFailSymbols() throws SQLException {
        assertThat(describeIt.verify().lines()).anyMatch(line -> line.startsWith("✅ PASS  3 tables  "));
        assertThat(describeIt.verifyAfter("alter table public.export_history rename to exports").lines())
                .anyMatch(line -> line.startsWith("❌ FAIL  3 tables  "));
    }

    @Test
    void uncleanedAndUnfinishedExportsAreWarnings() throws SQLException {
        Outcome outcome = describeIt.verifyAfter("""
                insert into public.export_history (user_id, export_type, export_format, status, started_at, completed_at, file_url, expires_at)
                select id, 'x', 'csv', 'completed', now() - interval '3 days', now() - interval '3 days', 'u', now() - interval '2 days' from public.users;
                insert into public.export_history (user_id, export_type, export_format, status, started_at)
                select id, 'x', 'csv', 'processing', now() - interval '2 hours' from public.users
                """);

        assertThat(outcome.of("exports that expired more than a day ago")).isEqualTo("WARN 2");
        assertThat(outcome.of("exports that have been processing for an hour")).isEqualTo("WARN 2");
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void filesToDeleteAndUnfinishedValidationsAreWarnings() throws SQLException {
        Outcome outcome = describeIt.verifyAfter("""
                insert into storage.objects (bucket_id, name) values ('exports', 'a11ce000-0000-4000-8000-000000000001/of an export that was deleted.csv');
                update private.key_validations set run_after = now() - interval '2 hours' where user_id = 'a11ce000-0000-4000-8000-000000000001';
                update private.key_validations set status = 'dead', attempts = 5 where user_id = 'b0b00000-0000-4000-8000-000000000002'
                """);

        assertThat(outcome.of("files in bucket exports to delete")).isEqualTo("WARN 1");
        assertThat(outcome.of("key validations that are due for more than an hour")).isEqualTo("WARN 1");
        assertThat(outcome.of("key validations that failed five times")).isEqualTo("WARN 1");
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void implausibleSessionsAreReported() throws SQLException {
        Outcome outcome = describeIt.verifyAfter("""
                insert into public.sessions (user_id, session_type, started_at, ended_at, vocabulary_learned)
                select u.id, 'qa', '-infinity', ended, 0
                from public.users as u cross join unnest(array['4714-11-24 00:00+00 BC', '2026-01-02 10:00+00', 'infinity']::timestamptz[]) as ended
                """);

        assertThat(outcome.of("sessions above the limits of one session")).isEqualTo("INFO 6");
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void rotationListsColumnsSealedWithAKeyWithoutTheirValues() throws SQLException {
        Script rotation = Script.at(describeIt.script("rotation.sql"));

        assertThat(rotation.run(describeIt.operator(), Map.of("rotation.old_key", "2026-01")).lines()).containsExactly(
                "a11ce000-0000-4000-8000-000000000001  openai_api_key",
                "b0b00000-0000-4000-8000-000000000002  openai_api_key",
                "2 envelopes are encrypted with 2026-01");
        assertThat(rotation.run(describeIt.operator(), Map.of("rotation.old_key", "2026-0")).lines()).containsExactly("0 envelopes are encrypted with 2026-0");
        assertThat(rotation.run(describeIt.operator(), Map.of()).error()).startsWith("ERROR: old_key is missing");
    }

    @Test
    void psqlPassesTheKeyToRotation() {
        Command.Result result = describeIt.psql("rotation.sql", "old_key=2026-01");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).endsWith("\n2 envelopes are encrypted with 2026-01\n").doesNotContain("enc:v1");
    }
}
