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
    'Marks deliveries as sent and says how many were not before. What went out late counts as well.';

revoke all on function public.mark_deliveries_sent(uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.mark_deliveries_sent(uuid[]) to service_role;
