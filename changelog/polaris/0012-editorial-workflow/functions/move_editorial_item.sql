create or replace function private.move_editorial_item(p_item uuid, p_to text, p_notes text)
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
    return item;
end
$$;

comment on function private.move_editorial_item(uuid, text, text) is
    'Move an item to a state; triggers check the transition and the caller. Repeating the call changes nothing.';

revoke all on function private.move_editorial_item(uuid, text, text) from public;
grant execute on function private.move_editorial_item(uuid, text, text) to authenticated, service_role;

create or replace function public.move_editorial_item(p_item uuid, p_to text, p_notes text default null)
returns public.editorial_items
language sql
volatile
security invoker
set search_path = ''
return private.move_editorial_item(p_item, p_to, p_notes);

comment on function public.move_editorial_item(uuid, text, text) is
    'Move an item to a state, with a note for the history. Publishing creates its drills, deprecating deprecates them. For admins and the service.';

revoke all on function public.move_editorial_item(uuid, text, text) from public, anon, authenticated, service_role;
grant execute on function public.move_editorial_item(uuid, text, text) to authenticated, service_role;
