-- Reads of plans, payments and revenue. The comment before each query names the callers and the indexes of its plan.

-- alice: idx_entitlements_user_id_starts_at
select * from public.v_user_current_plan;

-- alice: limits_catalog
select * from public.v_user_limits;

-- alice: limit_usage_pkey
select * from public.limit_usage;

-- alice: idx_entitlements_user_id_starts_at
select id, plan_code from public.entitlements order by starts_at desc;

-- alice: idx_entitlement_history_visible
select id, action from public.entitlement_history order by created_at desc limit 20;

-- alice: idx_payments_visible
select * from public.payments order by created_at desc limit 20;

-- alice: idx_payment_events_visible
select id, event_type from public.payment_events order by occurred_at desc limit 20;

-- alice: idx_subscriptions_user_id
select * from public.v_subscriptions_active;

-- admin: idx_entitlements_user_id_starts_at
select * from public.v_user_current_plan where user_id = '{public.profiles.id}';

-- admin: idx_payments_unclaimed
select * from public.payments where claimed_at is null or plan_code is null order by created_at limit 50;

-- admin: idx_payment_events_failed
select id, outcome from public.payment_events where status = 'failed' order by tried_at limit 50;

-- admin: idx_ledger_entries_d
select * from public.v_revenue_daily where d = '2026-03-01';

-- operator: idx_entitlements_due
select e.id from public.entitlements as e where e.tier_due_at <= now() order by e.tier_due_at limit 1000;
