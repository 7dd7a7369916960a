create or replace view public.v_shopify_collections_public
with (security_invoker = true)
as
    select c.id, c.shopify_id, c.handle, c.title, c.description_html, c.market, c.image_url
    from public.shopify_collections_cache as c
    where c.is_published
        and not c.is_hidden;

comment on view public.v_shopify_collections_public is 'Collections that the shop shows. description_html is from outside: the app must sanitise it before it shows it.';

revoke all on table public.v_shopify_collections_public from public, anon, authenticated, service_role;
grant select on table public.v_shopify_collections_public to anon, authenticated, service_role;
