-- Reads of users and staff. The comment before each query names the caller and the index of its plan.

-- alice: idx_tickets_visible
select * from public.tickets order by last_message_at desc nulls last limit 20;

-- alice: idx_ticket_messages_ticket_id
select * from public.ticket_messages where ticket_id = '{public.tickets.id}' order by created_at;

-- alice: idx_ticket_messages_visible
select * from public.ticket_messages order by created_at desc limit 50;

-- alice: idx_tickets
select count(*) from public.tickets where state in ('open', 'pending_admin', 'pending_user');

-- admin: idx_tickets_waiting
select * from public.v_tickets_inbox limit 50;

-- admin: idx_ticket_messages_ticket_id
select * from public.ticket_messages where ticket_id = '{public.tickets.id}' order by created_at;

-- admin: idx_ticket_events_ticket_id
select * from public.ticket_events where ticket_id = '{public.tickets.id}' order by created_at;

-- service: idx_tickets_waiting
select * from public.v_tickets_inbox limit 50;

-- operator: idx_tickets_sla
select id from public.tickets where sla_due_at <= now() and sla_breached_at is null order by sla_due_at limit 1000;

-- service: idx_ticket_messages_user_id_created_at
select * from public.ticket_messages where user_id = '{public.tickets.user_id}' order by created_at desc limit 20;
