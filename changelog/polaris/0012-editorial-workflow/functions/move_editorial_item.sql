create or replace function private.move_editorial_item(p_item uuid, p_to text, p_notes text, p_version integer)
returns public.editorial_items
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    item public.editorial_items;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may move content'
            using errcode = 'insufficient_privilege';
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
    if item.state = p_to then
        return item;
    end if;
    perform set_config('polaris.editorial_note', coalesce(p_notes, ''), true);
    update public.editorial_items as i
    set state = p_to
    where i.id = p_item
    returning * into item;
    perform set_config('polaris.editorial_note', '', true);
    -- The item may have gone back to draft and changed since the admin read it.
    if p_to = 'approved' and p_version is distinct from item.version then
        raise exception 'item % is at version %, not %', p_item, item.version, coalesce(p_version::text, 'null')
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Read the item, and pass the version that was read as p_version.';
    end if;
    return item;
end
$$;

comment on function private.move_editorial_item(uuid, text, text, integer) is
    'Move an item to a state; triggers check the transition and the caller. Approving needs the version that was read. Repeating the call changes nothing.';

revoke all on function private.move_editorial_item(uuid, text, text, integer) from public;
grant execute on function private.move_editorial_item(uuid, text, text, integer) to authenticated, service_role;

create or replace function public.move_editorial_item(p_item uuid, p_to text, p_notes text default null, p_version integer default null)
returns public.editorial_items
language sql
volatile
security invoker
set search_path = ''
return private.move_editorial_item(p_item, p_to, p_notes, p_version);

comment on function public.move_editorial_item(uuid, text, text, integer) is
    'Move an item to a state, with a note for the history. Approving needs the version that was read. Publishing creates its drills, deprecating deprecates them. For admins and the service.';

revoke all on function public.move_editorial_item(uuid, text, text, integer) from public, anon, authenticated, service_role;
grant execute on function public.move_editorial_item(uuid, text, text, integer) to authenticated, service_role;
