create or replace function private.coach_switches_30d(p_user uuid)
returns integer
language sql
stable
security definer
set search_path = ''
as $$
    select s.switches_30d
    from private.get_coach_switch_state(p_user) as s
$$;

comment on function private.coach_switches_30d(uuid) is
    'Switches of the caller, or of anyone where staff ask, within 30 days, without those that staff made; null about others.';

revoke all on function private.coach_switches_30d(uuid) from public;
grant execute on function private.coach_switches_30d(uuid) to authenticated, service_role;

create or replace function public.coach_switches_30d(p_user uuid)
returns integer
language sql
stable
security invoker
set search_path = ''
return private.coach_switches_30d(p_user);

comment on function public.coach_switches_30d(uuid) is
    'Switches of the caller, or of anyone where staff ask, within 30 days, without those that staff made; null about others.';

revoke all on function public.coach_switches_30d(uuid) from public, anon, authenticated, service_role;
grant execute on function public.coach_switches_30d(uuid) to authenticated, service_role;
