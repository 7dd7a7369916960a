create or replace view public.v_drill_facets_coach
with (security_invoker = true)
as
    select d.coach_key, c.display_name, count(*) as drills
    from public.drills as d
    left join public.coaches as c on c.key = d.coach_key
    group by d.coach_key, c.display_name;

comment on view public.v_drill_facets_coach is 'Number of drills visible to the caller, by coach; display_name is null if the caller may not see the coach.';

revoke all on table public.v_drill_facets_coach from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_coach to authenticated, service_role;
