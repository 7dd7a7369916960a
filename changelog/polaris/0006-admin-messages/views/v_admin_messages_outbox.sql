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
    -- Limited, so that each person is looked up by itself: the planner takes what an admin may see for few, and would join it all.
    left join lateral (
        select pr.email, pr.full_name, pr.language
        from public.profiles as pr
        where pr.id = d.user_id
        limit 1
    ) as p on true
    where msg.state = 'sending'
        and d.sent_at is null
        and d.failed_at is null;

comment on view public.v_admin_messages_outbox is 'Deliveries that have not gone out, with what to send; senders take them up with claim_deliveries. No rows but for admins and the service.';

revoke all on table public.v_admin_messages_outbox from public, anon, authenticated, service_role;
grant select on table public.v_admin_messages_outbox to authenticated, service_role;
