create or replace view public.v_assignment_latest
with (security_invoker = true)
as
    select
        a.id,
        a.user_id,
        a.coach_key,
        case when a.drill_id is null then 'set' else 'drill' end as source,
        a.drill_id,
        a.set_id,
        a.title,
        a.state,
        a.scheduled_for,
        a.due_at,
        a.priority,
        a.attempts_count,
        a.last_score,
        a.best_score,
        a.created_at,
        t.id as last_attempt_id,
        t.submitted_at as last_submitted_at,
        t.score as last_attempt_score,
        t.outcome as last_outcome
    from public.assignments as a
    left join lateral (
        select t.id, t.submitted_at, t.score, t.outcome
        from public.assignment_attempts as t
        where t.assignment_id = a.id
        order by t.submitted_at desc
        limit 1
    ) as t on true;

comment on view public.v_assignment_latest is
    'Assignments visible to the caller with their latest attempt; its columns are null before the first attempt. For the newest rows, admins call list_assignments, and coach staff filter by coach_key.';

revoke all on table public.v_assignment_latest from public, anon, authenticated, service_role;
grant select on table public.v_assignment_latest to authenticated, service_role;
