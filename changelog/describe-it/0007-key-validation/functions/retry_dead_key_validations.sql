create or replace function private.retry_dead_key_validations(p_keys integer)
returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
    with dead as (
        select v.user_id, v.provider
        from private.key_validations as v
        where v.status = 'dead'
        limit p_keys
        for update skip locked
    ),
    retried as (
        update private.key_validations as v
        set status = 'queued',
            attempts = 0,
            run_after = clock_timestamp()
        from dead as d
        where v.user_id = d.user_id
            and v.provider = d.provider
        returning v.user_id
    )
    select count(*) from retried
$$;

comment on function private.retry_dead_key_validations(integer) is 'Return up to p_keys dead entries to the queue and return their number.';

revoke all on function private.retry_dead_key_validations(integer) from public;
grant execute on function private.retry_dead_key_validations(integer) to service_role;

create or replace function public.retry_dead_key_validations(p_keys integer default 1000)
returns bigint
language sql
volatile
security invoker
set search_path = ''
return private.retry_dead_key_validations(p_keys);

comment on function public.retry_dead_key_validations(integer) is
    'Return up to p_keys dead entries of the key validation queue to the queue, and return their number. For the service.';

revoke all on function public.retry_dead_key_validations(integer) from public, anon, authenticated, service_role;
grant execute on function public.retry_dead_key_validations(integer) to service_role;
