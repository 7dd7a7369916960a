create or replace function private.retry_payment_events(p_limit integer)
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
        select e.id
        from public.payment_events as e
        where e.status = 'failed'
        -- Oldest attempt first, so that events that keep failing do not block others.
        order by e.tried_at
        limit greatest(1, least(p_limit, 1000))
        for update skip locked
    loop
        begin
            perform private.apply_payment_event(event.id);
            mended := mended + 1;
        exception
            when others then
                update public.payment_events as e
                set outcome = left(sqlerrm, 1000),
                    attempts = e.attempts + 1,
                    tried_at = clock_timestamp()
                where e.id = event.id;
        end;
    end loop;
    return mended;
end
$$;

comment on function private.retry_payment_events(integer) is
    'Retry up to p_limit failed payment events and return how many were applied or ignored; an event that fails again stays failed, with the new reason. For the service.';

revoke all on function private.retry_payment_events(integer) from public;
grant execute on function private.retry_payment_events(integer) to service_role;

create or replace function public.retry_payment_events(p_limit integer default 100)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.retry_payment_events(p_limit);

comment on function public.retry_payment_events(integer) is
    'Retry failed payment events and return how many were applied or ignored; called by a job. For the service.';

revoke all on function public.retry_payment_events(integer) from public, anon, authenticated, service_role;
grant execute on function public.retry_payment_events(integer) to service_role;
