create or replace view public.v_admin_messages_outbox
with (security_invoker = true)
as
    select
        d.id as delivery_id,
        d.message_id,
        d.channel,
        d.user_id,
        p.email,
        p.full_name,
        p.language,
        d.attempts,
        d.next_attempt_at,
        d.claimed_by,
        d.last_error,
        msg.title,
        msg.body_text,
        msg.body_html,
        msg.importance,
        msg.hero_image_url,
        msg.cta_label,
        msg.cta_url
    from public.admin_messages as msg
    join public.admin_message_deliveries as d on d.message_id = msg.id
    -- limit 1 forces one lookup per user: the planner underestimates the rows that an admin may see, and would join the whole
    -- table.
    left join lateral (
        select pr.email, pr.full_name, pr.language
        from public.profiles as pr
        where pr.id = d.user_id
        limit 1
    ) as p on true
    where msg.state = 'sending'
        and d.sent_at is null
        and d.failed_at is null;

comment on view public.v_admin_messages_outbox is
    'Unsent deliveries with their content; senders claim them with claim_deliveries. Rows only for admins and the service.';

revoke all on table public.v_admin_messages_outbox from public, anon, authenticated, service_role;
grant select on table public.v_admin_messages_outbox to authenticated, service_role;
