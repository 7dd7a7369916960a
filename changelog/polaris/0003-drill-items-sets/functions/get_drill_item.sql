create or replace function private.get_drill_item(p_item uuid)
returns public.drill_items
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    item public.drill_items;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may read complete items'
            using errcode = 'insufficient_privilege';
    end if;
    select *
    into item
    from public.drill_items as i
    where i.id = p_item;
    if item.id is null then
        raise exception 'no item %', p_item
            using errcode = 'no_data_found';
    end if;
    return item;
end
$$;

comment on function private.get_drill_item(uuid) is 'Return the complete item including its answer key. For admins and the service.';

revoke all on function private.get_drill_item(uuid) from public;
grant execute on function private.get_drill_item(uuid) to authenticated, service_role;

create or replace function public.get_drill_item(p_item uuid)
returns public.drill_items
language sql
stable
security invoker
set search_path = ''
return private.get_drill_item(p_item);

comment on function public.get_drill_item(uuid) is 'Return the complete item including its answer key. For admins and the service.';

revoke all on function public.get_drill_item(uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_drill_item(uuid) to authenticated, service_role;
