create or replace view public.v_catalog_flat
with (security_invoker = true)
as
    select
        'drill' as source,
        d.id,
        d.coach_key,
        d.type as section,
        d.title,
        1 as version,
        d.tags,
        d.difficulty,
        d.gating,
        d.state,
        d.updated_at
    from public.drills as d
    union all
    select
        'set' as source,
        s.id,
        s.coach_key,
        s.section,
        s.title,
        s.version,
        s.tags,
        s.difficulty,
        s.gating,
        s.state,
        s.updated_at
    from public.drill_sets as s;

comment on view public.v_catalog_flat is
    'Drills and sets visible to the caller; source is drill or set, section is the type of a drill. Filter by coach_key, state and section.';

revoke all on table public.v_catalog_flat from public, anon, authenticated, service_role;
grant select on table public.v_catalog_flat to authenticated, service_role;
