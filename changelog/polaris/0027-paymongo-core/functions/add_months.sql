create or replace function private.add_months(p_at timestamptz, p_months integer)
returns timestamptz
language sql
immutable
security invoker
set search_path = ''
return (p_at at time zone 'Asia/Manila' + make_interval(months => p_months)) at time zone 'Asia/Manila';

comment on function private.add_months(timestamptz, integer) is
    'Add months to a time, keeping the time of day in Manila, whatever the time zone of the session. Internal: no API role may execute it.';

revoke all on function private.add_months(timestamptz, integer) from public;
