create or replace function private.complete_assignment(p_assignment uuid)
returns public.assignments
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    assignment public.assignments := private.lock_own_assignment(p_assignment);
begin
    if assignment.state = 'completed' then
        return assignment;
    end if;
    if assignment.state = 'in_progress'
        and (
            assignment.attempts_count = 0
            or not exists (select from public.assignment_attempts as t where t.assignment_id = assignment.id and t.item_id is null)
                and exists (
                    select
                    from public.set_members as m
                    where m.set_id = assignment.set_id
                        and not exists (
                            select
                            from public.assignment_attempts as t
                            where t.assignment_id = assignment.id
                                and t.item_id = m.item_id
                        )
                )
        )
    then
        raise exception 'assignment % is not answered yet', p_assignment
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Answer each item of the set, or the set as a whole.';
    end if;
    update public.assignments as a
    set state = 'completed'
    where a.id = assignment.id
    returning * into assignment;
    perform private.log_event(
        'assignment_completed', assignment.user_id, jsonb_build_object('assignment_id', assignment.id), assignment.coach_key);
    return assignment;
end
$$;

comment on function private.complete_assignment(uuid) is
    'Complete an answered assignment of the caller; repeating the call changes nothing. For users and the service.';

revoke all on function private.complete_assignment(uuid) from public;
grant execute on function private.complete_assignment(uuid) to authenticated, service_role;

create or replace function public.complete_assignment(p_assignment uuid)
returns public.assignments
language sql
volatile
security invoker
set search_path = ''
return private.complete_assignment(p_assignment);

comment on function public.complete_assignment(uuid) is
    'Complete an answered assignment of the caller; repeating the call changes nothing. For users and the service.';

revoke all on function public.complete_assignment(uuid) from public, anon, authenticated, service_role;
grant execute on function public.complete_assignment(uuid) to authenticated, service_role;
