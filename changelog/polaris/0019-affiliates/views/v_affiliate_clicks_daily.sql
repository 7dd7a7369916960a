create or replace view public.v_affiliate_clicks_daily
with (security_invoker = true)
as
    select
        k.affiliate_id,
        k.link_id,
        (k.clicked_at at time zone 'Asia/Manila')::date as d,
        count(*) as clicks
    from public.affiliate_clicks as k
    group by k.affiliate_id, k.link_id, (k.clicked_at at time zone 'Asia/Manila')::date;

comment on view public.v_affiliate_clicks_daily is 'Number of clicks per link and day in Manila, for affiliates visible to the caller.';

revoke all on table public.v_affiliate_clicks_daily from public, anon, authenticated, service_role;
grant select on table public.v_affiliate_clicks_daily to authenticated, service_role;
