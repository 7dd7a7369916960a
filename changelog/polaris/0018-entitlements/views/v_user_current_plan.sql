create or replace view public.v_user_current_plan
with (security_invoker = true)
as
    select
        p.id as user_id,
        t.code as plan_code,
        t.name as plan_name,
        e.source,
        e.starts_at,
        e.ends_at,
        s.cancel_at_period_end
    from public.profiles as p
    left join lateral (
        select e.plan_code, e.source, e.starts_at, e.ends_at, e.subscription_id
        from public.entitlements as e
        join public.tier_plans as r on r.code = e.plan_code
        where e.user_id = p.id
            and e.revoked_at is null
            and e.starts_at <= now()
            and (e.ends_at is null or e.ends_at > now())
        order by r.rank desc, e.ends_at desc nulls first
        limit 1
    ) as e on true
    left join public.subscriptions as s on s.id = e.subscription_id
    join public.tier_plans as t on t.code = coalesce(e.plan_code, 'free');

comment on view public.v_user_current_plan is 'Plan in force of each user whom the caller may see; free without an entitlement.';

revoke all on table public.v_user_current_plan from public, anon, authenticated, service_role;
grant select on table public.v_user_current_plan to authenticated, service_role;
