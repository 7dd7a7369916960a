create or replace view public.v_user_weekly_topics
with (security_invoker = true)
as
    select a.user_id, a.week_start, d.topic,
        sum(a.attempts)::integer as attempts,
        round(sum(a.score_sum) / nullif(sum(a.scores), 0), 2) as average_score
    from (
        select t.user_id, date_trunc('week', t.created_at at time zone 'Asia/Manila')::date as week_start, t.drill_id,
            count(*) as attempts,
            sum(t.score) as score_sum,
            count(t.score) as scores
        from public.attempts as t
        where t.drill_id is not null
        group by t.user_id, date_trunc('week', t.created_at at time zone 'Asia/Manila')::date, t.drill_id
    ) as a
    cross join lateral (
        select g.tags[1] as topic
        from public.drills as g
        where g.id = a.drill_id
        limit 1
    ) as d
    where d.topic is not null
    group by a.user_id, a.week_start, d.topic;

comment on view public.v_user_weekly_topics is 'Attempts and average score (null if none is scored) per learner, week (from Monday, in Manila) and topic, the first tag of a drill that the caller may see. Learners see their own rows, admins all.';

revoke all on table public.v_user_weekly_topics from public, anon, authenticated, service_role;
grant select on table public.v_user_weekly_topics to authenticated, service_role;
