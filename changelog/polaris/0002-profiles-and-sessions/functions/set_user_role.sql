create or replace function private.set_user_role(p_user uuid, p_role text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- One call at a time: two admins who demote each other would leave none. Check again after waiting, since the caller may have
    -- been demoted.
    if private.is_staff() then
        perform pg_advisory_xact_lock(hashtextextended('polaris.set_user_role', 0));
    end if;
    if not private.is_staff() then
        raise exception 'only admins and the service may set roles'
            using errcode = 'insufficient_privilege';
    end if;
    if p_role is distinct from 'admin'
        and exists (select from public.profiles as p where p.id = p_user and p.role = 'admin')
        and not exists (select from public.profiles as p where p.id <> p_user and p.role = 'admin')
    then
        raise exception 'the last admin cannot lose the role'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Make another user admin first.';
    end if;
    update public.profiles as p
    set role = p_role
    where p.id = p_user;
    if not found then
        raise exception 'no profile %', p_user
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.set_user_role(uuid, text) is 'Set a user''s role. For admins and the service; audit_logs records who did it.';

revoke all on function private.set_user_role(uuid, text) from public;
grant execute on function private.set_user_role(uuid, text) to authenticated, service_role;

create or replace function public.set_user_role(p_user uuid, p_role text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_user_role(p_user, p_role);

comment on function public.set_user_role(uuid, text) is 'Set a user''s role to user or admin. For admins and the service.';

revoke all on function public.set_user_role(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.set_user_role(uuid, text) to authenticated, service_role;
