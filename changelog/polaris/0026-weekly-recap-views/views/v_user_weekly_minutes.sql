create or replace view public.v_user_weekly_minutes
with (security_invoker = true)
as
    select u.user_id, date_trunc('week', u.d::timestamp)::date as week_start,
        sum(u.minutes_used)::integer as minutes,
        sum(u.drills_done)::integer as drills,
        (count(*) filter (where u.drills_done > 0))::integer as active_days,
        sum(u.expressions_saved)::integer as expressions_saved
    from public.daily_usage as u
    group by u.user_id, date_trunc('week', u.d::timestamp)::date;

comment on view public.v_user_weekly_minutes is 'Daily usage per learner and week (from Monday, in Manila): minutes, completed sessions, days with a completed session, expressions kept for review. Learners see their own rows, admins all.';

revoke all on table public.v_user_weekly_minutes from public, anon, authenticated, service_role;
grant select on table public.v_user_weekly_minutes to authenticated, service_role;
