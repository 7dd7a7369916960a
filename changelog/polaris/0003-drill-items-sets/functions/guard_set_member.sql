create or replace function private.guard_set_member()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    set_state text;
begin
    -- Deleting an account sets added_by to null and changes nothing else.
    if tg_op = 'UPDATE' and new.added_by is null and to_jsonb(new) - 'added_by' = to_jsonb(old) - 'added_by' then
        return new;
    end if;
    if tg_op = 'UPDATE' and (new.set_id, new.item_id, new.added_at) is distinct from (old.set_id, old.item_id, old.added_at) then
        raise exception 'set_id, item_id and added_at of a set member cannot change'
            using
                errcode = 'check_violation',
                hint = 'Remove the item from one set and add it to the other.';
    end if;
    if tg_op = 'INSERT' and not private.is_staff() then
        -- The policy would reject it too, but only after this trigger has locked the set and revealed its state.
        raise exception 'only admins and the service may edit content'
            using errcode = 'insufficient_privilege';
    end if;
    -- One writer per set at a time. No row: the set is being deleted together with its members.
    select s.state
    into set_state
    from public.drill_sets as s
    where s.id = case when tg_op = 'DELETE' then old.set_id else new.set_id end
    for no key update;
    if set_state in ('approved', 'published', 'deprecated') then
        raise exception 'the items of a set that is % cannot change', set_state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Move an approved set back to draft; for a published set create a new version with create_set_version.';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if tg_op = 'INSERT' then
        new.added_by := coalesce((select auth.uid()), new.added_by);
        if new.position is null then
            select coalesce(max(m.position), 0) + 1
            into new.position
            from public.set_members as m
            where m.set_id = new.set_id;
        end if;
    else
        new.added_by := old.added_by;
    end if;
    return new;
end
$$;

comment on function private.guard_set_member() is
    'Trigger: reject changes to the members of an approved, published or deprecated set, and append new items at the next position.';

revoke all on function private.guard_set_member() from public;
