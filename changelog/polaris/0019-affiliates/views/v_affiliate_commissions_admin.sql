create or replace view public.v_affiliate_commissions_admin
with (security_invoker = true)
as
    select
        c.id,
        c.affiliate_id,
        c.referral_id,
        private.get_commission_payment(c.id) as payment,
        c.kind,
        c.amount_minor,
        c.currency_code,
        c.payout_id,
        c.created_at
    from public.affiliate_commissions as c
    where (select private.is_staff());

comment on view public.v_affiliate_commissions_admin is 'Commissions with provider and payment id, for admins and the service; no rows for other callers. For the newest rows, call list_affiliate_commissions.';

revoke all on table public.v_affiliate_commissions_admin from public, anon, authenticated, service_role;
grant select on table public.v_affiliate_commissions_admin to authenticated, service_role;
