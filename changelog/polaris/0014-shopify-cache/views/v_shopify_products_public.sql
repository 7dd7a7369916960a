create or replace view public.v_shopify_products_public
with (security_invoker = true)
as
    select c.id, c.shopify_id, c.handle, c.title, c.vendor, c.product_type, c.tags, c.price_min_minor, c.price_max_minor, c.currency_code,
        c.available, c.market, c.image_url, c.url
    from public.shopify_products_cache as c
    where c.is_published
        and c.available
        and not c.is_hidden;

comment on view public.v_shopify_products_public is 'Products that are published, available and not hidden. Clients filter by market: the user''s country and GLOBAL.';

revoke all on table public.v_shopify_products_public from public, anon, authenticated, service_role;
grant select on table public.v_shopify_products_public to anon, authenticated, service_role;
