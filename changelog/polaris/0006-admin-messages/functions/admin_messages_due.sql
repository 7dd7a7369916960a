create or replace function public.admin_messages_due(now_ts timestamptz default now())
returns setof public.admin_messages
language sql
stable
security invoker
set search_path = ''
as $$
    select *
    from public.admin_messages as msg
    where msg.state = 'scheduled'
        and msg.send_at <= now_ts
    order by msg.send_at, msg.id
$$;

comment on function public.admin_messages_due(timestamptz) is
    'Scheduled messages whose send_at is not after now_ts. Rows only for admins and the service.';

revoke all on function public.admin_messages_due(timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.admin_messages_due(timestamptz) to authenticated, service_role;
