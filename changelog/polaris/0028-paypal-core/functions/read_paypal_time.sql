create or replace function private.read_paypal_time(p_body jsonb, p_path text[])
returns timestamptz
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    value text := private.read_text(p_body, p_path);
begin
    if value !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})$' then
        raise exception '% is not an ISO 8601 timestamp', array_to_string(p_path, '.')
            using errcode = 'invalid_parameter_value';
    end if;
    return value::timestamptz;
end
$$;

comment on function private.read_paypal_time(jsonb, text[]) is
    'Return the timestamp at a JSON path of the webhook body; null if absent, an error if it is not an ISO 8601 timestamp. Internal: no API role may execute it.';

revoke all on function private.read_paypal_time(jsonb, text[]) from public;
