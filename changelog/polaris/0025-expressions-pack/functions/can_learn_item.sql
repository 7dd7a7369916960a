create or replace function private.can_learn_item(p_item uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (select from public.practice_pack_items as i where i.id = p_item and i.user_id = (select auth.uid()))
        or private.get_account() is not null and exists (select from public.exemplar_pack_items as e where e.item_id = p_item);
end
$$;

comment on function private.can_learn_item(uuid) is
    'Whether an expression is the caller''s own or published; false if it does not exist.';

revoke all on function private.can_learn_item(uuid) from public;
grant execute on function private.can_learn_item(uuid) to authenticated;
