create or replace function public.begin_shopify_full_sync(p_source text default 'shopify')
returns uuid
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into public.shopify_sync_state as s (source, full_sync_run, full_sync_started_at)
    values (p_source, gen_random_uuid(), clock_timestamp())
    on conflict (source) do update
    set full_sync_run = excluded.full_sync_run,
        -- Not now(): a call that waited for the row lock begins when it gets the lock.
        full_sync_started_at = clock_timestamp()
    returning s.full_sync_run
$$;

comment on function public.begin_shopify_full_sync(text) is
    'Begin a full sync of a shop and return its id for finish_shopify_full_sync; a full sync that began earlier can no longer finish. For the service.';

revoke all on function public.begin_shopify_full_sync(text) from public, anon, authenticated, service_role;
grant execute on function public.begin_shopify_full_sync(text) to service_role;
