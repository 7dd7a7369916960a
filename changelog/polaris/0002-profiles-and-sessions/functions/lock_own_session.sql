create or replace function private.lock_own_session(p_session uuid)
returns public.sessions
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    session public.sessions;
begin
    select *
    into session
    from public.sessions as s
    where s.id = p_session
        and (s.user_id = (select auth.uid()) or private.is_service())
    for update;
    -- Same error for a missing session and a session of another user.
    if session.id is null then
        raise exception 'no session %', p_session
            using errcode = 'no_data_found';
    end if;
    return session;
end
$$;

comment on function private.lock_own_session(uuid) is
    'Lock and return the session if it belongs to the caller or the service calls. Internal: no role may execute it directly.';

revoke all on function private.lock_own_session(uuid) from public;
