create or replace function private.get_drill_stats(p_drill uuid, p_everything boolean)
returns table (
    sessions bigint,
    completed bigint,
    aborted bigint,
    learners bigint,
    minutes bigint,
    average_score numeric,
    typical_score numeric,
    last_practised_on date
)
language plpgsql
stable
security definer
set search_path = ''
rows 1
as $$
declare
    stats private.mv_drill_stats;
    everything boolean := p_everything and private.is_staff();
begin
    select *
    into stats
    from private.mv_drill_stats as s
    where s.drill_id = p_drill;
    if stats.drill_id is not null and (everything or stats.learners >= private.get_smallest_crowd()) then
        return query
        select stats.sessions, stats.completed, stats.aborted, stats.learners, stats.seconds / 60,
            case when everything then stats.average_score end, stats.typical_score,
            (stats.last_practised_at at time zone 'Asia/Manila')::date;
    end if;
end
$$;

comment on function private.get_drill_stats(uuid, boolean) is
    'Statistics of a drill: for admins and the service if p_everything is true, all columns; otherwise only of drills with enough learners, without average_score. For views; callers have no usage on schema private.';

revoke all on function private.get_drill_stats(uuid, boolean) from public;
grant execute on function private.get_drill_stats(uuid, boolean) to authenticated, service_role;
