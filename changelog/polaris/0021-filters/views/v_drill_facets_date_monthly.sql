create or replace view public.v_drill_facets_date_monthly
with (security_invoker = true)
as
    select date_trunc('month', d.created_at at time zone 'Asia/Manila')::date as month_start, count(*) as drills
    from public.drills as d
    group by date_trunc('month', d.created_at at time zone 'Asia/Manila')::date;

comment on view public.v_drill_facets_date_monthly is 'Number of drills visible to the caller, by month of creation in Manila.';

revoke all on table public.v_drill_facets_date_monthly from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_date_monthly to authenticated, service_role;
