create or replace view public.v_user_weekly_recap
with (security_invoker = true)
as
    select w.user_id, w.week_start, w.minutes, w.drills, w.active_days, w.expressions_saved,
        a.attempts,
        s.average_score,
        s.best_score,
        s.coaches,
        t.topics
    from public.v_user_weekly_minutes as w
    cross join lateral (
        select count(*)::integer as attempts
        from public.attempts as t
        where t.user_id = w.user_id
            and t.created_at >= w.week_start::timestamp at time zone 'Asia/Manila'
            and t.created_at < (w.week_start + 7)::timestamp at time zone 'Asia/Manila'
    ) as a
    cross join lateral (
        select
            round(sum(c.score_sum) / nullif(sum(c.scores), 0), 2) as average_score,
            max(c.best_score) as best_score,
            coalesce(jsonb_agg(
                jsonb_build_object('coach_key', c.coach_key, 'sessions', c.sessions, 'minutes', c.minutes)
                order by c.minutes desc, c.coach_key
            ), '[]') as coaches
        from (
            select s.coach_key,
                count(*) as sessions,
                sum(ceil(s.duration_sec / 60.0))::integer as minutes,
                sum(s.score) as score_sum,
                count(s.score) as scores,
                max(s.score) as best_score
            from (
                -- In the order of the index on completed sessions, which covers all columns read here.
                select e.coach_key, e.duration_sec, e.score
                from public.sessions as e
                where e.user_id = w.user_id
                    and e.status = 'completed'
                    and e.ended_at >= w.week_start::timestamp at time zone 'Asia/Manila'
                    and e.ended_at < (w.week_start + 7)::timestamp at time zone 'Asia/Manila'
                order by e.ended_at desc
            ) as s
            group by s.coach_key
        ) as c
    ) as s
    cross join lateral (
        select coalesce(jsonb_agg(
            jsonb_build_object('topic', d.topic, 'attempts', d.attempts)
            order by d.attempts desc, d.topic
        ), '[]') as topics
        from (
            select g.topic, sum(e.attempts)::integer as attempts
            from (
                select t.drill_id, count(*) as attempts
                from public.attempts as t
                where t.user_id = w.user_id
                    and t.drill_id is not null
                    and t.created_at >= w.week_start::timestamp at time zone 'Asia/Manila'
                    and t.created_at < (w.week_start + 7)::timestamp at time zone 'Asia/Manila'
                group by t.drill_id
            ) as e
            cross join lateral (
                select b.tags[1] as topic
                from public.drills as b
                where b.id = e.drill_id
                limit 1
            ) as g
            where g.topic is not null
            group by g.topic
            order by attempts desc, g.topic
            limit 5
        ) as d
    ) as t;

comment on view public.v_user_weekly_recap is 'Summary of a learner''s week (from Monday, in Manila), computed when read: minutes, completed sessions, active days, expressions kept, attempts, average and best score of sessions, coaches by minutes, and the five topics with the most attempts. user_weekly_recaps stores it. Learners see their own rows, admins all.';

revoke all on table public.v_user_weekly_recap from public, anon, authenticated, service_role;
grant select on table public.v_user_weekly_recap to authenticated, service_role;
