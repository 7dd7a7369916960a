create or replace function private.get_smallest_crowd()
returns integer
language sql
immutable
parallel safe
security invoker
set search_path = ''
return 5;

comment on function private.get_smallest_crowd() is
    'Minimum number of learners before other users see a total of their results. Internal: no role may execute it directly.';

revoke all on function private.get_smallest_crowd() from public;
