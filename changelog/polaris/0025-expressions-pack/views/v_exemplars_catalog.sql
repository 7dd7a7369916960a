create or replace view public.v_exemplars_catalog
with (security_invoker = true)
as
    select e.id, e.source_item_id as item_id, e.coach_key, c.display_name as coach_name, e.language, e.skill, e.topic, e.difficulty,
        e.upgraded_text, e.example_prompt, e.tags, e.published_at
    from public.expression_exemplars as e
    join public.coaches as c on c.key = e.coach_key
    where e.state = 'published_exemplar'
        and c.is_active;

comment on view public.v_exemplars_catalog is 'Published exemplars of active coaches. item_id is the argument of keep_expression; null for an exemplar without a source item.';

revoke all on table public.v_exemplars_catalog from public, anon, authenticated, service_role;
grant select on table public.v_exemplars_catalog to authenticated, service_role;
