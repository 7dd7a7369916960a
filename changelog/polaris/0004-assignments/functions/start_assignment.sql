create or replace function private.start_assignment(p_assignment uuid)
returns public.assignments
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    assignment public.assignments := private.lock_own_assignment(p_assignment);
begin
    if assignment.state in ('assigned', 'in_progress') and assignment.due_at <= now() then
        raise exception 'assignment % is past its due time', p_assignment
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if assignment.state = 'in_progress' then
        return assignment;
    end if;
    update public.assignments as a
    set state = 'in_progress'
    where a.id = assignment.id
    returning * into assignment;
    return assignment;
end
$$;

comment on function private.start_assignment(uuid) is
    'Start an assignment of the caller; repeating the call changes nothing. For users and the service.';

revoke all on function private.start_assignment(uuid) from public;
grant execute on function private.start_assignment(uuid) to authenticated, service_role;

create or replace function public.start_assignment(p_assignment uuid)
returns public.assignments
language sql
volatile
security invoker
set search_path = ''
return private.start_assignment(p_assignment);

comment on function public.start_assignment(uuid) is
    'Start an assignment of the caller; repeating the call changes nothing. For users and the service.';

revoke all on function public.start_assignment(uuid) from public, anon, authenticated, service_role;
grant execute on function public.start_assignment(uuid) to authenticated, service_role;
