create or replace view public.v_subscriptions_active
with (security_invoker = true)
as
    select s.id, s.user_id, s.provider, s.plan_code, s.status, s.current_period_start, s.current_period_end, s.cancel_at_period_end
    from public.subscriptions as s
    where s.status in ('trialing', 'active', 'past_due');

comment on view public.v_subscriptions_active is 'Trialing, active and past_due subscriptions visible to the caller.';

revoke all on table public.v_subscriptions_active from public, anon, authenticated, service_role;
grant select on table public.v_subscriptions_active to authenticated, service_role;
