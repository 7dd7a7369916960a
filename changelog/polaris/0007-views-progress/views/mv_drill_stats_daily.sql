create materialized view private.mv_drill_stats_daily
as
    select s.drill_id, (s.started_at at time zone 'Asia/Manila')::date as d,
        count(*) as sessions,
        count(*) filter (where s.status = 'completed') as completed,
        count(*) filter (where s.status = 'aborted') as aborted,
        count(distinct s.user_id) as learners,
        coalesce(sum(s.duration_sec) filter (where s.status = 'completed'), 0)::bigint as seconds,
        round(avg(s.score), 2) as average_score
    from public.sessions as s
    where s.drill_id is not null
    group by s.drill_id, (s.started_at at time zone 'Asia/Manila')::date;

comment on materialized view private.mv_drill_stats_daily is
    'Statistics of each drill per day in Manila on which a session started, over all learners; computed from sessions by refresh_views.';

revoke all on table private.mv_drill_stats_daily from public, anon, authenticated, service_role;
