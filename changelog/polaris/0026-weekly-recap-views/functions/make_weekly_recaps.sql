create or replace function private.make_weekly_recaps(p_week date, p_limit integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    at_once integer := greatest(1, least(coalesce(p_limit, 1000), 10000));
    -- Activity recorded more than a week after the end of the week no longer changes its recap.
    is_open boolean := p_week + 14 > (now() at time zone 'Asia/Manila')::date;
    run private.weekly_recap_runs;
    people uuid[];
begin
    if not private.is_service() then
        raise exception 'only the service may create recaps'
            using errcode = 'insufficient_privilege';
    end if;
    if p_week is null or not isfinite(p_week) or extract(isodow from p_week) <> 1 then
        raise exception 'p_week must be a Monday'
            using
                errcode = 'invalid_parameter_value',
                hint = 'manila_week_start returns the Monday of a week.';
    end if;
    if p_week::timestamp at time zone 'Asia/Manila' > now() then
        raise exception 'the week of % has not begun', p_week
            using errcode = 'object_not_in_prerequisite_state';
    end if;

    insert into private.weekly_recap_runs (week_start)
    values (p_week)
    on conflict (week_start) do nothing;
    -- The second of two concurrent calls continues where the first stopped.
    select *
    into run
    from private.weekly_recap_runs as r
    where r.week_start = p_week
    for update;
    -- Restart a pass that began before the week ended and is unfinished: its first users may have practised since.
    if run.finished_at is not null
        or run.began_at < (p_week + 7)::timestamp at time zone 'Asia/Manila'
        and now() >= (p_week + 7)::timestamp at time zone 'Asia/Manila'
    then
        run.after_user := null;
    end if;

    -- Reads the next users of each day from the index, and keeps the first at_once of them.
    people := array(
        select distinct n.user_id
        from generate_series(0, 6) as day
        cross join lateral (
            select u.user_id
            from public.daily_usage as u
            where u.d - date '2000-01-01' = p_week + day - date '2000-01-01'
                and (run.after_user is null or u.user_id > run.after_user)
            order by u.user_id
            limit at_once
        ) as n
        order by n.user_id
        limit at_once
    );
    -- Locks the profiles: a concurrent account deletion waits, or its user is no longer found below.
    perform
    from public.profiles as p
    where p.id = any (people)
    order by p.id
    for key share;

    insert into public.user_weekly_recaps as r (
        user_id, week_start, minutes, drills, active_days, expressions_saved, attempts, average_score, best_score, coaches, topics
    )
    select v.user_id, v.week_start, v.minutes, v.drills, v.active_days, v.expressions_saved, v.attempts, v.average_score, v.best_score, v.coaches, v.topics
    from public.v_user_weekly_recap as v
    where v.user_id = any (people)
        and v.week_start = p_week
    on conflict (user_id, week_start) do update
    set minutes = excluded.minutes,
        drills = excluded.drills,
        active_days = excluded.active_days,
        expressions_saved = excluded.expressions_saved,
        attempts = excluded.attempts,
        average_score = excluded.average_score,
        best_score = excluded.best_score,
        coaches = excluded.coaches,
        topics = excluded.topics
    where is_open
        and (r.minutes, r.drills, r.active_days, r.expressions_saved, r.attempts, r.average_score, r.best_score, r.coaches, r.topics)
            is distinct from (
                excluded.minutes, excluded.drills, excluded.active_days, excluded.expressions_saved, excluded.attempts,
                excluded.average_score, excluded.best_score, excluded.coaches, excluded.topics
            );

    update private.weekly_recap_runs as r
    set after_user = case when cardinality(people) >= at_once then people[cardinality(people)] end,
        began_at = case when run.after_user is null then clock_timestamp() else r.began_at end,
        passes = r.passes + case when cardinality(people) < at_once then 1 else 0 end,
        finished_at = case when cardinality(people) < at_once then clock_timestamp() end
    where r.week_start = p_week;
    return cardinality(people);
end
$$;

comment on function private.make_weekly_recaps(date, integer) is
    'Store the recaps of the next p_limit users (1000, at most 10000) who practised in a week; return their number. Fewer than p_limit means that the pass is complete and the next call begins another. A recap can change until seven days after its week. For the service.';

revoke all on function private.make_weekly_recaps(date, integer) from public;
grant execute on function private.make_weekly_recaps(date, integer) to service_role;

create or replace function public.make_weekly_recaps(p_week date, p_limit integer default 1000)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.make_weekly_recaps(p_week, p_limit);

comment on function public.make_weekly_recaps(date, integer) is
    'Store the recaps of the next p_limit users who practised in the week of p_week, a Monday; return their number. Call again while it equals p_limit. For the service.';

revoke all on function public.make_weekly_recaps(date, integer) from public, anon, authenticated, service_role;
grant execute on function public.make_weekly_recaps(date, integer) to service_role;
