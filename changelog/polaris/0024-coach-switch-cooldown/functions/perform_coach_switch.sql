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
    -- One at a time for a person: whoever comes second sees the switch of the first.
    select *
    into me
    from public.profiles as p
    where p.id = (select auth.uid())
    for no key update;
    if me.id is null then
        raise exception 'switching the coach takes an account'
            using errcode = 'insufficient_privilege';
    end if;
    if me.active_coach_key = p_to_coach then
        return;
    end if;
    if not exists (select from public.coaches as c where c.key = p_to_coach and c.is_active) then
        raise exception 'no coach %', p_to_coach
            using errcode = 'no_data_found';
    end if;
    if char_length(p_reason) > 1000 then
        raise exception 'a reason has at most 1000 characters'
            using errcode = 'invalid_parameter_value';
    end if;
    if me.active_coach_key is null then
        -- The first choice is none that a rule counts.
        perform private.choose_coach(p_to_coach);
        return;
    end if;
    select *
    into state
    from private.get_coach_switch_state(me.id);
    if state.next_allowed_at = 'infinity' then
        raise exception 'the plan % has no switch of coaches', state.tier
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Another plan may have; support can set a coach.';
    end if;
    if state.next_allowed_at is not null then
        raise exception 'the coach cannot be switched again yet'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = format(
                    'Next at %s. On %s: %s days from one to the next, %s within 30 days, of which %s are used.',
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
    'Changes the caller''s coach, notes it and logs it; to the same coach it changes nothing, and a first one is chosen. Refused before the rule of the plan in force allows it. Sessions keep their coach.';

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
    'Changes the caller''s coach, as often as the plan allows; the hint of the refusal says when the next one may be.';

revoke all on function public.perform_coach_switch(text, text) from public, anon, authenticated, service_role;
grant execute on function public.perform_coach_switch(text, text) to authenticated;
