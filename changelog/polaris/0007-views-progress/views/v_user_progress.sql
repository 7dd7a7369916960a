create or replace view public.v_user_progress
with (security_invoker = true)
as
    with days as (
        select s.user_id, s.coach_key, (s.ended_at at time zone 'Asia/Manila')::date as d,
            count(*) as sessions,
            sum(ceil(s.duration_sec / 60.0)) as minutes,
            sum(s.score) as score_sum,
            count(s.score) as scores,
            max(s.ended_at) as last_at,
            (array_agg(s.score order by s.ended_at desc) filter (where s.score is not null))[1] as last_score
        from public.sessions as s
        where s.status = 'completed'
        group by s.user_id, s.coach_key, d
    ),
    counted as (
        select u.*,
            max(u.d) over each_coach as last_d,
            row_number() over (each_coach order by u.d desc) as days_back
        from days as u
        window each_coach as (partition by u.user_id, u.coach_key)
    )
    select c.user_id, c.coach_key,
        sum(c.sessions)::bigint as sessions,
        sum(c.minutes)::bigint as minutes,
        round(sum(c.score_sum) / nullif(sum(c.scores), 0), 2) as average_score,
        (array_agg(c.last_score order by c.d desc) filter (where c.last_score is not null))[1] as latest_score,
        max(c.last_at) as last_practised_at,
        count(*)::integer as days,
        -- Consecutive days up to the last one; the streak ends when the day after it has passed without practice.
        (count(*) filter (
            where c.d = c.last_d - (c.days_back - 1)::integer
                and c.last_d >= (now() at time zone 'Asia/Manila')::date - 1
        ))::integer as streak_days
    from counted as c
    group by c.user_id, c.coach_key;

comment on view public.v_user_progress is
    'Completed sessions per learner and coach: number, minutes (each session rounded up), average and latest score, days practised and current streak in days. coach_key is null for practice without a coach and for deleted coaches. Learners see their own rows, admins all.';

revoke all on table public.v_user_progress from public, anon, authenticated, service_role;
grant select on table public.v_user_progress to authenticated, service_role;
