create or replace function private.perform_coach_switch(p_to_coach text, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    me public.profiles;
    state record;
begin
    -- Lock the profile, so that the second of two concurrent calls sees the switch of the first.
    select *
    into me
    from public.profiles as p
    where p.id = (select auth.uid())
    for no key update;
    if me.id is null then
        raise exception 'only a signed-in user with a profile can switch the coach'
            using errcode = 'insufficient_privilege';
    end if;
    if me.active_coach_key = p_to_coach then
        return;
    end if;
    if not exists (select from public.coaches as c where c.key = p_to_coach and c.is_active) then
        raise exception 'coach % does not exist or is not active', p_to_coach
            using errcode = 'no_data_found';
    end if;
    if char_length(p_reason) > 1000 then
        raise exception 'p_reason may have at most 1000 characters'
            using errcode = 'invalid_parameter_value';
    end if;
    if me.active_coach_key is null then
        -- The first choice of a coach does not count as a switch.
        perform private.choose_coach(p_to_coach);
        return;
    end if;
    select *
    into state
    from private.get_coach_switch_state(me.id);
    if state.next_allowed_at = 'infinity' then
        raise exception 'plan % does not allow coach switches', state.tier
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Another plan may allow them; support can set a coach.';
    end if;
    if state.next_allowed_at is not null then
        raise exception 'the coach cannot be switched again yet'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = format(
                    'Next at %s. Plan %s: %s days between switches, %s switches within 30 days, %s used.',
                    to_char(state.next_allowed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                    state.tier, state.cooldown_days, state.max_switches_30d, state.switches_30d
                );
    end if;
    insert into public.coach_switches (user_id, from_coach, to_coach, reason)
    values (me.id, me.active_coach_key, p_to_coach, nullif(btrim(p_reason), ''));
    update public.profiles as p
    set active_coach_key = p_to_coach
    where p.id = me.id;
    perform private.log_event('coach_switched', me.id, jsonb_build_object('from_coach', me.active_coach_key), p_to_coach);
end
$$;

comment on function private.perform_coach_switch(text, text) is
    'Switch the caller''s coach, and record and log the switch; rejected until the rule of the plan in force allows it. The same coach changes nothing, and a first coach is always allowed. Sessions keep their coach.';

revoke all on function private.perform_coach_switch(text, text) from public;
grant execute on function private.perform_coach_switch(text, text) to authenticated;

create or replace function public.perform_coach_switch(p_to_coach text, p_reason text default null)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.perform_coach_switch(p_to_coach, p_reason);

comment on function public.perform_coach_switch(text, text) is
    'Switch the caller''s coach, as often as the plan allows; the hint of the error says when the next switch is allowed.';

revoke all on function public.perform_coach_switch(text, text) from public, anon, authenticated, service_role;
grant execute on function public.perform_coach_switch(text, text) to authenticated;
