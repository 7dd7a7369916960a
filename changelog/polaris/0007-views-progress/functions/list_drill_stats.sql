create or replace function private.list_drill_stats(p_everything boolean)
returns table (
    drill_id uuid,
    sessions bigint,
    completed bigint,
    aborted bigint,
    learners bigint,
    minutes bigint,
    completion_percent numeric,
    average_score numeric,
    typical_score numeric,
    last_practised_on date
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    everything boolean := p_everything and private.is_staff();
begin
    return query
        select s.drill_id, s.sessions, s.completed, s.aborted, s.learners, s.minutes, s.completion_percent,
            case when everything then s.average_score end, s.typical_score, s.last_practised_on
        from private.mv_drill_stats as s
        where everything or s.learners >= private.get_smallest_crowd();
end
$$;

comment on function private.list_drill_stats(boolean) is
    'Statistics of all drills: for admins and the service if p_everything is true, all columns; otherwise only of drills with enough learners, without average_score. For views; callers have no usage on schema private.';

revoke all on function private.list_drill_stats(boolean) from public;
grant execute on function private.list_drill_stats(boolean) to authenticated, service_role;
