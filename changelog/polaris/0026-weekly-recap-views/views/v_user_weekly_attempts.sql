create or replace view public.v_user_weekly_attempts
with (security_invoker = true)
as
    select a.user_id, date_trunc('week', a.created_at at time zone 'Asia/Manila')::date as week_start,
        count(*)::integer as attempts,
        count(a.score)::integer as scored,
        round(avg(a.score), 2) as average_score,
        max(a.score) as best_score
    from public.attempts as a
    group by a.user_id, date_trunc('week', a.created_at at time zone 'Asia/Manila')::date;

comment on view public.v_user_weekly_attempts is 'Attempts per learner and week (from Monday, in Manila): number, number scored, average and best score, null if none is scored. Learners see their own rows, admins all.';

revoke all on table public.v_user_weekly_attempts from public, anon, authenticated, service_role;
grant select on table public.v_user_weekly_attempts to authenticated, service_role;
