package changelogs.polaris.money;

import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of affiliates and the queries of a payment use indexes with 2,000 affiliates, 60,000 clicks and 20,000 commissions. */
class AffiliatePlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsAndJobsUseIndexes() {
        Session owner = People.signUp(polaris);
        Referrals.program(owner);
        Referrals.active(owner, ALICE, "alice");
        Session operator = polaris.operator();
        crowd(operator);

        PlannedQuery.of("polaris", "affiliates").forEach(query -> query.assertPlan(polaris));
        Matcher sum = Pattern.compile("(?s)select sum\\(.*?(?=\\n\\s+\\))")
                .matcher(operator.value(String.class, "select prosrc from pg_proc where proname = 'settle_affiliate_commission'"));
        assertThat(sum.find()).as("sum of the reversals of a payment").isTrue();
        assertThat(operator.plan(sum.group().replace("p_provider", "'paypal'").replace("p_payment_ref", "'p1'"))).as("sum of the reversals of a payment")
                .contains("affiliate_commissions_reversed_key").doesNotContain("Seq Scan");

        operator.script("set local request.jwt.claims = '{\"role\": \"service_role\"}'; select public.run_job('affiliate_payouts')");
        assertThat(operator.value(String.class, "select coalesce(error, result::text) from public.job_runs")).isEqualTo("{\"made\": 1000, \"more\": true}");
        assertThat(Referrals.wrong(operator)).noneMatch(fault -> fault.startsWith("payout") || fault.contains("on the way"));
    }

    /** Loads rows with triggers and foreign keys disabled, for speed. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                insert into public.affiliates (id, user_id, program_id, code, payout_method, status, approved_at)
                    select md5('a' || i)::uuid, md5('u' || i)::uuid, p.id, 'code-' || i, '{"bank": "1"}', case when i % 50 = 0 then 'pending' else 'active' end, now()
                    from generate_series(1, 2000) as i, public.affiliate_programs as p;
                insert into public.affiliate_links (id, affiliate_id, affiliate_user_id, code)
                    select md5('l' || i)::uuid, md5('a' || i)::uuid, md5('u' || i)::uuid, 'code-' || i from generate_series(1, 2000) as i;
                insert into public.affiliate_clicks (affiliate_id, affiliate_user_id, link_id, clicked_at)
                    select md5('a' || a)::uuid, md5('u' || a)::uuid, md5('l' || a)::uuid, now() - i * interval '1 minute'
                    from generate_series(1, 60000) as i, lateral (select 1 + i % 2000 as a) as who;
                insert into public.affiliate_referrals (id, affiliate_id, affiliate_user_id, user_id, link_id, status, converted_at)
                    select md5('r' || i)::uuid, md5('a' || a)::uuid, md5('u' || a)::uuid, md5('n' || i)::uuid, md5('l' || a)::uuid, 'converted', now()
                    from generate_series(1, 20000) as i, lateral (select 1 + i % 2000 as a) as who;
                insert into public.affiliate_commissions (affiliate_id, affiliate_user_id, referral_id, kind, provider, payment_ref, base_minor, rate_bps, amount_minor, currency_code)
                    select r.affiliate_id, r.affiliate_user_id, r.id, 'accrued', 'paypal', r.id::text, 49900, 1000, 4990, 'PHP' from public.affiliate_referrals as r;
                insert into public.affiliate_payouts (affiliate_id, affiliate_user_id, amount_minor, currency_code, payout_method, status, period_start, period_end, failure_reason, approved_at)
                    select id, user_id, 100, 'PHP', payout_method, 'failed', '2026-01-01', '2026-01-01', 'x', now() from public.affiliates, generate_series(1, 5) where code <> 'alice';
                """);
        operator.script("analyze public.affiliates; analyze public.affiliate_links; analyze public.affiliate_clicks; analyze public.affiliate_referrals;"
                + "analyze public.affiliate_commissions; analyze public.affiliate_payouts");
    }
}
