create or replace function public.ticket_mark_sla_breaches(p_limit integer default 1000)
returns integer
language sql
volatile
security invoker
set search_path = ''
as $$
    with due as (
        select t.id
        from public.tickets as t
        where t.sla_due_at <= now()
            and t.sla_breached_at is null
        order by t.sla_due_at
        limit least(10000, greatest(0, p_limit))
        for no key update skip locked
    ),
    marked as (
        update public.tickets as t
        set sla_breached_at = now()
        from due
        where t.id = due.id
        returning t.id
    )
    select count(*)::integer
    from marked
$$;

comment on function public.ticket_mark_sla_breaches(integer) is
    'Mark up to p_limit tickets whose answer is overdue and return the number; a trigger adds it to ticket_events. For a job of the service.';

revoke all on function public.ticket_mark_sla_breaches(integer) from public, anon, authenticated, service_role;
grant execute on function public.ticket_mark_sla_breaches(integer) to service_role;
