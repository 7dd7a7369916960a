create or replace view public.v_drill_facets_difficulty
with (security_invoker = true)
as
    select d.difficulty, count(*) as drills
    from public.drills as d
    group by d.difficulty;

comment on view public.v_drill_facets_difficulty is 'Number of drills visible to the caller, by difficulty; null for unrated drills.';

revoke all on table public.v_drill_facets_difficulty from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_difficulty to authenticated, service_role;
