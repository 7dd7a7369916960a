create or replace view public.v_user_rubric_trends_weekly
with (security_invoker = true)
as
    with scored as (
        select a.user_id, s.coach_key, a.created_at, given.criterion, given.score
        from public.attempts as a
        join public.sessions as s
            on s.id = a.session_id
            and s.user_id = a.user_id
        cross join lateral (
            select null::text as criterion, a.score
            union all
            select f.key,
                case jsonb_typeof(f.value)
                    when 'number' then f.value::numeric
                    when 'object' then case jsonb_typeof(f.value -> 'score') when 'number' then (f.value -> 'score')::numeric end
                end
            from jsonb_each(a.feedback) as f
        ) as given
        where given.score is not null
    ),
    weeks as (
        select r.user_id, r.coach_key, r.criterion,
            date_trunc('week', r.created_at at time zone 'Asia/Manila')::date as week_start,
            count(*) as attempts,
            round(avg(r.score), 2) as average_score
        from scored as r
        group by r.user_id, r.coach_key, r.criterion, week_start
    )
    select w.user_id, w.coach_key, w.criterion, w.week_start, w.attempts, w.average_score,
        w.average_score - lag(w.average_score) over (
            partition by w.user_id, w.coach_key, w.criterion
            order by w.week_start
        ) as change
    from weeks as w;

comment on view public.v_user_rubric_trends_weekly is
    'Scored attempts per learner, coach, criterion and week (from Monday, Manila time), their average, and the change since the last week with scores. A criterion is a key of feedback with a number or an object with a number under score; null is the score of the whole attempt. Learners see their own rows, admins all.';

revoke all on table public.v_user_rubric_trends_weekly from public, anon, authenticated, service_role;
grant select on table public.v_user_rubric_trends_weekly to authenticated, service_role;
