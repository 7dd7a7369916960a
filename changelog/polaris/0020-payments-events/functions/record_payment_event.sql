create or replace function private.record_payment_event(p_event jsonb)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    given public.payment_events := jsonb_populate_record(null::public.payment_events, p_event);
    event public.payment_events;
begin
    if not private.is_service() then
        raise exception 'only the service may record payment events'
            using errcode = 'insufficient_privilege';
    end if;
    insert into public.payment_events (
        provider, event_id, event_type, occurred_at, user_id, payment_ref, object_ref, subscription_ref, plan_code,
        amount_minor, currency_code, period_start, period_end, subscription_status, cancel_at_period_end, raw
    )
    values (
        given.provider, given.event_id, given.event_type, coalesce(given.occurred_at, now()),
        -- Null for a deleted account, so that its payment is booked anyway.
        (select p.id from public.profiles as p where p.id = given.user_id),
        given.payment_ref, given.object_ref, given.subscription_ref, given.plan_code, given.amount_minor, given.currency_code,
        given.period_start, given.period_end, given.subscription_status, given.cancel_at_period_end, coalesce(given.raw, '{}')
    )
    on conflict (provider, event_id) do nothing;

    select *
    into strict event
    from public.payment_events as e
    where e.provider = given.provider
        and e.event_id = given.event_id
    for update;
    if event.status = 'failed' then
        begin
            perform private.apply_payment_event(event.id);
        exception
            when others then
                if sqlstate like '40%' or sqlstate like '55%' or sqlstate like '57%' then
                    raise;
                end if;
                update public.payment_events as e
                set outcome = left(sqlerrm, 1000),
                    attempts = e.attempts + 1,
                    tried_at = clock_timestamp()
                where e.id = event.id;
        end;
    end if;
    return (select e.status from public.payment_events as e where e.id = event.id);
end
$$;

comment on function private.record_payment_event(jsonb) is
    'Store a payment event, an object with the columns of payment_events as keys, and apply it; return applied, ignored or failed. A repeated event changes nothing, but is retried if it failed. For the service.';

revoke all on function private.record_payment_event(jsonb) from public;
grant execute on function private.record_payment_event(jsonb) to service_role;

create or replace function public.record_payment_event(p_event jsonb)
returns text
language sql
volatile
security invoker
set search_path = ''
return private.record_payment_event(p_event);

comment on function public.record_payment_event(jsonb) is
    'Store and apply a payment event, an object with the columns of payment_events as keys; return applied, ignored or failed. An event is applied only once. For the service.';

revoke all on function public.record_payment_event(jsonb) from public, anon, authenticated, service_role;
grant execute on function public.record_payment_event(jsonb) to service_role;
