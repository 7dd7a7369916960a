create or replace function private.add_months(p_at timestamptz, p_months integer)
returns timestamptz
language sql
immutable
security invoker
set search_path = ''
return (p_at at time zone 'Asia/Manila' + make_interval(months => p_months)) at time zone 'Asia/Manila';

comment on function private.add_months(timestamptz, integer) is
    'The same time of day in Manila so many months on, whatever the time zone of the session. Called by definers only; nobody else may execute it.';

revoke all on function private.add_months(timestamptz, integer) from public;
