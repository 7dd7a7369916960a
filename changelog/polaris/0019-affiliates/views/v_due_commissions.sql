create or replace view private.v_due_commissions
with (security_invoker = true)
as
    select c.id, c.affiliate_id, c.currency_code, c.amount_minor
    from public.affiliate_commissions as c
    join public.affiliates as a on a.id = c.affiliate_id
    join public.affiliate_programs as p on p.id = a.program_id
    join public.affiliate_commissions as o on o.provider = c.provider and o.payment_ref = c.payment_ref and o.kind = 'accrued'
    where c.payout_id is null
        -- If the commission is already in a payout, its reversal is deducted from the next payout.
        and (
            o.payout_id is not null
            or o.created_at <= now() - p.hold_days * interval '1 day'
                and (o.provider, o.payment_ref) not in (select d.provider, d.payment_ref from private.list_disputed_payments() as d)
        );

comment on view private.v_due_commissions is
    'Commissions and reversals that the next payout includes: past the hold period and without an open dispute. Internal: no API role may read it.';

revoke all on table private.v_due_commissions from public, anon, authenticated, service_role;
