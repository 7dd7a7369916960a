create or replace view public.v_user_weekly_by_coach
with (security_invoker = true)
as
    select s.user_id, date_trunc('week', s.ended_at at time zone 'Asia/Manila')::date as week_start, s.coach_key,
        count(*)::integer as sessions,
        sum(ceil(s.duration_sec / 60.0))::integer as minutes,
        round(avg(s.score), 2) as average_score,
        max(s.score) as best_score
    from public.sessions as s
    where s.status = 'completed'
    group by s.user_id, date_trunc('week', s.ended_at at time zone 'Asia/Manila')::date, s.coach_key;

comment on view public.v_user_weekly_by_coach is 'Completed sessions per learner, week (from Monday, in Manila) and coach: number, minutes (each session rounded up), average and best score. coach_key is null without a coach, and after the coach is deleted. Learners see their own rows, admins all.';

revoke all on table public.v_user_weekly_by_coach from public, anon, authenticated, service_role;
grant select on table public.v_user_weekly_by_coach to authenticated, service_role;
