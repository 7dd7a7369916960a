create or replace function private.is_own_open_session(p_session uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (
        select
        from public.sessions as s
        where s.id = p_session
            and s.user_id = (select auth.uid())
            and s.status = 'started'
    );
end
$$;

comment on function private.is_own_open_session(uuid) is 'Whether p_session is a session of the caller that is neither submitted nor ended.';

revoke all on function private.is_own_open_session(uuid) from public;
grant execute on function private.is_own_open_session(uuid) to authenticated;
