package changelogs.polaris.money;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of provider events, the jobs and deleting an account use indexes with 50,000 events of each provider. */
class ProviderPlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsAndJobsUseIndexes() {
        People.signUp(polaris);
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.paymongo_events (event_id, event_type, livemode, about, signature, raw, state, reports, received_at, processed_at)
                    select 'evt_' || i, 'payment.paid', true, array['pay_' || i], 's', jsonb_build_object('body', repeat(md5(i::text), 15)), case when i % 5000 = 0 then 'failed' else 'reported' end,
                        case when i % 5000 = 0 then '{}' else array['evt_' || i || ' pay_' || i] end, now() - i * interval '1 minute', now()
                    from generate_series(1, 50000) as i;
                insert into public.paypal_events (event_id, event_type, livemode, about, transmission_id, signature, raw, state, reports, received_at, processed_at)
                    select 'WH-' || i, event_type, livemode, array['C-' || i, 'O-' || i], 't', 's', raw, state, case when i % 5000 = 0 then '{}' else array['WH-' || i] end,
                        received_at, processed_at
                    from (select p.*, row_number() over () as i from public.paymongo_events as p) as p;
                insert into public.payment_events (provider, event_id, event_type, occurred_at, payment_ref, amount_minor, currency_code, status)
                    select p.provider, p.prefix || i || case p.provider when 'paymongo' then ' pay_' || i else '' end, 'payment_captured', now(), 'x' || i, 1, 'PHP', 'applied'
                    from generate_series(1, 50000) as i, (values ('paymongo', 'evt_'), ('paypal', 'WH-')) as p (provider, prefix);
                insert into public.paypal_captures (id, order_id, subscription_id, status, amount_minor, currency_code, paid_at)
                    select 'C-' || i, 'O-' || i, 'I-' || i % 100, 'completed', 900, 'USD', now() from generate_series(1, 50000) as i;
                insert into public.paymongo_payments (id, payment_intent_id, status, amount_minor, currency_code, paid_at)
                    select 'pay_' || i, 'pi_' || i, 'paid', 49900, 'PHP', now() from generate_series(1, 50000) as i;
                """);
        operator.script("analyze public.paymongo_events, public.paypal_events, public.payment_events, public.paypal_captures, public.paymongo_payments");

        PlannedQuery.of("polaris", "providers").forEach(query -> query.assertPlan(polaris));
    }
}
