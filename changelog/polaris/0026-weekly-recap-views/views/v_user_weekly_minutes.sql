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

comment on view public.v_user_weekly_minutes is 'One row for a learner and week (from Monday, in Manila) with a day that counts: minutes, sessions completed, days with one, expressions kept for review. Learners see theirs, admins everyone''s.';

revoke all on table public.v_user_weekly_minutes from public, anon, authenticated, service_role;
grant select on table public.v_user_weekly_minutes to authenticated, service_role;
