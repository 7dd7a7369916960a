create or replace function public.mark_delivery_failed(p_id uuid, p_worker text, p_error text, p_permanent boolean default false)
returns boolean
language sql
volatile
security invoker
set search_path = ''
as $$
    update public.admin_message_deliveries as d
    set failed_at = case when p_permanent or d.attempts >= 5 then now() end,
        next_attempt_at = now() + interval '1 minute' * 2 ^ d.attempts,
        claimed_by = null,
        last_error = left(p_error, 1000)
    where d.id = p_id
        and d.claimed_by = p_worker
        and d.sent_at is null
        and d.failed_at is null
    returning d.failed_at is null
$$;

comment on function public.mark_delivery_failed(uuid, text, text, boolean) is
    'Record a failed delivery: true if it will be retried after 2, 4, 8 or 16 minutes, false if it is given up, null if p_worker no longer holds it. For the service.';

revoke all on function public.mark_delivery_failed(uuid, text, text, boolean) from public, anon, authenticated, service_role;
grant execute on function public.mark_delivery_failed(uuid, text, text, boolean) to service_role;
