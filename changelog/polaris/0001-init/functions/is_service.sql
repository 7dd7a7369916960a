create or replace function private.is_service()
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
    select exists (
        select
        from pg_catalog.pg_roles as r
        where r.rolname = coalesce(nullif(current_setting('role', true), 'none'), session_user)
            and (r.rolbypassrls or r.rolsuper)
    )
$$;

comment on function private.is_service() is
    'Whether the caller is a role that bypasses row security. Looks at the role, never at a claim, and so also holds within a definer.';

revoke all on function private.is_service() from public;
grant execute on function private.is_service() to authenticated, service_role;
