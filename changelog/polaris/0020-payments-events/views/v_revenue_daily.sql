create or replace view public.v_revenue_daily
with (security_invoker = true)
as
    select
        e.d,
        e.currency_code,
        sum(e.amount_minor) filter (where e.kind = 'captured') as captured_minor,
        sum(e.amount_minor) filter (where e.kind = 'refunded') as refunded_minor,
        sum(e.amount_minor) filter (where e.kind = 'dispute_lost') as lost_minor,
        count(*) filter (where e.kind = 'captured') as payments
    from public.ledger_entries as e
    group by e.d, e.currency_code;

comment on view public.v_revenue_daily is 'Money captured, refunded and lost per day in Manila and currency; rows only for callers who may read the ledger.';

revoke all on table public.v_revenue_daily from public, anon, authenticated, service_role;
grant select on table public.v_revenue_daily to authenticated, service_role;
