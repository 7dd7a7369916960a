create or replace function private.is_staff()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    -- As an SQL function, each call would plan both queries again: 140 µs instead of 10.
    return private.is_admin() or private.is_service();
end
$$;

comment on function private.is_staff() is 'Whether the caller is an admin or the service.';

revoke all on function private.is_staff() from public;
grant execute on function private.is_staff() to authenticated, service_role;
