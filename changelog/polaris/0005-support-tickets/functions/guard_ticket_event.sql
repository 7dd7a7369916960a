create or replace function private.guard_ticket_event()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Deleting an account sets a user column to null and changes nothing else.
    if tg_op = 'UPDATE'
        and (
            new.actor_id is null and to_jsonb(new) - 'actor_id' = to_jsonb(old) - 'actor_id'
            or new.assigned_to is null and to_jsonb(new) - 'assigned_to' = to_jsonb(old) - 'assigned_to'
        )
    then
        return new;
    end if;
    if tg_op = 'DELETE' and not exists (select from public.tickets as t where t.id = old.ticket_id) then
        return old;
    end if;
    raise exception 'the history of a ticket is append-only'
        using
            errcode = 'insufficient_privilege',
            hint = 'Events are deleted with their ticket, which only the service can delete.';
end
$$;

comment on function private.guard_ticket_event() is
    'Trigger: reject update, delete and truncate of ticket_events, except when an account or the ticket is deleted.';

revoke all on function private.guard_ticket_event() from public;
