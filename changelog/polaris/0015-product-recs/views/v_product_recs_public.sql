create or replace view public.v_product_recs_public
with (security_invoker = true)
as
    select
        s.surface,
        s.position,
        s.id as slot_id,
        s.rule_id,
        i.id as item_id,
        i.source,
        i.title,
        i.subtitle,
        i.description,
        i.image_url,
        i.url,
        i.affiliate_url,
        i.partner,
        i.tags,
        i.price_min_minor,
        i.price_max_minor,
        i.currency_code,
        i.topics,
        i.difficulties,
        s.weight as slot_weight,
        i.weight
    from public.product_rec_slots as s
    left join public.product_rec_rules as r
        on r.id = s.rule_id
        and r.is_active
        and (r.starts_at is null or r.starts_at <= now())
        and (r.ends_at is null or r.ends_at > now())
        and 'free' = any (r.tiers)
        and 'GLOBAL' = any (r.markets)
        and r.coach_keys = '{}'
    cross join lateral (
        select
            i.id,
            i.source,
            i.title,
            i.subtitle,
            i.description,
            coalesce(i.image_url, p.image_url) as image_url,
            coalesce(i.url, p.url) as url,
            i.affiliate_url,
            i.partner,
            i.tags,
            coalesce(i.price_min_minor, p.price_min_minor) as price_min_minor,
            coalesce(i.price_max_minor, p.price_max_minor) as price_max_minor,
            coalesce(i.currency_code, p.currency_code) as currency_code,
            i.topics,
            i.difficulties,
            i.weight
        from public.product_rec_items as i
        left join public.v_shopify_products_public as p on p.id = i.shopify_product_id
        where i.available
            and (i.shopify_product_id is null or p.id is not null)
            and i.is_active
            and (i.starts_at is null or i.starts_at <= now())
            and (i.ends_at is null or i.ends_at > now())
            and 'free' = any (i.tiers)
            and 'GLOBAL' = any (i.markets)
            and i.coach_keys = '{}'
            and (
                i.id = s.item_id
                or r.id is not null
                and (r.topics = '{}' or i.topics = '{}' or i.topics && r.topics)
                and (r.difficulties = '{}' or i.difficulties = '{}' or i.difficulties && r.difficulties)
            )
        order by i.weight desc, i.id
        limit coalesce(r.max_items, 1)
    ) as i
    where s.is_active
        and (s.starts_at is null or s.starts_at <= now())
        and (s.ends_at is null or s.ends_at > now())
    order by s.surface, s.position, s.weight desc, s.id, i.weight desc, i.id;

comment on view public.v_product_recs_public is 'Items recommended to visitors: active, current, and for the free tier, all markets and any coach.';

revoke all on table public.v_product_recs_public from public, anon, authenticated, service_role;
grant select on table public.v_product_recs_public to anon, authenticated, service_role;
