create or replace function private.lock_reachable_ticket(p_ticket_id uuid)
returns public.tickets
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    ticket public.tickets;
begin
    select *
    into ticket
    from public.tickets as t
    where t.id = p_ticket_id
        and (t.user_id = (select auth.uid()) or private.is_staff())
    for no key update;
    -- Same error for a missing ticket and a ticket of another user.
    if ticket.id is null then
        raise exception 'no ticket %', p_ticket_id
            using errcode = 'no_data_found';
    end if;
    return ticket;
end
$$;

comment on function private.lock_reachable_ticket(uuid) is
    'Lock and return the ticket if it belongs to the caller, or if an admin or the service calls. Internal: no role may execute it directly.';

revoke all on function private.lock_reachable_ticket(uuid) from public;
