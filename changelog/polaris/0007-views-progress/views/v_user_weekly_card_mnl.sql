create or replace view public.v_user_weekly_card_mnl
with (security_invoker = true)
as
    with clock as (
        select (now() at time zone 'Asia/Manila')::date as today,
            date_trunc('week', now() at time zone 'Asia/Manila')::date as week_start
    )
    select p.id as user_id, c.week_start,
        coalesce(w.minutes, 0) as minutes,
        coalesce(w.minutes_before, 0) as minutes_before,
        coalesce(w.drills, 0) as drills,
        coalesce(w.drills_before, 0) as drills_before,
        coalesce(w.active_days, 0)::integer as active_days,
        coalesce(w.days_on_target, 0)::integer as days_on_target,
        p.daily_target_minutes,
        v.average_score,
        v.average_score_before,
        coalesce(k.streak_days, 0)::integer as streak_days
    from public.profiles as p
    cross join clock as c
    left join lateral (
        select sum(u.minutes_used) filter (where u.d >= c.week_start) as minutes,
            sum(u.minutes_used) filter (where u.d < c.week_start) as minutes_before,
            sum(u.drills_done) filter (where u.d >= c.week_start) as drills,
            sum(u.drills_done) filter (where u.d < c.week_start) as drills_before,
            count(*) filter (where u.d >= c.week_start and u.drills_done > 0) as active_days,
            count(*) filter (where u.d >= c.week_start and u.minutes_used >= p.daily_target_minutes) as days_on_target
        from public.daily_usage as u
        where u.user_id = p.id
            and u.d >= c.week_start - 7
    ) as w
        on true
    left join lateral (
        select round(avg(s.score) filter (where s.ended_at >= c.week_start::timestamp at time zone 'Asia/Manila'), 2) as average_score,
            round(avg(s.score) filter (where s.ended_at < c.week_start::timestamp at time zone 'Asia/Manila'), 2) as average_score_before
        from public.sessions as s
        where s.user_id = p.id
            and s.status = 'completed'
            and s.ended_at >= (c.week_start - 7)::timestamp at time zone 'Asia/Manila'
    ) as v
        on true
    left join lateral (
        select count(*) as streak_days
        from (
            select u.d, max(u.d) over () as last_d, row_number() over (order by u.d desc) as days_back
            from public.daily_usage as u
            where u.user_id = p.id
                and u.drills_done > 0
        ) as u
        where u.d = u.last_d - (u.days_back - 1)::integer
            and u.last_d >= c.today - 1
    ) as k
        on true;

comment on view public.v_user_weekly_card_mnl is
    'Per learner: minutes, drills and average score of this week (from Monday, Manila time) and the previous one, active days and days on target this week, and current streak in days with any coach. Averages are null without scores. Learners see their own rows, admins all.';

revoke all on table public.v_user_weekly_card_mnl from public, anon, authenticated, service_role;
grant select on table public.v_user_weekly_card_mnl to authenticated, service_role;
