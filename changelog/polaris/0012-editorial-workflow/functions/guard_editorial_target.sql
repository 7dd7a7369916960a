create or replace function private.guard_editorial_target()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    item_state text;
begin
    -- This trigger runs before row level security, and must not reveal the state of the item.
    if tg_op = 'INSERT' and not private.is_staff() then
        raise exception 'only admins and the service may set the coaches of an item'
            using errcode = 'insufficient_privilege';
    end if;
    -- Lock the item, so that its state does not change meanwhile.
    select i.state
    into item_state
    from public.editorial_items as i
    where i.id = case when tg_op = 'DELETE' then old.editorial_item_id else new.editorial_item_id end
    for share;
    if item_state not in ('draft', 'auto_qa') then
        raise exception 'the item is %, so its coaches cannot change', item_state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Move it back to draft first.';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    new.published_drill_id := null;
    return new;
end
$$;

comment on function private.guard_editorial_target() is
    'Trigger: reject adding or removing coaches of an item from review on. Deleting an item deletes its targets.';

revoke all on function private.guard_editorial_target() from public;
