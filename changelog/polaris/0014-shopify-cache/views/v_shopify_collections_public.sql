create or replace view public.v_shopify_collections_public
with (security_invoker = true)
as
    select c.id, c.shopify_id, c.handle, c.title, c.description_html, c.market, c.image_url
    from public.shopify_collections_cache as c
    where c.is_published
        and not c.is_hidden;

comment on view public.v_shopify_collections_public is 'Collections that are published and not hidden. description_html comes from Shopify, so the app must sanitize it before rendering.';

revoke all on table public.v_shopify_collections_public from public, anon, authenticated, service_role;
grant select on table public.v_shopify_collections_public to anon, authenticated, service_role;
