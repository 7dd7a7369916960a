create or replace view public.v_drill_stats_daily
with (security_invoker = true)
as
    select d.id as drill_id, d.coach_key, s.d, s.sessions, s.completed, s.aborted, s.learners, s.minutes, s.average_score
    from public.drills as d
    cross join lateral private.list_drill_stats_daily(d.id, (select private.is_staff())) as s;

comment on view public.v_drill_stats_daily is
    'Daily statistics (in Manila time) of each drill visible to the caller, as of the last refresh. Learners see days with enough learners; average_score is null except for admins and the service.';

revoke all on table public.v_drill_stats_daily from public, anon, authenticated, service_role;
grant select on table public.v_drill_stats_daily to authenticated, service_role;
