create or replace function private.get_coach_switch_state(p_user uuid)
returns table (
    tier text,
    cooldown_days integer,
    max_switches_30d integer,
    switches_30d integer,
    last_switched_at timestamptz,
    next_allowed_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
rows 1
as $$
declare
    -- The plan in force, not the copy in profiles.tier.
    plan text := private.get_tier(p_user);
    rule public.coach_switch_rules;
    recent timestamptz[];
    allowed timestamptz;
begin
    if p_user is null or p_user is distinct from (select auth.uid()) and not private.is_staff() then
        return;
    end if;
    select *
    into rule
    from public.coach_switch_rules as r
    where r.tier = plan;
    -- In hours, because a day can have 23 hours in the time zone of the session.
    recent := array(
        select s.switched_at
        from public.coach_switches as s
        where s.user_id = p_user
            and s.switched_at > now() - interval '720 hours'
            and not s.past_rule
        order by s.switched_at desc
    );
    select s.switched_at
    into last_switched_at
    from public.coach_switches as s
    where s.user_id = p_user
        and not s.past_rule
    order by s.switched_at desc
    limit 1;

    -- Without a rule no switch is allowed, so that deleting a rule restricts instead of permitting.
    allowed := case
        when rule.tier is null or rule.max_switches_30d = 0 then 'infinity'
        else greatest(
            last_switched_at + make_interval(hours => 24 * rule.cooldown_days),
            recent[rule.max_switches_30d] + interval '720 hours'
        )
    end;
    tier := plan;
    cooldown_days := rule.cooldown_days;
    max_switches_30d := rule.max_switches_30d;
    switches_30d := cardinality(recent);
    next_allowed_at := case when allowed > now() then allowed end;
    return next;
end
$$;

comment on function private.get_coach_switch_state(uuid) is
    'Coach switch rule, its usage and the next allowed switch of the caller, or of any user for admins and the service; no row for other users. next_allowed_at is null if a switch is allowed now, infinity if none is. For views and functions; API roles cannot call it directly.';

revoke all on function private.get_coach_switch_state(uuid) from public;
grant execute on function private.get_coach_switch_state(uuid) to authenticated, service_role;
