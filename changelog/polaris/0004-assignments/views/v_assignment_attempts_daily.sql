create or replace view public.v_assignment_attempts_daily
with (security_invoker = true)
as
    select
        t.user_id,
        t.coach_key,
        (t.submitted_at at time zone 'Asia/Manila')::date as d,
        count(*) as attempts,
        count(t.score) as scored,
        round(avg(t.score), 2) as avg_score,
        max(t.score) as best_score,
        coalesce(sum(t.duration_sec), 0) as duration_sec
    from public.assignment_attempts as t
    group by t.user_id, t.coach_key, (t.submitted_at at time zone 'Asia/Manila')::date;

comment on view public.v_assignment_attempts_daily is 'Attempts visible to the caller per learner, coach and day in Manila.';

revoke all on table public.v_assignment_attempts_daily from public, anon, authenticated, service_role;
grant select on table public.v_assignment_attempts_daily to authenticated, service_role;
