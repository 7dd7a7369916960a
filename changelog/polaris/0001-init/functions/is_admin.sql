create or replace function private.is_admin()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (
        select
        from public.profiles as p
        where p.id = (select auth.uid())
            and p.role = 'admin'
    );
end
$$;

comment on function private.is_admin() is 'Whether the caller is an admin.';

revoke all on function private.is_admin() from public;
grant execute on function private.is_admin() to authenticated;

create or replace function public.is_admin(uid uuid)
returns boolean
language sql
stable
security invoker
set search_path = ''
return uid is not distinct from (select auth.uid()) and (select private.is_admin());

comment on function public.is_admin(uuid) is 'Whether uid is the caller and an admin; false for any other user. For users.';

revoke all on function public.is_admin(uuid) from public, anon, authenticated, service_role;
grant execute on function public.is_admin(uuid) to authenticated;
