create or replace view public.v_adyen_latest_by_reference
with (security_invoker = true)
as
    select distinct on (p.merchant_reference)
        p.merchant_reference,
        p.psp_reference,
        p.account_id,
        p.user_id,
        p.status,
        p.amount_minor,
        p.currency_code,
        p.captured_amount_minor,
        p.refunded_amount_minor,
        p.created_at
    from public.adyen_payments as p
    order by p.merchant_reference, p.created_at desc;

comment on view public.v_adyen_latest_by_reference is 'Latest Adyen payment of each merchant reference, for admins and the service.';

revoke all on table public.v_adyen_latest_by_reference from public, anon, authenticated, service_role;
grant select on table public.v_adyen_latest_by_reference to authenticated, service_role;
