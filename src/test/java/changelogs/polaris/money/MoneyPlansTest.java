package changelogs.polaris.money;

import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of plans, limits and payments, and the jobs, use indexes with 50,000 users who have a payment, an entitlement and usage each. */
class MoneyPlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsAndJobsUseIndexes() {
        People.signUp(polaris);
        Session operator = polaris.operator();
        crowd(operator);

        PlannedQuery.of("polaris", "money").forEach(query -> query.assertPlan(polaris));

        Session service = polaris.as(SERVICE);
        assertThat(service.value(Integer.class, "select public.settle_tiers(10000)")).as("entitlements that ended today").isEqualTo(666);
        assertThat(operator.value(Long.class, "select count(*) from public.profiles where tier <> private.get_tier(id)")).isZero();
        assertThat(service.value(Integer.class, "select public.settle_tiers(10000)")).isZero();
    }

    /** Loads rows with triggers and foreign keys disabled, for speed. Every thirtieth entitlement has just ended. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                insert into public.profiles (id, tier) select md5('person' || i)::uuid, 'pro' from generate_series(1, 20000) as i;
                insert into public.subscriptions (id, user_id, provider, external_ref, plan_code, status)
                    select md5('s' || i)::uuid, md5('person' || i)::uuid, 'paypal', 's' || i, 'pro', 'active' from generate_series(1, 20000) as i;
                insert into public.entitlements (id, user_id, plan_code, source, source_ref, starts_at, ends_at, tier_due_at)
                    select md5('e' || i)::uuid, md5('person' || i)::uuid, 'pro', 'paypal', 'p' || i, now() - interval '31 days', e, e
                    from generate_series(1, 20000) as i,
                        lateral (select now() + case when i % 30 = 0 then interval '-1 hour' else i % 30 * interval '1 day' end as e) as ends;
                insert into public.entitlement_history (entitlement_id, user_id, action, plan_code, starts_at, source)
                    select id, case when abs(hashtext(source_ref)) % 10 > 0 then user_id end, 'granted', plan_code, starts_at, source from public.entitlements;
                insert into public.payments (id, provider, payment_ref, user_id, claimed_at, plan_code, currency_code, captured_minor)
                    select md5('p' || i)::uuid, 'paypal', 'p' || i, case when i % 10 > 0 then md5('person' || i)::uuid end,
                        case when i % 2000 > 0 then now() end, 'pro', 'PHP', 49900
                    from generate_series(1, 20000) as i;
                insert into public.payment_events (id, provider, event_id, event_type, occurred_at, user_id, payment_ref, amount_minor, currency_code, status)
                    select id, provider, payment_ref, 'payment_captured', now() - i * interval '5 minutes', user_id, payment_ref, 49900, 'PHP',
                        case when i % 2000 = 0 then 'failed' else 'applied' end
                    from (select p.*, row_number() over () as i from public.payments as p) as p;
                insert into public.ledger_entries (payment_event_id, payment_id, kind, object_ref, amount_minor, currency_code, occurred_at, d)
                    select id, id, 'captured', payment_ref, 49900, 'PHP', occurred_at, (occurred_at at time zone 'Asia/Manila')::date from public.payment_events;
                insert into public.limit_usage (user_id, key, window_start, used)
                    select md5('person' || i)::uuid, 'tts_chars_daily', '2026-03-01', 1 from generate_series(1, 20000) as i;
                """);
        operator.script("analyze public.profiles, public.subscriptions, public.entitlements, public.entitlement_history, public.payments, public.payment_events,"
                + " public.ledger_entries, public.limit_usage");
    }
}
