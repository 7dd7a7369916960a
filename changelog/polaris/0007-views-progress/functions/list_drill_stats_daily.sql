create or replace function private.list_drill_stats_daily(p_drill uuid, p_everything boolean, p_from date default '-infinity', p_to date default 'infinity')
returns table (
    d date,
    sessions bigint,
    completed bigint,
    aborted bigint,
    learners bigint,
    minutes bigint,
    average_score numeric
)
language plpgsql
stable
security definer
set search_path = ''
rows 30
as $$
declare
    everything boolean := p_everything and private.is_staff();
begin
    -- Daily scores, subtracted from the total, could reveal the scores of a few learners on another day.
    return query
    select s.d, s.sessions, s.completed, s.aborted, s.learners, s.seconds / 60, case when everything then s.average_score end
    from private.mv_drill_stats_daily as s
    where s.drill_id = p_drill
        and s.d between p_from and p_to
        and (everything or s.learners >= private.get_smallest_crowd());
end
$$;

comment on function private.list_drill_stats_daily(uuid, boolean, date, date) is
    'Daily statistics of a drill between two dates: complete for admins and the service; for others only days with enough learners, without scores. For views; callers have no usage on schema private.';

revoke all on function private.list_drill_stats_daily(uuid, boolean, date, date) from public;
grant execute on function private.list_drill_stats_daily(uuid, boolean, date, date) to authenticated, service_role;

create or replace function public.list_drill_stats_daily(p_drill uuid, p_from date, p_to date)
returns table (
    d date,
    sessions bigint,
    completed bigint,
    aborted bigint,
    learners bigint,
    minutes bigint,
    average_score numeric
)
language sql
stable
security invoker
set search_path = ''
-- The private function checks whether the caller is staff.
return private.list_drill_stats_daily((select d.id from public.drills as d where d.id = p_drill), true, p_from, p_to);

comment on function public.list_drill_stats_daily(uuid, date, date) is
    'Daily statistics of a drill from p_from to p_to, as in v_drill_stats_daily; no rows for drills that the caller may not see. For users and the service.';

revoke all on function public.list_drill_stats_daily(uuid, date, date) from public, anon, authenticated, service_role;
grant execute on function public.list_drill_stats_daily(uuid, date, date) to authenticated, service_role;
