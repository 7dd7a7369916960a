create or replace function public.upsert_shopify_collections(p_items jsonb, p_source text default 'shopify', p_kind text default 'delta')
returns jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    written integer;
    seen integer;
begin
    if jsonb_typeof(p_items) is distinct from 'array' or jsonb_array_length(p_items) not between 1 and 1000
        or p_kind is null or p_kind not in ('full', 'delta', 'webhook')
    then
        raise exception 'p_items must be an array of 1 to 1000 collections, and p_kind full, delta or webhook'
            using errcode = 'invalid_parameter_value';
    end if;
    -- A future updated_at would make later updates look outdated.
    if exists (
        select
        from jsonb_to_recordset(p_items) as x (shopify_id text, updated_at timestamptz)
        where x.shopify_id is null
            or x.updated_at is null
            or not isfinite(x.updated_at)
            or x.updated_at > now() + interval '1 day'
    ) then
        raise exception 'each collection needs a shopify_id and an updated_at at most one day in the future'
            using errcode = 'invalid_parameter_value';
    end if;
    -- Every writer locks the row of the source first, so that batches and finish_shopify_full_sync wait for each other only here.
    insert into public.shopify_sync_state as s (source, last_delta_sync_at, last_webhook_at)
    values (
        p_source,
        case when p_kind = 'delta' then now() end,
        case when p_kind = 'webhook' then now() end
    )
    on conflict (source) do update
    set last_delta_sync_at = coalesce(excluded.last_delta_sync_at, s.last_delta_sync_at),
        last_webhook_at = coalesce(excluded.last_webhook_at, s.last_webhook_at);

    insert into public.shopify_collections_cache as c (
        shopify_id,
        handle,
        title,
        description_html,
        is_published,
        market,
        image_url,
        raw,
        shopify_updated_at,
        source
    )
    select distinct on (x.shopify_id)
        x.shopify_id,
        x.handle,
        x.title,
        x.description_html,
        x.is_published,
        coalesce(x.market, 'GLOBAL'),
        x.image_url,
        coalesce(x.raw, '{}'),
        x.updated_at,
        p_source
    from jsonb_to_recordset(p_items) as x (
        shopify_id text, handle text, title text, description_html text, is_published boolean, market text, image_url text, raw jsonb, updated_at timestamptz
    )
    order by x.shopify_id, x.updated_at desc
    on conflict (shopify_id) do update
    set handle = excluded.handle,
        title = excluded.title,
        description_html = excluded.description_html,
        is_published = excluded.is_published,
        market = excluded.market,
        image_url = excluded.image_url,
        raw = excluded.raw,
        shopify_updated_at = excluded.shopify_updated_at
    where c.source = excluded.source
        and excluded.shopify_updated_at >= c.shopify_updated_at
        and (
            excluded.handle, excluded.title, excluded.description_html, excluded.is_published, excluded.market, excluded.image_url, excluded.raw, excluded.shopify_updated_at
        ) is distinct from (
            c.handle, c.title, c.description_html, c.is_published, c.market, c.image_url, c.raw, c.shopify_updated_at
        );
    get diagnostics written = row_count;

    update public.shopify_collections_cache as c
    set seen_at = clock_timestamp()
    where c.source = p_source
        and c.shopify_id in (
            select x.shopify_id
            from jsonb_to_recordset(p_items) as x (shopify_id text)
        );
    get diagnostics seen = row_count;

    with given as (
        select distinct on (c.id) c.id, x.products
        from jsonb_to_recordset(p_items) as x (shopify_id text, updated_at timestamptz, products jsonb)
        join public.shopify_collections_cache as c on c.shopify_id = x.shopify_id
        where c.source = p_source
            and x.updated_at >= c.shopify_updated_at
            and jsonb_typeof(x.products) = 'array'
        order by c.id, x.updated_at desc
    ),
    wanted as (
        select g.id as collection_id, p.id as product_id, min(e.place)::integer as position
        from given as g
        cross join lateral jsonb_array_elements_text(g.products) with ordinality as e (shopify_id, place)
        join public.shopify_products_cache as p on p.shopify_id = e.shopify_id and p.source = p_source
        group by g.id, p.id
    ),
    gone as (
        delete from public.shopify_product_collections as l
        using given as g
        where l.collection_id = g.id
            and not exists (
                select
                from wanted as w
                where w.collection_id = l.collection_id
                    and w.product_id = l.product_id
            )
    )
    insert into public.shopify_product_collections as l (product_id, collection_id, position)
    select w.product_id, w.collection_id, w.position
    from wanted as w
    on conflict (product_id, collection_id) do update
    set position = excluded.position
    where l.position <> excluded.position;

    return jsonb_build_object('written', written, 'unchanged', seen - written, 'received', jsonb_array_length(p_items));
end
$$;

comment on function public.upsert_shopify_collections(jsonb, text, text) is
    'Insert or update up to 1000 collections by shopify_id; older data is skipped. products, an array of Shopify ids in order, replaces the products of a collection; unknown ids are skipped. Returns the numbers written, unchanged and received. For the service.';

revoke all on function public.upsert_shopify_collections(jsonb, text, text) from public, anon, authenticated, service_role;
grant execute on function public.upsert_shopify_collections(jsonb, text, text) to service_role;
