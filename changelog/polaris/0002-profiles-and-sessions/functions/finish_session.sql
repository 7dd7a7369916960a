create or replace function private.finish_session(p_session uuid, p_score numeric, p_duration_sec integer, p_words_per_minute numeric)
returns public.sessions
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    session public.sessions := private.lock_own_session(p_session);
    -- The client may report less than the elapsed time, because of a pause, but not more.
    passed integer := least(86400, extract(epoch from coalesce(session.submitted_at, greatest(now(), session.started_at)) - session.started_at));
begin
    if (p_score, p_words_per_minute) is distinct from (null::numeric, null::numeric) and not private.is_service() then
        raise exception 'only the service may set scores'
            using errcode = 'insufficient_privilege';
    end if;
    if session.status = 'completed' then
        return session;
    end if;
    update public.sessions as s
    set status = 'completed',
        ended_at = greatest(now(), s.started_at, s.submitted_at),
        duration_sec = least(passed, greatest(0, coalesce(p_duration_sec, passed))),
        score = p_score,
        words_per_minute = p_words_per_minute
    where s.id = session.id
    returning * into session;
    perform private.add_usage(session.user_id, session.ended_at, ceil(session.duration_sec / 60.0)::integer, 1, 0);
    perform private.log_event(
        'practice_completed', session.user_id, jsonb_build_object('session_id', session.id), session.coach_key);
    return session;
end
$$;

comment on function private.finish_session(uuid, numeric, integer, numeric) is
    'Complete the caller''s session, add it to daily_usage and log it. Repeating the call changes nothing; only the service may pass scores.';

revoke all on function private.finish_session(uuid, numeric, integer, numeric) from public;
grant execute on function private.finish_session(uuid, numeric, integer, numeric) to authenticated, service_role;

create or replace function public.finish_session(
    p_session uuid,
    p_score numeric default null,
    p_duration_sec integer default null,
    p_words_per_minute numeric default null
)
returns public.sessions
language sql
volatile
security invoker
set search_path = ''
return private.finish_session(p_session, p_score, p_duration_sec, p_words_per_minute);

comment on function public.finish_session(uuid, numeric, integer, numeric) is
    'Complete the caller''s session. For users and the service; only the service may pass a score and words per minute.';

revoke all on function public.finish_session(uuid, numeric, integer, numeric) from public, anon, authenticated, service_role;
grant execute on function public.finish_session(uuid, numeric, integer, numeric) to authenticated, service_role;
