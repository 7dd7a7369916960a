create or replace function private.guard_coach_switch()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Allow the delete cascade of an account.
    if tg_op = 'DELETE' and not exists (select from public.profiles as p where p.id = old.user_id) then
        return old;
    end if;
    raise exception 'public.coach_switches is append-only'
        using
            errcode = 'insufficient_privilege',
            hint = 'Set another coach with set_user_coach; its switches do not count against the rule.';
end
$$;

comment on function private.guard_coach_switch() is 'Reject updates and deletes of a coach switch, except for the delete cascade of its account.';

revoke all on function private.guard_coach_switch() from public;
