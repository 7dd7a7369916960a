create or replace function private.retry_paymongo_events(p_limit integer)
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
        from public.paymongo_events as e
        where e.state = 'failed'
        -- Oldest attempt first, so that events that keep failing do not block others.
        order by e.processed_at
        limit greatest(1, least(p_limit, 1000))
        for update skip locked
    loop
        perform private.process_paymongo_event(event.event_id);
        mended := mended + (select (e.state <> 'failed')::integer from public.paymongo_events as e where e.event_id = event.event_id);
    end loop;
    return mended;
end
$$;

comment on function private.retry_paymongo_events(integer) is
    'Process up to p_limit failed PayMongo events again; return how many succeeded. retry_payment_events retries their reports. For the service.';

revoke all on function private.retry_paymongo_events(integer) from public;
grant execute on function private.retry_paymongo_events(integer) to service_role;

create or replace function public.retry_paymongo_events(p_limit integer default 100)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.retry_paymongo_events(p_limit);

comment on function public.retry_paymongo_events(integer) is
    'Process failed PayMongo events again and return how many succeeded; called by a job. For the service.';

revoke all on function public.retry_paymongo_events(integer) from public, anon, authenticated, service_role;
grant execute on function public.retry_paymongo_events(integer) to service_role;
