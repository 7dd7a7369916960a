create or replace function public.finish_shopify_full_sync(p_run uuid, p_products integer, p_collections integer, p_source text default 'shopify')
returns jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    state public.shopify_sync_state;
    products_seen bigint;
    collections_seen bigint;
    products_gone integer;
    collections_gone integer;
begin
    select *
    into state
    from public.shopify_sync_state as s
    where s.source = p_source
    for update;
    if state.full_sync_run is distinct from p_run or p_run is null then
        raise exception 'this is not the latest full sync of source %', p_source
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Finish the full sync that began last.';
    end if;
    -- Already finished: a repeated call, for example after a lost response, returns the same result.
    if state.last_full_sync_at >= state.full_sync_started_at then
        return state.stats;
    end if;
    select count(*)
    into products_seen
    from public.shopify_products_cache as c
    where c.source = p_source
        and c.seen_at >= state.full_sync_started_at;
    select count(*)
    into collections_seen
    from public.shopify_collections_cache as c
    where c.source = p_source
        and c.seen_at >= state.full_sync_started_at;
    if (products_seen >= p_products and collections_seen >= p_collections and p_products >= 0 and p_collections >= 0) is not true then
        raise exception 'incomplete full sync: only % products and % collections were seen', products_seen, collections_seen
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Pass the counts of Shopify and send the missing items; nothing was unpublished.';
    end if;
    update public.shopify_products_cache as c
    set is_published = false
    where c.source = p_source
        and c.seen_at < state.full_sync_started_at
        and c.is_published;
    get diagnostics products_gone = row_count;
    update public.shopify_collections_cache as c
    set is_published = false
    where c.source = p_source
        and c.seen_at < state.full_sync_started_at
        and c.is_published;
    get diagnostics collections_gone = row_count;
    update public.shopify_sync_state as s
    set last_full_sync_at = clock_timestamp(),
        stats = jsonb_build_object(
            'products_seen', products_seen, 'collections_seen', collections_seen,
            'products_unpublished', products_gone, 'collections_unpublished', collections_gone
        )
    where s.source = p_source
    returning s.stats
    into state.stats;
    return state.stats;
end
$$;

comment on function public.finish_shopify_full_sync(uuid, integer, integer, text) is
    'End a full sync and unpublish the products and collections that it did not see. Fails if it saw fewer than p_products or p_collections; a repeated call returns the same result. For the service.';

revoke all on function public.finish_shopify_full_sync(uuid, integer, integer, text) from public, anon, authenticated, service_role;
grant execute on function public.finish_shopify_full_sync(uuid, integer, integer, text) to service_role;
