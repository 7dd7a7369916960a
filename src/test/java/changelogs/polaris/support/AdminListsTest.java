package changelogs.polaris.support;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Admins and the service read the newest rows of all users page by page, and find a user by e-mail address. */
class AdminListsTest {

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @BeforeEach
    void load() {
        People.signUp(polaris);
        polaris.operator().script("""
                set local session_replication_role = replica;
                delete from public.events;
                delete from public.audit_logs;
                insert into public.sessions (user_id, coach_key, tier, status, started_at, ended_at)
                    select md5('u' || i)::uuid, 'demo', 'free', 'completed', now() - i / 3 * interval '1 minute', now() from generate_series(1, 2000) as i;
                insert into public.events (user_id, name, created_at)
                    select md5('u' || i)::uuid, 'practice_started', now() - i / 3 * interval '1 minute' from generate_series(1, 2000) as i;
                insert into public.audit_logs (actor_role, action, table_name, patch, created_at)
                    select 'service', 'update', 'public.settings', '{}', now() - i / 3 * interval '1 minute' from generate_series(1, 2000) as i;
                insert into public.payments (provider, payment_ref, user_id, claimed_at, plan_code, currency_code, captured_minor, created_at)
                    select 'paypal', 'p' || i, md5('u' || i)::uuid, now(), 'pro', 'PHP', 100, now() - i / 3 * interval '1 minute' from generate_series(1, 2000) as i;
                insert into public.assignments (user_id, coach_key, drill_id, title, created_at)
                    select md5('u' || i)::uuid, 'demo', gen_random_uuid(), 'x', now() - i / 3 * interval '1 minute' from generate_series(1, 2000) as i;
                insert into public.affiliate_commissions (affiliate_id, affiliate_user_id, referral_id, kind, provider, payment_ref, base_minor, rate_bps, amount_minor, currency_code, created_at)
                    select gen_random_uuid(), md5('u' || i)::uuid, gen_random_uuid(), 'accrued', 'paypal', 'p' || i, 1000, 2000, 200, 'PHP', now() - i / 3 * interval '1 minute'
                    from generate_series(1, 2000) as i;
                """);
    }

    @ParameterizedTest
    @CsvSource({"list_sessions, sessions, started_at", "list_events, events, created_at", "list_audit_logs, audit_logs, created_at", "list_payments, payments, created_at",
            "list_assignments, assignments, created_at", "list_affiliate_commissions, affiliate_commissions, created_at"})
    void pagesContainEachRowOnceAndInOrder(String function, String table, String time) {
        Session admin = polaris.as(ADMIN);
        List<Object> pages = new ArrayList<>();
        String before = null;
        UUID id = null;
        List<Map<String, Object>> page;
        do {
            page = admin.rows("select id, " + time + "::text as at from public." + function + "(?::timestamptz, ?, 700)", before, id);
            for (Map<String, Object> row : page) {
                pages.add(row.get("id"));
                before = (String) row.get("at");
                id = (UUID) row.get("id");
            }
        } while (!page.isEmpty());

        assertThat(pages).isEqualTo(polaris.operator().column(Object.class, "select id from public." + table + " order by " + time + " desc, id desc"));
        assertThat(polaris.as(SERVICE).column(Object.class, "select id from public." + function + "()")).isEqualTo(pages.subList(0, 50));
    }

    @Test
    void emailFindsAUserRegardlessOfCase() {
        polaris.operator().update("update public.profiles set email = 'Alice@example.com' where id = ?", ALICE.account());
        polaris.operator().update("update public.profiles set email = 'bob@example.com' where id = ?", BOB.account());

        assertThat(polaris.as(ADMIN).column(UUID.class, "select id from public.find_profiles('ALICE@Example.com')")).containsExactly(ALICE.account());
        assertThat(polaris.as(SERVICE).column(UUID.class, "select id from public.find_profiles('bob@example.com')")).containsExactly(BOB.account());
        assertThat(polaris.as(ADMIN).rows("select id from public.find_profiles('nobody@example.com')")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"list_sessions()", "list_events()", "list_audit_logs()", "list_payments()", "list_assignments()", "list_affiliate_commissions()", "find_profiles('bob@example.com')"})
    void learnersAndVisitorsAreRejected(String call) {
        for (Caller caller : new Caller[] {ALICE, ANON}) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select * from public." + call)).as("%s", caller).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }
}
