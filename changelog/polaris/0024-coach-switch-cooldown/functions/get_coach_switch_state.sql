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
    -- The plan of this moment, not the copy in the profile.
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
    -- In hours: a day can have 23 in the time zone of a session.
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

    -- Without a rule nobody switches; whoever takes one away closes, and does not open.
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
    'What holds for a person who is the caller, or anyone where staff ask; no row about others. next_allowed_at is null where a switch may be made now, infinity where none may be. For views and functions; nobody can call it by name.';

revoke all on function private.get_coach_switch_state(uuid) from public;
grant execute on function private.get_coach_switch_state(uuid) to authenticated, service_role;
