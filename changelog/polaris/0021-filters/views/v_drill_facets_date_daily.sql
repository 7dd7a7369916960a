create or replace view public.v_drill_facets_date_daily
with (security_invoker = true)
as
    select (d.created_at at time zone 'Asia/Manila')::date as d, count(*) as drills
    from public.drills as d
    group by (d.created_at at time zone 'Asia/Manila')::date;

comment on view public.v_drill_facets_date_daily is 'How many drills the caller may see, by the day in Manila in which they were made.';

revoke all on table public.v_drill_facets_date_daily from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_date_daily to authenticated, service_role;
