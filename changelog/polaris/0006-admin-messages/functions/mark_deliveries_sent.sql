create or replace function public.mark_deliveries_sent(p_ids uuid[])
returns integer
language sql
volatile
security invoker
set search_path = ''
as $$
    with sent as (
        update public.admin_message_deliveries as d
        set sent_at = now(),
            failed_at = null,
            claimed_by = null,
            last_error = null
        where d.id = any (p_ids)
            and d.sent_at is null
            and d.attempts > 0
        returning d.id
    )
    select count(*)::integer
    from sent
$$;

comment on function public.mark_deliveries_sent(uuid[]) is
    'Mark claimed deliveries as sent, including those already given up, and return how many were not sent before. For the service.';

revoke all on function public.mark_deliveries_sent(uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.mark_deliveries_sent(uuid[]) to service_role;
