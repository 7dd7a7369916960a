create or replace view public.v_affiliate_balances
with (security_invoker = true)
as
    select
        c.affiliate_id,
        c.currency_code,
        sum(c.amount_minor) as earned_minor,
        coalesce(sum(c.amount_minor) filter (where c.payout_id is null), 0) as accrued_minor,
        coalesce(sum(c.amount_minor) filter (where p.status in ('scheduled', 'approved', 'processing')), 0) as pending_payout_minor,
        coalesce(sum(c.amount_minor) filter (where p.status = 'paid'), 0) as paid_minor
    from public.affiliate_commissions as c
    left join public.affiliate_payouts as p on p.id = c.payout_id
    group by c.affiliate_id, c.currency_code;

comment on view public.v_affiliate_balances is 'Sums of commissions per affiliate and currency: earned, accrued, in an unfinished payout, and paid. accrued_minor is negative if refunds exceed the open commissions.';

revoke all on table public.v_affiliate_balances from public, anon, authenticated, service_role;
grant select on table public.v_affiliate_balances to authenticated, service_role;
