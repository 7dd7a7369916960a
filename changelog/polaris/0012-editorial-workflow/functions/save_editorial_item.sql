create or replace function private.save_editorial_item(p_item uuid, p_version integer, p_changes jsonb, p_notes text)
returns public.editorial_items
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    item public.editorial_items;
    wanted public.editorial_items;
    stranger text;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may edit content'
            using errcode = 'insufficient_privilege';
    end if;
    if p_changes is null or jsonb_typeof(p_changes) <> 'object' then
        raise exception 'p_changes must be an object of columns and values'
            using errcode = 'invalid_parameter_value';
    end if;
    select key
    into stranger
    from jsonb_object_keys(p_changes) as key
    where key not in (
        'title', 'slug', 'summary', 'body', 'taxonomy', 'difficulty', 'time_estimate_minutes', 'gating', 'language',
        'reading_level', 'exam_mapping', 'accessibility'
    )
    limit 1;
    if stranger is not null then
        raise exception '% is not a content column', stranger
            using
                errcode = 'invalid_parameter_value',
                hint = 'Use move_editorial_item to change the state; triggers set version and authors.';
    end if;
    select *
    into item
    from public.editorial_items as i
    where i.id = p_item
    for update;
    if item.id is null then
        raise exception 'no item %', p_item
            using errcode = 'no_data_found';
    end if;
    if item.version is distinct from p_version then
        raise exception 'item % is at version %, not %', p_item, item.version, coalesce(p_version::text, 'null')
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'The item was changed meanwhile. Read it again, then save the remaining changes.';
    end if;
    wanted := jsonb_populate_record(item, p_changes);
    perform set_config('polaris.editorial_note', coalesce(p_notes, ''), true);
    update public.editorial_items as i
    set title = wanted.title,
        slug = wanted.slug,
        summary = wanted.summary,
        body = wanted.body,
        taxonomy = wanted.taxonomy,
        difficulty = wanted.difficulty,
        time_estimate_minutes = wanted.time_estimate_minutes,
        gating = wanted.gating,
        language = wanted.language,
        reading_level = wanted.reading_level,
        exam_mapping = wanted.exam_mapping,
        accessibility = wanted.accessibility
    where i.id = p_item
    returning * into item;
    perform set_config('polaris.editorial_note', '', true);
    return item;
end
$$;

comment on function private.save_editorial_item(uuid, integer, jsonb, text) is
    'Update the columns in p_changes if the item is still at p_version. For admins and the service.';

revoke all on function private.save_editorial_item(uuid, integer, jsonb, text) from public;
grant execute on function private.save_editorial_item(uuid, integer, jsonb, text) to authenticated, service_role;

create or replace function public.save_editorial_item(p_item uuid, p_version integer, p_changes jsonb, p_notes text default null)
returns public.editorial_items
language sql
volatile
security invoker
set search_path = ''
return private.save_editorial_item(p_item, p_version, p_changes, p_notes);

comment on function public.save_editorial_item(uuid, integer, jsonb, text) is
    'Update an item''s content, for instance {"title": "Ask for help"}, and return the item; rejected if its version is no longer p_version. For admins and the service.';

revoke all on function public.save_editorial_item(uuid, integer, jsonb, text) from public, anon, authenticated, service_role;
grant execute on function public.save_editorial_item(uuid, integer, jsonb, text) to authenticated, service_role;
