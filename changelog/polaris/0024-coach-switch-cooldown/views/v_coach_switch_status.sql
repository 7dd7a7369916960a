create or replace view public.v_coach_switch_status
with (security_invoker = true)
as
    select
        p.id as user_id,
        p.active_coach_key,
        s.tier,
        s.cooldown_days,
        s.max_switches_30d,
        s.switches_30d,
        s.last_switched_at,
        s.next_allowed_at,
        p.active_coach_key is null or s.next_allowed_at is null as can_switch
    from public.profiles as p
    cross join lateral private.get_coach_switch_state(p.id) as s;

comment on view public.v_coach_switch_status is 'One row per user: the coach, the rule of the plan in force, its usage, and when the next switch is allowed (null for now, infinity for never). Users see their own row, admins and the service all.';

revoke all on table public.v_coach_switch_status from public, anon, authenticated, service_role;
grant select on table public.v_coach_switch_status to authenticated, service_role;
