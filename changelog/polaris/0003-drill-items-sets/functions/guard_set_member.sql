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
    -- An account that is deleted takes its name out, and nothing else.
    if tg_op = 'UPDATE' and new.added_by is null and to_jsonb(new) - 'added_by' = to_jsonb(old) - 'added_by' then
        return new;
    end if;
    if tg_op = 'UPDATE' and (new.set_id, new.item_id, new.added_at) is distinct from (old.set_id, old.item_id, old.added_at) then
        raise exception 'a place stays that of its set and item'
            using
                errcode = 'check_violation',
                hint = 'Take the item out of the one set and put it into the other.';
    end if;
    if tg_op = 'INSERT' and not private.is_staff() then
        -- The policy says so too, but only after this: a stranger learns nothing of a set, and holds up nobody.
        raise exception 'content is written by admins'
            using errcode = 'insufficient_privilege';
    end if;
    -- One writer a set at a time. No row: the set goes, and its members with it.
    select s.state
    into set_state
    from public.drill_sets as s
    where s.id = case when tg_op = 'DELETE' then old.set_id else new.set_id end
    for no key update;
    if set_state in ('approved', 'published', 'deprecated') then
        raise exception 'the items of a set that is % no longer change', set_state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Take an approved set back to draft; of a published one make a new version with create_set_version.';
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
    'Refuses a change of the members of an approved set, and gives an item without a place the next one.';

revoke all on function private.guard_set_member() from public;
