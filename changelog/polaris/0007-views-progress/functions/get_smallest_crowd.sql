create or replace function private.get_smallest_crowd()
returns integer
language sql
immutable
parallel safe
security invoker
set search_path = ''
return 5;

comment on function private.get_smallest_crowd() is
    'Learners who must have contributed before others see a sum of what they did. Called by definers only; nobody else may execute it.';

revoke all on function private.get_smallest_crowd() from public;
