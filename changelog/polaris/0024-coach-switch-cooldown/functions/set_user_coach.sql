create or replace function private.set_user_coach(p_user uuid, p_to_coach text, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    person public.profiles;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may set the coach of a user'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(btrim(p_reason), '') = '' or char_length(p_reason) > 1000 then
        raise exception 'p_reason is required and may have at most 1000 characters'
            using errcode = 'invalid_parameter_value';
    end if;
    select *
    into person
    from public.profiles as p
    where p.id = p_user
    for no key update;
    if person.id is null then
        raise exception 'profile % does not exist', p_user
            using errcode = 'no_data_found';
    end if;
    if person.active_coach_key = p_to_coach then
        return;
    end if;
    if not exists (select from public.coaches as c where c.key = p_to_coach and c.is_active) then
        raise exception 'coach % does not exist or is not active', p_to_coach
            using errcode = 'no_data_found';
    end if;
    insert into public.coach_switches (user_id, from_coach, to_coach, reason, past_rule)
    values (person.id, person.active_coach_key, p_to_coach, btrim(p_reason), true);
    update public.profiles as p
    set active_coach_key = p_to_coach
    where p.id = person.id;
    perform private.log_event(
        'coach_switched', person.id, jsonb_build_object('from_coach', person.active_coach_key, 'past_rule', true), p_to_coach);
end
$$;

comment on function private.set_user_coach(uuid, text, text) is
    'Set a user''s coach with a reason, regardless of the rule and without counting as a switch; audit_logs records it. For admins and the service.';

revoke all on function private.set_user_coach(uuid, text, text) from public;
grant execute on function private.set_user_coach(uuid, text, text) to authenticated, service_role;

create or replace function public.set_user_coach(p_user uuid, p_to_coach text, p_reason text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_user_coach(p_user, p_to_coach, p_reason);

comment on function public.set_user_coach(uuid, text, text) is
    'Set a user''s coach with a reason, regardless of the rule. For admins and the service.';

revoke all on function public.set_user_coach(uuid, text, text) from public, anon, authenticated, service_role;
grant execute on function public.set_user_coach(uuid, text, text) to authenticated, service_role;
