create or replace function public.filter_drills_json(p_criteria jsonb, p_limit integer default 100, p_after uuid default null)
returns table (drill_id uuid)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    problem text := public.find_drill_filter_error(p_criteria);
    date_from text := p_criteria ->> 'date_from';
    date_to text := p_criteria ->> 'date_to';
begin
    if problem is not null then
        raise exception '%', problem
            using
                errcode = 'invalid_parameter_value',
                hint = 'A filter may hold coach_keys, types, difficulties, date_from and date_to.';
    end if;
    return query
    select f.drill_id
    from public.filter_drills(
        array(select jsonb_array_elements_text(p_criteria -> 'coach_keys')),
        array(select jsonb_array_elements_text(p_criteria -> 'types')),
        array(select e.item::smallint from jsonb_array_elements_text(p_criteria -> 'difficulties') as e (item)),
        case when date_from like '%T%' then date_from::timestamptz else date_from::date::timestamp at time zone 'Asia/Manila' end,
        case when date_to like '%T%' then date_to::timestamptz else (date_to::date + 1)::timestamp at time zone 'Asia/Manila' end,
        p_limit,
        p_after
    ) as f;
end
$$;

comment on function public.filter_drills_json(jsonb, integer, uuid) is
    'Call filter_drills with criteria in the format of saved_filters.criteria; invalid criteria raise an error. Days are in Manila, and the day of date_to is included.';

revoke all on function public.filter_drills_json(jsonb, integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.filter_drills_json(jsonb, integer, uuid) to authenticated, service_role;
