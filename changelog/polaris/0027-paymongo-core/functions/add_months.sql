create or replace function private.months_later(p_at timestamptz, p_months integer)
returns timestamptz
language sql
immutable
security invoker
set search_path = ''
return (p_at at time zone 'Asia/Manila' + make_interval(months => p_months)) at time zone 'Asia/Manila';

comment on function private.months_later(timestamptz, integer) is
    'The same time of day in Manila so many months on, whatever the time zone of the session. Called by definers only; nobody else may execute it.';

revoke all on function private.months_later(timestamptz, integer) from public;
