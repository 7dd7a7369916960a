create or replace view public.v_affiliate_referrals_admin
with (security_invoker = true)
as
    select
        r.id,
        r.affiliate_id,
        private.get_referred_person(r.id) as user_id,
        r.link_id,
        r.status,
        r.status_reason,
        r.attached_at,
        r.converted_at,
        r.disqualified_at
    from public.affiliate_referrals as r
    where (select private.is_staff());

comment on view public.v_affiliate_referrals_admin is 'Referrals with the referred user, for admins and the service; no rows for other callers, who read affiliate_referrals.';

revoke all on table public.v_affiliate_referrals_admin from public, anon, authenticated, service_role;
grant select on table public.v_affiliate_referrals_admin to authenticated, service_role;
