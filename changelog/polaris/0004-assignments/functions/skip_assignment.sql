create or replace function private.skip_assignment(p_assignment uuid)
returns public.assignments
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    assignment public.assignments := private.lock_own_assignment(p_assignment);
begin
    if assignment.state = 'skipped' then
        return assignment;
    end if;
    update public.assignments as a
    set state = 'skipped'
    where a.id = assignment.id
    returning * into assignment;
    return assignment;
end
$$;

comment on function private.skip_assignment(uuid) is
    'Skip an open assignment of the caller; repeating the call changes nothing. For users and the service.';

revoke all on function private.skip_assignment(uuid) from public;
grant execute on function private.skip_assignment(uuid) to authenticated, service_role;

create or replace function public.skip_assignment(p_assignment uuid)
returns public.assignments
language sql
volatile
security invoker
set search_path = ''
return private.skip_assignment(p_assignment);

comment on function public.skip_assignment(uuid) is
    'Skip an open assignment of the caller; repeating the call changes nothing. For users and the service.';

revoke all on function public.skip_assignment(uuid) from public, anon, authenticated, service_role;
grant execute on function public.skip_assignment(uuid) to authenticated, service_role;
