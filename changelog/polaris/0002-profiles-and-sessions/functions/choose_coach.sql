create or replace function private.choose_coach(p_coach_key text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    me public.profiles;
begin
    select *
    into me
    from public.profiles as p
    where p.id = (select auth.uid())
    for update;
    if me.id is null then
        raise exception 'only a user with a profile may choose a coach'
            using errcode = 'insufficient_privilege';
    end if;
    if me.active_coach_key = p_coach_key then
        return;
    end if;
    if me.active_coach_key is not null then
        raise exception 'a coach has already been chosen'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Switching to another coach has its own function and rules.';
    end if;
    if not exists (select from public.coaches as c where c.key = p_coach_key and c.is_active) then
        raise exception 'no coach %', p_coach_key
            using errcode = 'no_data_found';
    end if;
    update public.profiles as p
    set active_coach_key = p_coach_key
    where p.id = me.id;
    perform private.log_event('coach_selected', me.id, '{}', p_coach_key);
end
$$;

comment on function private.choose_coach(text) is
    'Set the caller''s first coach and log coach_selected. Repeating the call changes nothing; another coach is rejected.';

revoke all on function private.choose_coach(text) from public;
grant execute on function private.choose_coach(text) to authenticated;

create or replace function public.choose_coach(p_coach_key text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.choose_coach(p_coach_key);

comment on function public.choose_coach(text) is 'Set the caller''s first coach. For users.';

revoke all on function public.choose_coach(text) from public, anon, authenticated, service_role;
grant execute on function public.choose_coach(text) to authenticated;
