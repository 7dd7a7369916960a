create or replace function private.read_text(p_body jsonb, p_path text[])
returns text
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    value jsonb := p_body #> p_path;
begin
    if coalesce(jsonb_typeof(value), 'null') = 'null' or value = '""' then
        return null;
    end if;
    if jsonb_typeof(value) <> 'string' or char_length(value #>> '{}') > 300 then
        raise exception '% is not a text of at most 300 characters', array_to_string(p_path, '.')
            using errcode = 'invalid_parameter_value';
    end if;
    return value #>> '{}';
end
$$;

comment on function private.read_text(jsonb, text[]) is
    'Return the text at a JSON path of the webhook body; null if absent or empty, an error if it is not a text of at most 300 characters. Internal: no API role may execute it.';

revoke all on function private.read_text(jsonb, text[]) from public;
