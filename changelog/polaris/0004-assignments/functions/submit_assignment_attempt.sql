create or replace function private.submit_assignment_attempt(p_assignment uuid, p_input jsonb, p_item uuid, p_duration_sec integer, p_attachments jsonb, p_attempt uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    assignment public.assignments := private.lock_own_assignment(p_assignment);
    attempt_id uuid := coalesce(private.derive_id(assignment.id::text, p_attempt), gen_random_uuid());
begin
    if exists (select from public.assignment_attempts as t where t.id = attempt_id and t.assignment_id = assignment.id) then
        return attempt_id;
    end if;
    assignment := private.start_assignment(p_assignment);
    if p_item is not null
        and not exists (
            select
            from public.set_members as m
            where m.set_id = assignment.set_id
                and m.item_id = p_item
        )
        and not exists (
            select
            from public.drill_items as i
            where i.id = p_item
                and i.drill_id = assignment.drill_id
        )
    then
        raise exception 'item % is not part of this assignment', p_item
            using errcode = 'no_data_found';
    end if;
    insert into public.assignment_attempts (id, assignment_id, user_id, coach_key, item_id, duration_sec, input_payload, attachments)
    values (
        attempt_id, assignment.id, assignment.user_id, assignment.coach_key, p_item, p_duration_sec, coalesce(p_input, '{}'),
        coalesce(p_attachments, '[]')
    );
    return attempt_id;
end
$$;

comment on function private.submit_assignment_attempt(uuid, jsonb, uuid, integer, jsonb, uuid) is
    'Submit an answer to an assignment of the caller, start the assignment if needed, and return the id of the attempt. A retry with the same p_attempt returns the same id and changes nothing. For users and the service.';

revoke all on function private.submit_assignment_attempt(uuid, jsonb, uuid, integer, jsonb, uuid) from public;
grant execute on function private.submit_assignment_attempt(uuid, jsonb, uuid, integer, jsonb, uuid) to authenticated, service_role;

create or replace function public.submit_assignment_attempt(
    p_assignment uuid,
    p_input jsonb,
    p_item uuid default null,
    p_duration_sec integer default null,
    p_attachments jsonb default '[]',
    p_attempt uuid default null
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.submit_assignment_attempt(p_assignment, p_input, p_item, p_duration_sec, p_attachments, p_attempt);

comment on function public.submit_assignment_attempt(uuid, jsonb, uuid, integer, jsonb, uuid) is
    'Submit an answer to an assignment of the caller, start the assignment if needed, and return the id of the attempt. A retry with the same p_attempt returns the same id and changes nothing. For users and the service.';

revoke all on function public.submit_assignment_attempt(uuid, jsonb, uuid, integer, jsonb, uuid) from public, anon, authenticated, service_role;
grant execute on function public.submit_assignment_attempt(uuid, jsonb, uuid, integer, jsonb, uuid) to authenticated, service_role;
