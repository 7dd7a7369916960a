create or replace function private.guard_ticket_event()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- An account that is deleted takes its name out of the history, and nothing else.
    if tg_op = 'UPDATE' and new.actor_id is null and to_jsonb(new) - 'actor_id' = to_jsonb(old) - 'actor_id' then
        return new;
    end if;
    if tg_op = 'DELETE' and not exists (select from public.tickets as t where t.id = old.ticket_id) then
        return old;
    end if;
    raise exception 'the history of a ticket is only added to'
        using
            errcode = 'insufficient_privilege',
            hint = 'It goes with the ticket, when the service deletes that.';
end
$$;

comment on function private.guard_ticket_event() is
    'Refuses update, delete and truncate of the history, other than that a deleted account or ticket brings.';

revoke all on function private.guard_ticket_event() from public;
