create or replace function private.coach_next_allowed_at(p_user uuid)
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
    select s.next_allowed_at
    from private.get_coach_switch_state(p_user) as s
$$;

comment on function private.coach_next_allowed_at(uuid) is
    'When the caller may switch the coach next; admins and the service may query any user. Null if a switch is allowed now and for other users, infinity if the plan allows none.';

revoke all on function private.coach_next_allowed_at(uuid) from public;
grant execute on function private.coach_next_allowed_at(uuid) to authenticated, service_role;

create or replace function public.coach_next_allowed_at(p_user uuid)
returns timestamptz
language sql
stable
security invoker
set search_path = ''
return private.coach_next_allowed_at(p_user);

comment on function public.coach_next_allowed_at(uuid) is
    'When the caller may switch the coach next; admins and the service may query any user. Null if a switch is allowed now and for other users, infinity if the plan allows none.';

revoke all on function public.coach_next_allowed_at(uuid) from public, anon, authenticated, service_role;
grant execute on function public.coach_next_allowed_at(uuid) to authenticated, service_role;
