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
    -- The same answer for a ticket that is not there and one of somebody else's.
    if ticket.id is null then
        raise exception 'no ticket %', p_ticket_id
            using errcode = 'no_data_found';
    end if;
    return ticket;
end
$$;

comment on function private.lock_reachable_ticket(uuid) is
    'The ticket, locked, where it is the caller''s or staff call. Called by definers only; nobody else may execute it.';

revoke all on function private.lock_reachable_ticket(uuid) from public;
