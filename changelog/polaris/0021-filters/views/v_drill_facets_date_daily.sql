create or replace view public.v_drill_facets_date_daily
with (security_invoker = true)
as
    select (d.created_at at time zone 'Asia/Manila')::date as d, count(*) as drills
    from public.drills as d
    group by (d.created_at at time zone 'Asia/Manila')::date;

comment on view public.v_drill_facets_date_daily is 'Number of drills visible to the caller, by day of creation in Manila.';

revoke all on table public.v_drill_facets_date_daily from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_date_daily to authenticated, service_role;
