create or replace view public.v_drill_facets_overview
with (security_invoker = true)
as
    select
        count(*) as drills,
        count(distinct d.coach_key) as coaches,
        count(distinct d.type) as types,
        count(d.difficulty) as rated,
        (min(d.created_at) at time zone 'Asia/Manila')::date as first_d,
        (max(d.created_at) at time zone 'Asia/Manila')::date as last_d
    from public.drills as d;

comment on view public.v_drill_facets_overview is 'One row about the drills visible to the caller: number of drills, coaches, types and rated drills, and the first and last day of creation in Manila, null without drills.';

revoke all on table public.v_drill_facets_overview from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_overview to authenticated, service_role;
