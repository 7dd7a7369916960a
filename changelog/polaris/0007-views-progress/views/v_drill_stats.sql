create or replace view public.v_drill_stats
with (security_invoker = true)
as
    select d.id as drill_id, d.coach_key, d.type, d.title, d.difficulty,
        s.sessions, s.completed, s.aborted, s.learners, s.minutes, s.completion_percent, s.average_score, s.typical_score, s.last_practised_on
    from public.drills as d
    join private.list_drill_stats((select private.is_staff())) as s on s.drill_id = d.id;

comment on view public.v_drill_stats is
    'Statistics of each practised drill visible to the caller, as of the last refresh. Learners see drills with enough learners, and typical_score; average_score is null except for admins and the service.';

revoke all on table public.v_drill_stats from public, anon, authenticated, service_role;
grant select on table public.v_drill_stats to authenticated, service_role;
