create or replace view public.v_admin_messages_stats
with (security_invoker = true)
as
    select
        msg.id as message_id,
        msg.title,
        msg.state,
        msg.send_at,
        msg.sent_at,
        coalesce(counted.deliveries, 0) as deliveries,
        coalesce(counted.sent, 0) as sent,
        coalesce(counted.failed, 0) as failed,
        coalesce(counted.read, 0) as read,
        coalesce(counted.clicked, 0) as clicked
    from public.admin_messages as msg
    left join lateral (
        select
            count(*) as deliveries,
            count(d.sent_at) as sent,
            count(d.failed_at) as failed,
            count(d.read_at) as read,
            count(d.clicked_at) as clicked
        from public.admin_message_deliveries as d
        where d.message_id = msg.id
    ) as counted on true;

comment on view public.v_admin_messages_stats is
    'Number of deliveries per message, and how many were sent, failed, read and clicked. Counted on read: filter by message_id, or sort by send_at with a limit. Rows only for admins and the service.';

revoke all on table public.v_admin_messages_stats from public, anon, authenticated, service_role;
grant select on table public.v_admin_messages_stats to authenticated, service_role;
