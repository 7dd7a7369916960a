create or replace function private.cancel_assignment(p_assignment uuid)
returns public.assignments
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    assignment public.assignments;
begin
    select *
    into assignment
    from public.assignments as a
    where a.id = p_assignment
        and (private.is_staff() or a.coach_key in (select private.list_staffed_coach_keys()))
    for no key update;
    if assignment.id is null then
        raise exception 'no assignment % to cancel', p_assignment
            using errcode = 'no_data_found';
    end if;
    if assignment.state = 'cancelled' then
        return assignment;
    end if;
    update public.assignments as a
    set state = 'cancelled'
    where a.id = assignment.id
    returning * into assignment;
    return assignment;
end
$$;

comment on function private.cancel_assignment(uuid) is
    'Cancel an open assignment; repeating the call changes nothing. For admins, the service and staff of the coach.';

revoke all on function private.cancel_assignment(uuid) from public;
grant execute on function private.cancel_assignment(uuid) to authenticated, service_role;

create or replace function public.cancel_assignment(p_assignment uuid)
returns public.assignments
language sql
volatile
security invoker
set search_path = ''
return private.cancel_assignment(p_assignment);

comment on function public.cancel_assignment(uuid) is
    'Cancel an open assignment; repeating the call changes nothing. For admins, the service and staff of the coach.';

revoke all on function public.cancel_assignment(uuid) from public, anon, authenticated, service_role;
grant execute on function public.cancel_assignment(uuid) to authenticated, service_role;
