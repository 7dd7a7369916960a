create or replace function private.lock_own_assignment(p_assignment uuid)
returns public.assignments
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    assignment public.assignments;
begin
    select *
    into assignment
    from public.assignments as a
    where a.id = p_assignment
        and (a.user_id = (select auth.uid()) or private.is_service())
    for no key update;
    -- Same error for a missing assignment and an assignment of another user.
    if assignment.id is null then
        raise exception 'no assignment %', p_assignment
            using errcode = 'no_data_found';
    end if;
    return assignment;
end
$$;

comment on function private.lock_own_assignment(uuid) is
    'Lock and return the assignment if it belongs to the caller or the service calls. Internal: no role may execute it directly.';

revoke all on function private.lock_own_assignment(uuid) from public;
