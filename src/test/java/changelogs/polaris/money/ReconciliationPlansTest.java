package changelogs.polaris.money;

import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Auditing one day and comparing a settlement use indexes with 500,000 payments and entitlements, and 50,000 reports and ledger entries.
 */
class ReconciliationPlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void auditOfADayUsesIndexes() {
        Session operator = polaris.operator();
        years(operator);

        operator.script("set local request.jwt.claims = '{\"role\": \"service_role\"}'; select public.run_job('reconciliation');"
                + " create table public.scans as select relname::text, seq_scan from pg_stat_xact_user_tables where seq_scan > 0");
        assertThat(operator.value(String.class, "select (stats ->> 'looked') || ' ' || (stats ->> 'opened') from public.recon_runs")).isEqualTo("400 10");
        assertScans(operator);

        operator.script("""
                set local request.jwt.claims = '{"role": "service_role"}';
                select public.reconcile_settlements('paypal', (now() at time zone 'Asia/Manila')::date - 1,
                    (select jsonb_agg(jsonb_build_object('payment_ref', 'p' || i, 'amount_minor', 49900, 'currency_code', 'PHP')) from generate_series(1, 200) as i));
                create table public.scans as select relname::text, seq_scan from pg_stat_xact_user_tables where seq_scan > 0;
                """);
        assertScans(operator);
        assertThat(polaris.as(SERVICE).value(Long.class, "select count(*) from public.v_recon_open")).isEqualTo(10);
    }

    private static void assertScans(Session operator) {
        assertThat(operator.column(String.class, "select relname from public.scans"))
                .doesNotContain("payments", "entitlements", "payment_events", "ledger_entries", "ledger_postings", "profiles");
        operator.update("drop table public.scans");
    }

    /**
     * Loads rows with triggers and foreign keys disabled, for speed; 200 payments are from yesterday, and ten of these have no entitlement.
     */
    private static void years(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                create temporary table days on commit drop as
                    select i, case when i <= 200 then ((now() at time zone 'Asia/Manila')::date - 1)::timestamp at time zone 'Asia/Manila' + i * interval '1 second'
                        else now() - interval '40 days' - i * interval '1 minute' end as at
                    from generate_series(1, 100000) as i;
                insert into public.profiles (id, tier) select md5('u' || i)::uuid, 'pro' from generate_series(1, 100000) as i;
                insert into public.payments (id, provider, payment_ref, user_id, claimed_at, plan_code, currency_code, captured_minor, captured_at, updated_at)
                    select md5('p' || i)::uuid, 'paypal', 'p' || i, md5('u' || i % 100000 + 1)::uuid, at, 'pro', 'PHP', 49900, at, at from days;
                insert into public.entitlements (id, user_id, plan_code, source, source_ref, starts_at, updated_at)
                    select md5('e' || i)::uuid, md5('u' || i % 100000 + 1)::uuid, 'pro', 'paypal', case when i <= 10 then 'x' else 'p' end || i, at, at
                    from days where i > 10
                    union all select md5('e' || i)::uuid, md5('u' || i % 100000 + 1)::uuid, 'pro', 'promo', 'p' || i, at, at from days where i <= 10;
                insert into public.payment_events (id, provider, event_id, event_type, occurred_at, payment_ref, amount_minor, currency_code, status)
                    select md5('p' || i)::uuid, 'paypal', 'p' || i, 'payment_captured', at, 'p' || i, 49900, 'PHP', 'applied' from days where i <= 10000;
                insert into public.ledger_entries (id, payment_event_id, payment_id, kind, object_ref, amount_minor, currency_code, occurred_at, d)
                    select id, id, id, 'captured', payment_ref, 49900, 'PHP', captured_at, (captured_at at time zone 'Asia/Manila')::date from public.payments
                    where id in (select e.id from public.payment_events as e);
                insert into public.ledger_postings (entry_id, account_code, currency_code, amount_minor)
                    select id, side.account, 'PHP', side.amount from public.ledger_entries, (values ('cash_paypal', 49900), ('sales', -49900)) as side (account, amount);
                """);
        operator.script("analyze public.profiles, public.payments, public.entitlements, public.payment_events, public.ledger_entries, public.ledger_postings");
    }
}
