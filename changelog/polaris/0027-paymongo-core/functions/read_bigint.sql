create or replace function private.read_bigint(p_body jsonb, p_path text[])
returns bigint
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    value jsonb := p_body #> p_path;
begin
    if coalesce(jsonb_typeof(value), 'null') = 'null' then
        return null;
    end if;
    if jsonb_typeof(value) <> 'number'
        or (value #>> '{}')::numeric not between 0 and 1000000000000
        or (value #>> '{}')::numeric % 1 <> 0
    then
        raise exception '% is not an integer from 0 to 10^12', array_to_string(p_path, '.')
            using errcode = 'invalid_parameter_value';
    end if;
    return (value #>> '{}')::numeric::bigint;
end
$$;

comment on function private.read_bigint(jsonb, text[]) is
    'Return the integer at a JSON path of the webhook body; null if absent, an error if it is not an integer from 0 to 10^12. Internal: no API role may execute it.';

revoke all on function private.read_bigint(jsonb, text[]) from public;
