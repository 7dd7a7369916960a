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
    'Number of the caller''s coach switches in the last 30 days, not counting those made by admins or the service. Admins and the service may query any user; null for other users.';

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
    'Number of the caller''s coach switches in the last 30 days, not counting those made by admins or the service. Admins and the service may query any user; null for other users.';

revoke all on function public.coach_switches_30d(uuid) from public, anon, authenticated, service_role;
grant execute on function public.coach_switches_30d(uuid) to authenticated, service_role;
