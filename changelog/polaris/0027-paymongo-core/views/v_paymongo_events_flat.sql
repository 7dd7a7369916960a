create or replace view public.v_paymongo_events_flat
with (security_invoker = true)
as
    select
        e.event_id,
        e.event_type,
        e.livemode,
        e.raw #>> '{data,attributes,data,type}' as object_type,
        e.raw #>> '{data,attributes,data,id}' as object_id,
        e.raw #>> '{data,attributes,data,attributes,status}' as object_status,
        e.raw #>> '{data,attributes,data,attributes,amount}' as amount,
        e.raw #>> '{data,attributes,data,attributes,currency}' as currency,
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
    from public.paymongo_events as e
    cross join lateral (
        select
            count(*) filter (where p.status = 'failed') as failed,
            count(*) filter (where p.status = 'applied') as applied,
            string_agg(distinct p.outcome, '; ') as outcome,
            array_agg(distinct p.payment_ref) filter (where p.payment_ref is not null) as payment_refs
        from public.payment_events as p
        where p.provider = 'paymongo'
            and p.event_id = any (e.reports)
    ) as r;

comment on view public.v_paymongo_events_flat is 'PayMongo events with their outcome: applied if money or a subscription was booked, ignored, or failed with the reason. For admins and the service.';

revoke all on table public.v_paymongo_events_flat from public, anon, authenticated, service_role;
grant select on table public.v_paymongo_events_flat to authenticated, service_role;
