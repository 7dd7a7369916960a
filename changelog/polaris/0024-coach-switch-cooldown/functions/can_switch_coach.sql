create or replace function private.can_switch_coach(p_user uuid, p_to_coach text)
returns table (
    ok boolean,
    reason text,
    next_allowed_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
rows 1
as $$
declare
    state record;
    coach_now text;
begin
    select *
    into state
    from private.get_coach_switch_state(p_user);
    if not found then
        return;
    end if;
    select p.active_coach_key
    into coach_now
    from public.profiles as p
    where p.id = p_user;
    reason := case
        when coach_now = p_to_coach then 'same_coach'
        when not exists (select from public.coaches as c where c.key = p_to_coach and c.is_active) then 'no_coach'
        when coach_now is null then 'first_choice'
        when state.max_switches_30d is null or state.max_switches_30d = 0 then 'not_in_plan'
        when state.next_allowed_at is not null and state.switches_30d >= state.max_switches_30d then 'max_switches_30d'
        when state.next_allowed_at is not null then 'cooldown'
        else 'allowed'
    end;
    ok := reason in ('allowed', 'first_choice', 'same_coach');
    next_allowed_at := case when reason in ('not_in_plan', 'max_switches_30d', 'cooldown') then state.next_allowed_at end;
    return next;
end
$$;

comment on function private.can_switch_coach(uuid, text) is
    'Whether perform_coach_switch would succeed, and why: allowed, first_choice, same_coach (changes nothing), no_coach, cooldown, max_switches_30d or not_in_plan. No row for other users, except for admins and the service.';

revoke all on function private.can_switch_coach(uuid, text) from public;
grant execute on function private.can_switch_coach(uuid, text) to authenticated, service_role;

create or replace function public.can_switch_coach(p_user uuid, p_to_coach text)
returns table (
    ok boolean,
    reason text,
    next_allowed_at timestamptz
)
language sql
stable
security invoker
set search_path = ''
return private.can_switch_coach(p_user, p_to_coach);

comment on function public.can_switch_coach(uuid, text) is
    'Whether perform_coach_switch would succeed, and why: allowed, first_choice, same_coach (changes nothing), no_coach, cooldown, max_switches_30d or not_in_plan. No row for other users, except for admins and the service.';

revoke all on function public.can_switch_coach(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.can_switch_coach(uuid, text) to authenticated, service_role;
