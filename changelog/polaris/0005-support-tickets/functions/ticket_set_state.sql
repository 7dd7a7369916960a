create or replace function private.ticket_set_state(p_ticket_id uuid, p_state text)
returns public.tickets
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    ticket public.tickets := private.lock_reachable_ticket(p_ticket_id);
begin
    if ticket.state = p_state then
        return ticket;
    end if;
    if not private.is_staff()
        and p_state not in ('resolved', 'closed')
        and (ticket.state, p_state) is distinct from ('resolved', 'pending_admin')
    then
        raise exception 'only admins and the service may make this transition of a ticket'
            using
                errcode = 'insufficient_privilege',
                hint = 'The user of the ticket may resolve or close it, and reopen it while it is resolved (pending_admin).';
    end if;
    update public.tickets as t
    set state = p_state
    where t.id = ticket.id
    returning * into ticket;
    return ticket;
end
$$;

comment on function private.ticket_set_state(uuid, text) is 'Move a ticket to a state; repeating the call changes nothing.';

revoke all on function private.ticket_set_state(uuid, text) from public;
grant execute on function private.ticket_set_state(uuid, text) to authenticated, service_role;

create or replace function public.ticket_set_state(p_ticket_id uuid, p_state text)
returns public.tickets
language sql
volatile
security invoker
set search_path = ''
return private.ticket_set_state(p_ticket_id, p_state);

comment on function public.ticket_set_state(uuid, text) is
    'Move a ticket to a state: admins and the service make any valid transition, its user may resolve or close it and reopen a resolved one (pending_admin).';

revoke all on function public.ticket_set_state(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.ticket_set_state(uuid, text) to authenticated, service_role;
