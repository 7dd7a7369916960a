create or replace function private.get_review_interval(p_step integer)
returns integer
language sql
immutable
parallel safe
security invoker
set search_path = ''
return (array[1, 3, 7, 14])[p_step];

comment on function private.get_review_interval(integer) is 'Number of days that review step p_step waits: 1, 3, 7 or 14. Internal: no API role may execute it.';

revoke all on function private.get_review_interval(integer) from public;
