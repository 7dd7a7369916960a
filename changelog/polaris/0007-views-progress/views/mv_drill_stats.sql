create materialized view private.mv_drill_stats
as
    with learners as (
        select s.drill_id, s.user_id,
            count(*) as sessions,
            count(*) filter (where s.status = 'completed') as completed,
            count(*) filter (where s.status = 'aborted') as aborted,
            coalesce(sum(s.duration_sec) filter (where s.status = 'completed'), 0) as seconds,
            sum(s.score) as score_sum,
            count(s.score) as scores,
            max(s.started_at) as last_started_at,
            min(s.ended_at) filter (where s.score is not null) as first_scored_at,
            (array_agg(s.score order by s.ended_at, s.id) filter (where s.score is not null))[1] as first_score
        from public.sessions as s
        where s.drill_id is not null
        group by s.drill_id, s.user_id
    ),
    placed as (
        select l.*,
            row_number() over (partition by l.drill_id order by l.first_scored_at, l.user_id) as place,
            count(l.first_score) over (partition by l.drill_id) as scored_learners
        from learners as l
    )
    select p.drill_id,
        sum(p.sessions)::bigint as sessions,
        sum(p.completed)::bigint as completed,
        sum(p.aborted)::bigint as aborted,
        count(*) as learners,
        max(p.scored_learners) as scored_learners,
        sum(p.seconds)::bigint / 60 as minutes,
        round(sum(p.completed) * 100.0 / sum(p.sessions), 1) as completion_percent,
        round(sum(p.score_sum) / nullif(sum(p.scores), 0), 2) as average_score,
        -- Count only complete groups, so that one learner's score cannot be derived from two refreshes.
        round(avg(p.first_score) filter (
            where p.place <= p.scored_learners - p.scored_learners % private.get_smallest_crowd()
        )) as typical_score,
        (max(p.last_started_at) at time zone 'Asia/Manila')::date as last_practised_on
    from placed as p
    group by p.drill_id;

comment on materialized view private.mv_drill_stats is
    'Statistics of each drill over all learners, computed from sessions by refresh_views. typical_score is the rounded average of the learners'' first scores, over complete groups of learners in the order of those scores; null below one group.';

revoke all on table private.mv_drill_stats from public, anon, authenticated, service_role;
