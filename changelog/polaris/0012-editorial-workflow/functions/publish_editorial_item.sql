create or replace function private.publish_editorial_item(p_item uuid)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    item public.editorial_items;
    target_coach text;
    drill_id uuid;
begin
    select *
    into item
    from public.editorial_items as i
    where i.id = p_item;
    for target_coach in
        select t.coach_key
        from public.editorial_item_coach_targets as t
        where t.editorial_item_id = p_item
            and t.published_drill_id is null
            and item.kind in ('drill', 'scenario', 'qbank')
        order by t.coach_key
    loop
        insert into public.drills (
            coach_key, type, title, prompt, tags, time_estimate_minutes, difficulty, gating, state, created_by
        )
        values (
            target_coach,
            case item.kind when 'drill' then 'speaking' else item.kind end,
            item.title,
            item.body ->> 'prompt',
            array_remove(
                (item.taxonomy ->> 'topic') || array(select jsonb_array_elements_text(coalesce(item.taxonomy -> 'tags', '[]'))),
                null
            ),
            item.time_estimate_minutes,
            item.difficulty,
            item.gating,
            'published',
            item.created_by
        )
        returning id into drill_id;
        update public.editorial_item_coach_targets as t
        set published_drill_id = drill_id
        where t.editorial_item_id = p_item
            and t.coach_key = target_coach;
    end loop;
end
$$;

comment on function private.publish_editorial_item(uuid) is
    'Create the missing drills of a published item. Internal: no role may execute it directly.';

revoke all on function private.publish_editorial_item(uuid) from public;
