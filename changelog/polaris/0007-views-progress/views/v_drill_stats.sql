create or replace view public.v_drill_stats
with (security_invoker = true)
as
    select d.id as drill_id, d.coach_key, d.type, d.title, d.difficulty,
        s.sessions, s.completed, s.aborted, s.learners, s.minutes,
        round(s.completed * 100.0 / s.sessions, 1) as completion_percent,
        s.average_score, s.typical_score, s.last_practised_on
    from public.drills as d
    cross join lateral private.get_drill_stats(d.id, (select private.is_staff())) as s;

comment on view public.v_drill_stats is 'One row for a drill that the caller may see and that was practised: sessions started, completed and aborted, learners, minutes, as of the last refresh. Learners see drills with enough learners behind them, and the typical score; average_score is for admins and the service, null for others.';

revoke all on table public.v_drill_stats from public, anon, authenticated, service_role;
grant select on table public.v_drill_stats to authenticated, service_role;
