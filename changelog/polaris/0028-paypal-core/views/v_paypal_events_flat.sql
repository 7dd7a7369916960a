create or replace view public.v_paypal_events_flat
with (security_invoker = true)
as
    select
        e.event_id,
        e.event_type,
        e.livemode,
        e.transmission_id,
        e.raw ->> 'resource_type' as object_type,
        coalesce(e.raw #>> '{resource,id}', e.raw #>> '{resource,dispute_id}') as object_id,
        coalesce(e.raw #>> '{resource,status}', e.raw #>> '{resource,state}') as object_status,
        coalesce(e.raw #>> '{resource,amount,value}', e.raw #>> '{resource,amount,total}', e.raw #>> '{resource,dispute_amount,value}') as amount,
        coalesce(e.raw #>> '{resource,amount,currency_code}', e.raw #>> '{resource,amount,currency}', e.raw #>> '{resource,dispute_amount,currency_code}') as currency,
        case
            when e.state <> 'reported' then e.state
            when r.failed > 0 then 'failed'
            when r.applied > 0 then 'applied'
            else 'ignored'
        end as status,
        coalesce(e.outcome, r.outcome) as outcome,
        r.payment_refs,
        e.deliveries,
        e.received_at,
        e.processed_at
    from public.paypal_events as e
    cross join lateral (
        select
            count(*) filter (where p.status = 'failed') as failed,
            count(*) filter (where p.status = 'applied') as applied,
            string_agg(distinct p.outcome, '; ') as outcome,
            array_agg(distinct p.payment_ref) filter (where p.payment_ref is not null) as payment_refs
        from public.payment_events as p
        where p.provider = 'paypal'
            and p.event_id = any (e.reports)
    ) as r;

comment on view public.v_paypal_events_flat is 'PayPal events with their outcome: applied if money or a subscription was booked, ignored, or failed with the reason. For admins and the service.';

revoke all on table public.v_paypal_events_flat from public, anon, authenticated, service_role;
grant select on table public.v_paypal_events_flat to authenticated, service_role;
