create or replace function private.submit_session(p_session uuid)
returns public.sessions
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    session public.sessions := private.lock_own_session(p_session);
begin
    if session.status = 'submitted' then
        return session;
    end if;
    update public.sessions as s
    set status = 'submitted',
        submitted_at = greatest(now(), s.started_at)
    where s.id = session.id
    returning * into session;
    perform private.log_event(
        'practice_submitted', session.user_id, jsonb_build_object('session_id', session.id), session.coach_key);
    return session;
end
$$;

comment on function private.submit_session(uuid) is 'Submit the caller''s session; repeating the call changes nothing.';

revoke all on function private.submit_session(uuid) from public;
grant execute on function private.submit_session(uuid) to authenticated, service_role;

create or replace function public.submit_session(p_session uuid)
returns public.sessions
language sql
volatile
security invoker
set search_path = ''
return private.submit_session(p_session);

comment on function public.submit_session(uuid) is 'Submit the caller''s session for scoring. For users and the service.';

revoke all on function public.submit_session(uuid) from public, anon, authenticated, service_role;
grant execute on function public.submit_session(uuid) to authenticated, service_role;
