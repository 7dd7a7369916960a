create or replace function private.compose_embedding_text(p_entity_type text, p_entity_id uuid)
returns text
language sql
stable
security invoker
set search_path = ''
as $$
    select concat_ws(chr(10), d.title, d.prompt, array_to_string(d.tags, ', '))
    from public.drills as d
    where p_entity_type = 'drill'
        and d.id = p_entity_id
    union all
    select concat_ws(chr(10), s.title, s.description, array_to_string(s.tags, ', '))
    from public.drill_sets as s
    where p_entity_type = 'drill_set'
        and s.id = p_entity_id
    union all
    select concat_ws(chr(10), i.title, (
        select string_agg(t.value #>> '{}', chr(10))
        from jsonb_path_query(jsonb_build_array(i.content, i.hints), 'strict $.** ? (@.type() == "string")') as t (value)
    ))
    from public.drill_items as i
    where p_entity_type = 'drill_item'
        and i.id = p_entity_id
$$;

comment on function private.compose_embedding_text(text, uuid) is
    'Text to embed for an entity; null if the entity no longer exists. Internal: no role may execute it directly.';

revoke all on function private.compose_embedding_text(text, uuid) from public;
