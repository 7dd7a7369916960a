create or replace function private.guard_user_progress()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    raise exception 'user_id of user_progress cannot change' using errcode = 'check_violation';
end
$$;

comment on function private.guard_user_progress() is
    'Trigger: reject a new user_id, because the totals were counted from the sessions of the old one.';

revoke all on function private.guard_user_progress() from public;
