create or replace function private.record_editorial_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    me uuid := (select auth.uid());
    -- Set by save_editorial_item and move_editorial_item.
    note text := nullif(current_setting('polaris.editorial_note', true), '');
    was jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
    becomes jsonb := to_jsonb(new);
begin
    if tg_op = 'INSERT' or new.version <> old.version then
        insert into public.editorial_versions (editorial_item_id, version, state, diff, notes, created_by)
        select
            new.id, new.version, new.state,
            coalesce(jsonb_object_agg(key, jsonb_build_array(was -> key, becomes -> key)), '{}'),
            note, me
        from jsonb_object_keys(becomes) as key
        where coalesce(was -> key, 'null') <> becomes -> key
            and key not in ('id', 'state', 'state_since', 'version', 'created_by', 'updated_by', 'created_at', 'updated_at');
    end if;
    if tg_op = 'INSERT' or new.state = old.state then
        return null;
    end if;
    insert into public.editorial_transitions (editorial_item_id, from_state, to_state, version, actor_id, actor_role, notes)
    values (new.id, old.state, new.state, new.version, me, case when private.is_service() then 'service' else 'admin' end, note);
    if new.state = 'published' then
        perform private.publish_editorial_item(new.id);
    elsif new.state = 'deprecated' then
        update public.drills as d
        set state = 'deprecated'
        from public.editorial_item_coach_targets as t
        where t.editorial_item_id = new.id
            and d.id = t.published_drill_id
            and d.state <> 'deprecated';
    end if;
    return null;
end
$$;

comment on function private.record_editorial_change() is
    'Trigger: record a version for each change of content and a row for each transition; publish and deprecate the drills.';

revoke all on function private.record_editorial_change() from public;
