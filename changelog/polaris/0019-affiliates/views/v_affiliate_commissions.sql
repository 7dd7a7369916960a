create or replace view public.v_affiliate_commissions
with (security_invoker = true)
as
    select
        c.id,
        c.affiliate_id,
        c.referral_id,
        c.kind,
        c.base_minor,
        c.rate_bps,
        c.amount_minor,
        c.currency_code,
        case
            when c.payout_id is null then 'accrued'
            when p.status = 'paid' then 'paid'
            else 'pending_payout'
        end as status,
        c.payout_id,
        c.created_at
    from public.affiliate_commissions as c
    left join public.affiliate_payouts as p on p.id = c.payout_id;

comment on view public.v_affiliate_commissions is 'Commissions and reversals visible to the caller, with a status: accrued, pending_payout or paid.';

revoke all on table public.v_affiliate_commissions from public, anon, authenticated, service_role;
grant select on table public.v_affiliate_commissions to authenticated, service_role;
