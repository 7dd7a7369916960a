create or replace function public.find_drill_filter_error(p_criteria jsonb)
returns text
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    part text;
    given jsonb;
    day text;
begin
    if jsonb_typeof(p_criteria) is distinct from 'object' then
        return 'a filter must be a JSON object';
    end if;
    for part, given in
        select e.key, e.value
        from jsonb_each(p_criteria) as e
        order by e.key
    loop
        if part in ('coach_keys', 'types', 'difficulties') then
            if (case when jsonb_typeof(given) = 'array' then jsonb_array_length(given) > 50 else true end) then
                return part || ' must be an array of at most 50 values';
            end if;
            if exists (
                select
                from jsonb_array_elements(given) as e (item)
                where case part
                    when 'coach_keys' then jsonb_typeof(e.item) <> 'string' or e.item #>> '{}' !~ '^[a-z][a-z0-9_]{1,39}$'
                    when 'types' then e.item not in ('"speaking"', '"scenario"', '"qbank"', '"feedback"', '"rubric"')
                    else e.item::text !~ '^[1-5]$'
                end
            ) then
                return part || ' holds an invalid value';
            end if;
        elsif part in ('date_from', 'date_to') then
            day := given #>> '{}';
            if jsonb_typeof(given) <> 'string'
                or day !~ '^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d))?$'
            then
                return part || ' must be a date, or a timestamp with offset, in ISO 8601 format';
            end if;
            begin
                perform make_date(left(day, 4)::integer, substr(day, 6, 2)::integer, substr(day, 9, 2)::integer);
            exception
                when datetime_field_overflow then
                    return part || ' is not a valid date';
            end;
        else
            return left(part, 40) || ' is not a filter criterion';
        end if;
    end loop;
    return null;
end
$$;

comment on function public.find_drill_filter_error(jsonb) is
    'Describe the first error in drill filter criteria; null if they are valid. Keys are coach_keys, types, difficulties (arrays), date_from and date_to (days in Manila, the last one included, or timestamps with offset).';

revoke all on function public.find_drill_filter_error(jsonb) from public, anon, authenticated, service_role;
grant execute on function public.find_drill_filter_error(jsonb) to authenticated, service_role;
