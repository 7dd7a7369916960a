create or replace function private.is_service()
returns boolean
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return exists (
        select
        from pg_catalog.pg_roles as r
        where r.rolname = coalesce(nullif(current_setting('role', true), 'none'), session_user)
            and (r.rolbypassrls or r.rolsuper)
    );
end
$$;

comment on function private.is_service() is
    'Whether the caller''s role bypasses row level security. Checks the role, not a JWT claim, and therefore also works inside security definer functions. Internal: no role may execute it directly.';

revoke all on function private.is_service() from public;
