package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Database;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * ops/polaris/verify.sql expects the objects of the changelog, passes on a correct database, and each check fails on its kind of damage.
 */
class PolarisVerifyTest {

    private static final List<Damage> DAMAGES = List.of(
            new Damage("tables exist, with row level security", "alter table public.reports disable row level security", 1),
            new Damage("every table in public and private has row level security", "create table public.notes ()", 1),
            new Damage("views exist, with the rights of the caller", "alter view public.v_user_progress reset (security_invoker)", 1),
            new Damage("constraints exist and are validated", """
                alter table public.profiles drop constraint profiles_role_check;
                alter table public.sessions drop constraint sessions_score_check;
                alter table public.sessions add constraint sessions_score_check check (score <= 100) not valid
                """, 2),
            new Damage("indexes exist and are valid", "drop index public.idx_sessions_open", 1),
            new Damage("triggers exist and are enabled", """
                alter table public.profiles disable trigger profiles_guard;
                drop trigger events_append_only on public.events
                """, 2),
            new Damage("functions exist, with their grants", """
                alter function private.is_admin() security invoker;
                grant execute on function public.set_user_role(uuid, text) to anon
                """, 2),
            new Damage("policies exist as the changelog defines them", """
                alter policy "read own profile" on public.profiles using (id is not null);
                drop policy events_select_own on public.events;
                alter policy objects_select_polaris on storage.objects to public
                """, 3),
            new Damage("no other policy exists", "create policy more on public.sessions for delete to authenticated using (user_id is not null)", 1),
            new Damage("no policy allows everyone", "alter policy limits_select_learner on public.limits using (true)", 1),
            new Damage("grants exist", "revoke update (full_name) on public.profiles from authenticated", 1),
            new Damage("no other grant exists", "grant update (role) on public.profiles to authenticated; grant select on public.limits to anon", 2),
            new Damage("no other grant exists", "create table public.notes ()", 1),
            new Damage("security definers are in private; every search path is empty", """
                alter function public.is_admin(uuid) security definer;
                alter function private.is_admin() reset search_path
                """, 2),
            new Damage("the API cannot reach schema private", "grant usage on schema private to authenticated", 1),
            new Damage("foreign keys are enforced", "alter table public.attempts disable trigger all", 4),
            new Damage("API roles cannot access Liquibase's log", "grant select on extensions.databasechangelog to anon", 1),
            new Damage("user-media is private, public-assets is public", "update storage.buckets set public = true where id = 'user-media'", 1),
            new Damage("every account has a profile with the same email address", """
                set session_replication_role = replica;
                update public.profiles set email = 'other@example.com' where full_name = 'Alice';
                insert into auth.users (id) values (gen_random_uuid());
                set session_replication_role = origin
                """, 2),
            new Damage("attempts belong to the user of their session", """
                set session_replication_role = replica;
                update public.attempts set user_id = 'ad000000-0000-4000-8000-000000000004' where response = 'I am Alice.';
                set session_replication_role = origin
                """, 1),
            new Damage("ticket messages name the user of their ticket", """
                set session_replication_role = replica;
                update public.tickets set user_id = null;
                update public.ticket_messages set user_id = 'ad000000-0000-4000-8000-000000000004' where id = (select min(m.id::text)::uuid from public.ticket_messages as m);
                update public.ticket_messages set user_id = null where id <> (select min(m.id::text)::uuid from public.ticket_messages as m);
                set session_replication_role = origin
                """, 1),
            new Damage("assignments have the right number of attempts", """
                set session_replication_role = replica;
                update public.assignments set attempts_count = attempts_count + 1 where id = (select min(a.id::text)::uuid from public.assignments as a);
                set session_replication_role = origin
                """, 1),
            new Damage("published content was approved", """
                set session_replication_role = replica;
                delete from public.editorial_transitions where to_state = 'approved';
                update public.editorial_items set state = 'deprecated' where id = (select min(i.id::text)::uuid from public.editorial_items as i);
                set session_replication_role = origin
                """, 1),
            new Damage("every version of editorial content is stored", """
                set session_replication_role = replica;
                update public.editorial_items set version = version + 1 where id = (select min(i.id::text)::uuid from public.editorial_items as i);
                set session_replication_role = origin
                """, 1),
            new Damage("no diagnostic question is visible before its turn", """
                set session_replication_role = replica;
                alter table public.diagnostic_run_items drop constraint diagnostic_run_items_served_at_check;
                update public.diagnostic_run_items set status = 'pending', payload = '{}' where id = (select min(i.id::text)::uuid from public.diagnostic_run_items as i);
                set session_replication_role = origin
                """, 1),
            new Damage("semantic search is installed completely or not at all", """
                do $half$
                begin
                    if to_regclass('public.embedding_queue') is null then
                        alter table public.drills add column embedding text;
                    else
                        alter table public.embedding_queue rename to away_1;
                        alter table public.search_user_embeddings rename to away_2;
                        alter table public.search_catalog_embeddings rename to away_3;
                    end if;
                end
                $half$
                """, 3),
            new Damage("every ledger entry balances", """
                set session_replication_role = replica;
                update public.ledger_postings as p set amount_minor = p.amount_minor + 1
                    from public.ledger_entries as e where e.id = p.entry_id and p.account_code = 'sales' and e.object_ref in ('payment-alice', 'payment-bob');
                set session_replication_role = origin
                """, 2),
            new Damage("totals of payments match their ledger entries", """
                set session_replication_role = replica;
                update public.payments set refunded_minor = 1 where payment_ref = 'payment-alice';
                set session_replication_role = origin
                """, 1),
            new Damage("entitlements match the payments", """
                set session_replication_role = replica;
                update public.entitlements set revoked_at = now() where source_ref = 'payment-alice';
                update public.payments set refunded_minor = captured_minor where payment_ref = 'payment-bob';
                set session_replication_role = origin
                """, 2),
            new Damage("provider events have the payment events that they name", """
                set session_replication_role = replica;
                update public.paymongo_events set reports = '{gone}' where event_id = 'evt_alice';
                update public.paypal_events set reports = reports || '{gone}' where event_id = 'WH-BOB';
                set session_replication_role = origin
                """, 2),
            new Damage("payments of providers are booked, or failed with a reason", """
                set session_replication_role = replica;
                update public.paymongo_payments set amount_minor = 1 where id = 'pay_alice';
                delete from public.payment_events where payment_ref = 'pay_alice';
                insert into public.paypal_captures (id, status, amount_minor, currency_code, paid_at) values ('C-GONE', 'completed', 1, 'USD', now());
                set session_replication_role = origin
                """, 2),
            new Damage("profiles have the coach of the last switch", "update public.profiles set active_coach_key = null where full_name = 'Alice'", 1),
            new Damage("every plan has a coach switch rule", "delete from public.coach_switch_rules where tier = 'free'", 1),
            new Damage("no object of Adyen is in use", "create table public.adyen_payments ()", 1),
            new Damage("no object of Adyen is in use", "create schema archive; create table archive.adyen_payments (); grant select on archive.adyen_payments to service_role", 1),
            new Damage("commissions are the right share of net payments", """
                set session_replication_role = replica;
                update public.affiliate_commissions set amount_minor = amount_minor + 1 where provider = 'paypal';
                set session_replication_role = origin
                """, 1),
            new Damage("payouts match the sum of their commissions", """
                set session_replication_role = replica;
                update public.affiliate_commissions set payout_id = null where provider = 'paypal';
                set session_replication_role = origin
                """, 1),
            new Damage("users keep only their own or published expressions", """
                insert into public.expression_favorites (user_id, item_id) values ('b0b00000-0000-4000-8000-000000000002', 'a11ce000-0000-4000-8000-0000000000d3')
                """, 1),
            new Damage("functions, views, triggers and policies match the changelog", """
                do $damage$
                begin
                    execute format('create or replace view public.v_user_current_plan with (security_invoker = true) as
                        select * from (%s) as plan where plan.plan_code is not null', rtrim(pg_get_viewdef('public.v_user_current_plan'::regclass), ';'));
                    create or replace trigger profiles_updated_at before insert or update on public.profiles
                        for each row execute function private.set_updated_at();
                end
                $damage$
                """, 2),
            new Damage("no applied changeset lacks the extension that it needs", """
                insert into extensions.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                values ('0007-schedule-views', 'polaris', 'polaris/0007', now(), 9999, 'EXECUTED')
                """, 1),
            new Damage("statistics cover at least five learners", """
                create or replace function private.get_smallest_crowd() returns integer language sql immutable set search_path = '' as 'select 1'
                """, 1));

    @RegisterExtension
    static final Operations polaris = Operations.of("polaris");

    /** With -Dupdate.pages, rewrites the list of expected objects in the script from the migrated database. */
    @BeforeAll
    static void rewriteExpectedObjects() throws IOException, SQLException {
        if (System.getProperty("update.pages") != null && !hasSearch()) {
            Path script = polaris.script("verify.sql");
            String text = Files.readString(script);
            Files.writeString(script, text.substring(0, start(text)) + made() + text.substring(text.indexOf("\n$list$, true)", start(text))));
        }
    }

    private static boolean hasSearch() throws SQLException {
        try (Statement statement = polaris.operator().createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('public.embedding_queue') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static int start(String text) {
        String mark = "perform set_config('verify.expected', $list$\n";
        return text.indexOf(mark) + mark.length();
    }

    /** Objects that the script finds in the migrated database. */
    private static String made() throws SQLException, IOException {
        String text = Files.readString(polaris.script("verify.sql"));
        int from = text.indexOf("do $actual$");
        String mark = "$actual$;";
        try (Statement statement = polaris.operator().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("begin; set local search_path = ''");
            statement.execute(text.substring(from, text.indexOf(mark, from) + mark.length()));
            try (ResultSet row = statement.executeQuery("select current_setting('verify.actual')")) {
                row.next();
                return row.getString(1);
            } finally {
                statement.execute("rollback");
            }
        }
    }

    /** The list does not contain the objects of search, which the script checks separately if present. */
    @Test
    void verifySqlExpectsAllObjectsOfTheChangelog() throws IOException, SQLException {
        Skip.unless(!hasSearch(), "comparison of the expected objects of verify.sql, because this server has pgvector");
        String text = Files.readString(polaris.script("verify.sql"));

        assertThat(text.substring(start(text), text.indexOf("\n$list$, true)", start(text))).lines())
                .as("expected objects; rewrite the list with mvn test -Dtest=PolarisVerifyTest -Dupdate.pages").containsExactlyElementsOf(made().lines().toList());
    }

    @Test
    void missingAndUnexpectedObjectsAreListed() throws SQLException {
        Outcome outcome = polaris.verifyAfter("drop policy events_select_own on public.events; grant insert on public.limits to anon");

        assertThat(outcome.lines()).anyMatch(line -> line.startsWith("      missing: policy public.events events_select_own select to authenticated"))
                .contains("      extra: grant public.limits anon insert");
    }

    @Test
    void pendingChangesetsAreListedByReason() throws SQLException {
        Outcome outcome = polaris.verify();

        assertThat(outcome.of("changesets that wait for an extension or context")).isEqualTo("INFO " + (hasSearch() ? 2 : 3));
        assertThat(outcome.lines()).anyMatch(line -> line.startsWith("      context adyen: 0022-"))
                .anyMatch(line -> line.startsWith("      extension pg_cron: 0004-schedule-assignments "));
    }

    @Test
    void partlyAppliedContextFails() throws SQLException {
        Outcome outcome = polaris.verifyAfter("""
                insert into extensions.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                values ('0022-safe-checks-adyen', 'polaris', 'polaris/0022', now(), 9999, 'EXECUTED')
                """);

        assertThat(outcome.of("every changeset is applied, or waits for an extension or context")).startsWith("FAIL ");
        assertThat(outcome.lines()).contains("      0022-adyen-accounts");
    }

    @Test
    void adoptionLeavesChangesetsPendingThatCannotHaveRun() throws IOException, SQLException {
        String runbook = Files.readString(polaris.script("README.md"));
        String statement = runbook.substring(runbook.indexOf("delete from extensions.databasechangelog"), runbook.indexOf("SQL\n```", runbook.indexOf("## Adopt")));
        try (Database database = Database.openMigrated("polaris")) {
            String pending = "select count(*) from extensions.databasechangelog where id like '%-schedule-%' or id like '0022-adyen%' or id = '0010-vector'";
            long before = database.operator().value(Long.class, pending);
            database.owner().script("drop table extensions.databasechangelog");
            database.changelog().in("local,adyen").changelogSync();
            assertThat(database.operator().value(Long.class, pending)).as("changesets marked as run").isGreaterThan(before);

            database.owner().script(statement);

            assertThat(database.operator().value(Long.class, pending)).isEqualTo(before);
            try (Connection operator = TestServer.get().server().connect(database.name(), Server.OPERATOR)) {
                Outcome outcome = Script.at(polaris.script("verify.sql")).runAfter("select", operator);
                assertThat(outcome.lines()).noneMatch(line -> line.contains("FAIL"));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> verify() {
        return polaris.verifyFinds(DAMAGES);
    }
}
