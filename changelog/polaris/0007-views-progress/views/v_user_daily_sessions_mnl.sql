create or replace view public.v_user_daily_sessions_mnl
with (security_invoker = true)
as
    select s.user_id, (s.ended_at at time zone 'Asia/Manila')::date as d,
        count(*) as sessions,
        count(distinct s.drill_id) as drills,
        sum(ceil(s.duration_sec / 60.0))::bigint as minutes,
        round(avg(s.score), 2) as average_score,
        max(s.score) as best_score
    from public.sessions as s
    where s.status = 'completed'
    group by s.user_id, (s.ended_at at time zone 'Asia/Manila')::date;

comment on view public.v_user_daily_sessions_mnl is
    'Completed sessions per learner and day in Manila: number, distinct drills, minutes (each session rounded up), average and best score. Learners see their own rows, admins all.';

revoke all on table public.v_user_daily_sessions_mnl from public, anon, authenticated, service_role;
grant select on table public.v_user_daily_sessions_mnl to authenticated, service_role;
