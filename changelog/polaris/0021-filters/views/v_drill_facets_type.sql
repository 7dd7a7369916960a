create or replace view public.v_drill_facets_type
with (security_invoker = true)
as
    select d.type, count(*) as drills
    from public.drills as d
    group by d.type;

comment on view public.v_drill_facets_type is 'Number of drills visible to the caller, by type.';

revoke all on table public.v_drill_facets_type from public, anon, authenticated, service_role;
grant select on table public.v_drill_facets_type to authenticated, service_role;
