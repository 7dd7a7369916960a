create or replace function private.get_first_visible_user()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return case when private.is_admin() then '00000000-0000-0000-0000-000000000000'::uuid else auth.uid() end;
end
$$;

comment on function private.get_first_visible_user() is
    'Lowest user id whose rows the caller may read: the caller''s own id, the lowest uuid for admins, null for visitors.';

revoke all on function private.get_first_visible_user() from public;
grant execute on function private.get_first_visible_user() to authenticated;
