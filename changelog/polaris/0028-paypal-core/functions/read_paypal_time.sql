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
        raise exception '% is no time', array_to_string(p_path, '.')
            using errcode = 'invalid_parameter_value';
    end if;
    return value::timestamptz;
end
$$;

comment on function private.read_paypal_time(jsonb, text[]) is
    'The time at a path; null where there is none, an error where there is something else. Called by definers only; nobody else may execute it.';

revoke all on function private.read_paypal_time(jsonb, text[]) from public;
