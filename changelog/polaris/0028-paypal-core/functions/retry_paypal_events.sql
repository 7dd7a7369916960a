create or replace function private.retry_paypal_events(p_limit integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    event record;
    mended integer := 0;
begin
    for event in
        select e.event_id
        from public.paypal_events as e
        where e.state = 'failed'
        -- Whatever cannot be helped does not keep others waiting.
        order by e.processed_at
        limit greatest(1, least(p_limit, 1000))
        for update skip locked
    loop
        perform private.process_paypal_event(event.event_id);
        mended := mended + (select (e.state <> 'failed')::integer from public.paypal_events as e where e.event_id = event.event_id);
    end loop;
    return mended;
end
$$;

comment on function private.retry_paypal_events(integer) is
    'Tries up to p_limit events again that could not be told in our words; how many now were. Their reports are tried again by retry_payment_events.';

revoke all on function private.retry_paypal_events(integer) from public;
grant execute on function private.retry_paypal_events(integer) to service_role;

create or replace function public.retry_paypal_events(p_limit integer default 100)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.retry_paypal_events(p_limit);

comment on function public.retry_paypal_events(integer) is
    'For a job: tries events of PayPal again that could not be told in our words; how many now were.';

revoke all on function public.retry_paypal_events(integer) from public, anon, authenticated, service_role;
grant execute on function public.retry_paypal_events(integer) to service_role;
