create or replace view public.v_drill_facets_date_weekly
with (security_invoker = true)
as
    select date_trunc('week', d.created_at at time zone 'Asia/Manila')::date as week_start, count(*) as drills
    from public.drills as d
    group by date_trunc('week', d.created_at at time zone 'Asia/Manila')::date;

comment on view public.v_drill_facets_date_weekly is 'Number of drills visible to the caller, by week of creation in Manila, starting on Monday.';

revoke all on table public.v_drill_facets_date_weekly from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_date_weekly to authenticated, service_role;
