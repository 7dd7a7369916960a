create or replace function private.abort_session(p_session uuid)
returns public.sessions
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    session public.sessions := private.lock_own_session(p_session);
begin
    if session.status = 'aborted' then
        return session;
    end if;
    update public.sessions as s
    set status = 'aborted',
        ended_at = greatest(now(), s.started_at, s.submitted_at)
    where s.id = session.id
    returning * into session;
    return session;
end
$$;

comment on function private.abort_session(uuid) is 'Abort the caller''s session; repeating the call changes nothing.';

revoke all on function private.abort_session(uuid) from public;
grant execute on function private.abort_session(uuid) to authenticated, service_role;

create or replace function public.abort_session(p_session uuid)
returns public.sessions
language sql
volatile
security invoker
set search_path = ''
return private.abort_session(p_session);

comment on function public.abort_session(uuid) is 'Abort the caller''s session without counting it as practice. For users and the service.';

revoke all on function public.abort_session(uuid) from public, anon, authenticated, service_role;
grant execute on function public.abort_session(uuid) to authenticated, service_role;
