create or replace function private.start_session(p_user uuid, p_drill uuid, p_coach_key text, p_tool text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    me public.profiles;
    tier text := private.get_tier(p_user);
    drill public.drills;
    session_id uuid;
begin
    if p_user is null or p_user is distinct from (select auth.uid()) and not private.is_service() then
        raise exception 'only the user or the service may start a session'
            using errcode = 'insufficient_privilege';
    end if;
    select *
    into me
    from public.profiles as p
    where p.id = p_user
    for no key update;
    if me.id is null then
        raise exception 'no profile %', p_user
            using errcode = 'no_data_found';
    end if;
    if p_drill is not null then
        select *
        into drill
        from public.drills as d
        where d.id = p_drill
            and d.is_public
            and d.state in ('approved', 'published')
            and (not d.gating or tier in ('pro', 'vip'));
        -- Same error for a missing drill and a drill that is not available to this user.
        if drill.id is null then
            raise exception 'no drill %', p_drill
                using errcode = 'no_data_found';
        end if;
    end if;
    if p_coach_key is not null
        and (p_coach_key is distinct from coalesce(drill.coach_key, p_coach_key)
            or not exists (select from public.coaches as c where c.key = p_coach_key and c.is_active))
    then
        raise exception 'coach % is not available for this session', p_coach_key
            using errcode = 'no_data_found';
    end if;

    insert into public.sessions (user_id, drill_id, coach_key, tier, tool_used)
    values (p_user, drill.id, coalesce(drill.coach_key, p_coach_key, me.active_coach_key), tier, p_tool)
    returning id into session_id;

    update public.profiles as p
    set last_seen_at = now()
    where p.id = p_user;
    perform private.log_event(
        'practice_started', p_user, jsonb_build_object('session_id', session_id),
        coalesce(drill.coach_key, p_coach_key), drill.tags[1], drill.difficulty
    );
    return session_id;
end
$$;

comment on function private.start_session(uuid, uuid, text, text) is
    'Start a session of p_user, who must be the caller unless the service calls. Rejects drills and coaches that are not available to the user.';

revoke all on function private.start_session(uuid, uuid, text, text) from public;
grant execute on function private.start_session(uuid, uuid, text, text) to authenticated, service_role;

create or replace function public.start_session(p_user uuid, p_drill uuid default null, p_coach_key text default null, p_tool text default null)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.start_session(p_user, p_drill, p_coach_key, p_tool);

comment on function public.start_session(uuid, uuid, text, text) is
    'Start a session and return its id; without a drill it is free practice. For users (p_user is the caller) and the service.';

revoke all on function public.start_session(uuid, uuid, text, text) from public, anon, authenticated, service_role;
grant execute on function public.start_session(uuid, uuid, text, text) to authenticated, service_role;
