create or replace view public.v_tickets_inbox
with (security_invoker = true)
as
    select
        t.id,
        t.subject,
        t.state,
        t.priority,
        t.category,
        t.channel,
        t.tags,
        t.coach_key,
        t.assigned_to,
        t.user_id,
        coalesce(p.full_name, t.reporter_name) as person_name,
        coalesce(p.email, t.reporter_email) as person_email,
        p.tier,
        t.waiting_since,
        t.sla_due_at,
        t.sla_due_at <= now() as is_breached,
        t.last_message_at,
        t.last_author,
        t.created_at
    from public.tickets as t
    -- limit 1 forces one lookup per user: the planner underestimates the rows that an admin may see, and would join the whole
    -- table.
    left join lateral (
        select pr.full_name, pr.email, pr.tier
        from public.profiles as pr
        where pr.id = t.user_id
        limit 1
    ) as p on true
    where t.waiting_since is not null
        and (select private.is_staff())
    order by t.waiting_since;

comment on view public.v_tickets_inbox is
    'Tickets waiting for an answer, longest waiting first; is_breached if the answer is overdue. Rows only for admins and the service.';

revoke all on table public.v_tickets_inbox from public, anon, authenticated, service_role;
grant select on table public.v_tickets_inbox to authenticated, service_role;
