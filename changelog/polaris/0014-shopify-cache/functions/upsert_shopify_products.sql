create or replace function public.upsert_shopify_products(p_items jsonb, p_source text default 'shopify', p_kind text default 'delta')
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
        raise exception 'p_items must be an array of 1 to 1000 products, and p_kind full, delta or webhook'
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
        raise exception 'each product needs a shopify_id and an updated_at at most one day in the future'
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

    insert into public.shopify_products_cache as c (
        shopify_id,
        handle,
        title,
        vendor,
        product_type,
        tags,
        price_min_minor,
        price_max_minor,
        currency_code,
        available,
        is_published,
        market,
        image_url,
        url,
        raw,
        shopify_updated_at,
        source
    )
    select distinct on (x.shopify_id)
        x.shopify_id,
        x.handle,
        x.title,
        x.vendor,
        x.product_type,
        coalesce(x.tags, '{}'),
        x.price_min_minor,
        x.price_max_minor,
        x.currency_code,
        x.available,
        x.is_published,
        coalesce(x.market, 'GLOBAL'),
        x.image_url,
        x.url,
        coalesce(x.raw, '{}'),
        x.updated_at,
        p_source
    from jsonb_to_recordset(p_items) as x (
        shopify_id text, handle text, title text, vendor text, product_type text, tags text[], price_min_minor bigint, price_max_minor bigint, currency_code text, available boolean, is_published boolean, market text, image_url text, url text, raw jsonb, updated_at timestamptz
    )
    order by x.shopify_id, x.updated_at desc
    on conflict (shopify_id) do update
    set handle = excluded.handle,
        title = excluded.title,
        vendor = excluded.vendor,
        product_type = excluded.product_type,
        tags = excluded.tags,
        price_min_minor = excluded.price_min_minor,
        price_max_minor = excluded.price_max_minor,
        currency_code = excluded.currency_code,
        available = excluded.available,
        is_published = excluded.is_published,
        market = excluded.market,
        image_url = excluded.image_url,
        url = excluded.url,
        raw = excluded.raw,
        shopify_updated_at = excluded.shopify_updated_at
    where c.source = excluded.source
        and excluded.shopify_updated_at >= c.shopify_updated_at
        and (
            excluded.handle, excluded.title, excluded.vendor, excluded.product_type, excluded.tags, excluded.price_min_minor, excluded.price_max_minor, excluded.currency_code, excluded.available, excluded.is_published, excluded.market, excluded.image_url, excluded.url, excluded.raw, excluded.shopify_updated_at
        ) is distinct from (
            c.handle, c.title, c.vendor, c.product_type, c.tags, c.price_min_minor, c.price_max_minor, c.currency_code, c.available, c.is_published, c.market, c.image_url, c.url, c.raw, c.shopify_updated_at
        );
    get diagnostics written = row_count;

    update public.shopify_products_cache as c
    set seen_at = clock_timestamp()
    where c.source = p_source
        and c.shopify_id in (
            select x.shopify_id
            from jsonb_to_recordset(p_items) as x (shopify_id text)
        );
    get diagnostics seen = row_count;

    return jsonb_build_object('written', written, 'unchanged', seen - written, 'received', jsonb_array_length(p_items));
end
$$;

comment on function public.upsert_shopify_products(jsonb, text, text) is
    'Insert or update up to 1000 products by shopify_id; older data is skipped. Items are objects with the column names as keys, and Shopify''s updated_at. Returns the numbers written, unchanged and received. For the service.';

revoke all on function public.upsert_shopify_products(jsonb, text, text) from public, anon, authenticated, service_role;
grant execute on function public.upsert_shopify_products(jsonb, text, text) to service_role;
