create or replace function private.guard_drill_item()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    -- QA flags and the reference to a deleted drill may change: they do not affect what learners answered.
    loose constant text[] := array['drill_id', 'qa_flags', 'updated_at'];
    set_state text;
begin
    if tg_op = 'UPDATE'
        and to_jsonb(new) - loose = to_jsonb(old) - loose
        and (new.drill_id is null or new.drill_id is not distinct from old.drill_id)
    then
        return new;
    end if;
    for set_state in
        select s.state
        from public.drill_sets as s
        where s.id in (select m.set_id from public.set_members as m where m.item_id = old.id)
        order by s.id
        for share
    loop
        if set_state in ('approved', 'published', 'deprecated') then
            raise exception 'an item of a set that is % cannot change', set_state
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Create another item and add it to a new version of the set.';
        end if;
    end loop;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

comment on function private.guard_drill_item() is
    'Trigger: reject changing or deleting an item of an approved, published or deprecated set.';

revoke all on function private.guard_drill_item() from public;
