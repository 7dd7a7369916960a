create or replace function private.hide_pack_item(p_item uuid, p_hidden boolean)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may hide items'
            using errcode = 'insufficient_privilege';
    end if;
    if p_hidden is null then
        raise exception 'p_hidden must be true or false'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.practice_pack_items as i
    set is_hidden = p_hidden
    where i.id = p_item;
    if not found then
        raise exception 'no item %', p_item
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.hide_pack_item(uuid, boolean) is 'Hide an item of any pack or show it again. For admins and the service.';

revoke all on function private.hide_pack_item(uuid, boolean) from public;
grant execute on function private.hide_pack_item(uuid, boolean) to authenticated, service_role;

create or replace function public.hide_pack_item(p_item uuid, p_hidden boolean)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.hide_pack_item(p_item, p_hidden);

comment on function public.hide_pack_item(uuid, boolean) is 'Hide an item of any pack or show it again. For admins and the service.';

revoke all on function public.hide_pack_item(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.hide_pack_item(uuid, boolean) to authenticated, service_role;
