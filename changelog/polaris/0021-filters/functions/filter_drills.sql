create or replace function public.filter_drills(
    p_coach_keys text[] default null,
    p_types text[] default null,
    p_difficulties smallint[] default null,
    p_date_from timestamptz default null,
    p_date_to timestamptz default null,
    p_limit integer default 100,
    p_after uuid default null
)
returns table (drill_id uuid)
language plpgsql
stable
security invoker
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
    after_at timestamptz;
begin
    if (p_limit between 1 and 1000) is not true
        or greatest(cardinality(p_coach_keys), cardinality(p_types), cardinality(p_difficulties)) > 50
    then
        raise exception 'p_limit must be from 1 to 1000, and each array may hold at most 50 values'
            using errcode = 'invalid_parameter_value';
    end if;
    if p_after is not null then
        select d.created_at
        into after_at
        from public.drills as d
        where d.id = p_after;
        if not found then
            raise exception 'drill % of p_after does not exist or is not visible to the caller', p_after
                using
                    errcode = 'no_data_found',
                    hint = 'It may have been deleted; start again with the first page.';
        end if;
    end if;
    return query
    select d.id
    from public.drills as d
    where (coalesce(cardinality(p_coach_keys), 0) = 0 or d.coach_key = any (p_coach_keys))
        and (coalesce(cardinality(p_types), 0) = 0 or d.type = any (p_types))
        and (coalesce(cardinality(p_difficulties), 0) = 0 or d.difficulty = any (p_difficulties))
        and (p_date_from is null or d.created_at >= p_date_from)
        and (p_date_to is null or d.created_at < p_date_to)
        and (p_after is null or (d.created_at, d.id) < (after_at, p_after))
    order by d.created_at desc, d.id desc
    limit p_limit;
end
$$;

comment on function public.filter_drills(text[], text[], smallint[], timestamptz, timestamptz, integer, uuid) is
    'Drills visible to the caller that match the filter, newest first: coaches, types, difficulties, and created_at from p_date_from until before p_date_to; null or an empty array matches all. p_after is the last drill of the previous page.';

revoke all on function public.filter_drills(text[], text[], smallint[], timestamptz, timestamptz, integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.filter_drills(text[], text[], smallint[], timestamptz, timestamptz, integer, uuid) to authenticated, service_role;
