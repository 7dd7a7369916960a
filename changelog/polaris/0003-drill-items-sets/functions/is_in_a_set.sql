create or replace function private.is_in_a_set(p_item uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (
        select
        from public.set_members as m
        where m.item_id = p_item
    );
end
$$;

comment on function private.is_in_a_set(uuid) is 'Whether any set contains the item, whatever the state of the set.';

revoke all on function private.is_in_a_set(uuid) from public;
grant execute on function private.is_in_a_set(uuid) to authenticated;
