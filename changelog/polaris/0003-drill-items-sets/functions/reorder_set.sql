create or replace function private.reorder_set(p_set uuid, p_items uuid[])
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may edit content'
            using errcode = 'insufficient_privilege';
    end if;
    perform
    from public.drill_sets as s
    where s.id = p_set
    for no key update;
    if not found then
        raise exception 'no set %', p_set
            using errcode = 'no_data_found';
    end if;
    if (select array_agg(m.item_id order by m.item_id) from public.set_members as m where m.set_id = p_set)
        is distinct from (select array_agg(i.id order by i.id) from unnest(p_items) as i (id))
    then
        raise exception 'the order must contain each item of the set exactly once'
            using
                errcode = 'invalid_parameter_value',
                hint = 'Read the items again; another admin may have added or removed one.';
    end if;
    update public.set_members as m
    set position = i.place
    from unnest(p_items) with ordinality as i (id, place)
    where m.set_id = p_set
        and m.item_id = i.id
        and m.position <> i.place;
end
$$;

comment on function private.reorder_set(uuid, uuid[]) is
    'Set the positions of a set''s items to 1, 2, 3 and so on in the order of p_items. For admins and the service.';

revoke all on function private.reorder_set(uuid, uuid[]) from public;
grant execute on function private.reorder_set(uuid, uuid[]) to authenticated, service_role;

create or replace function public.reorder_set(p_set uuid, p_items uuid[])
returns void
language sql
volatile
security invoker
set search_path = ''
return private.reorder_set(p_set, p_items);

comment on function public.reorder_set(uuid, uuid[]) is
    'Set the positions of a set''s items to 1, 2, 3 and so on in the order of p_items. For admins and the service.';

revoke all on function public.reorder_set(uuid, uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.reorder_set(uuid, uuid[]) to authenticated, service_role;
