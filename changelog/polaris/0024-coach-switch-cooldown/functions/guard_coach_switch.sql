create or replace function private.guard_coach_switch()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- An account that is deleted takes its switches along.
    if tg_op = 'DELETE' and not exists (select from public.profiles as p where p.id = old.user_id) then
        return old;
    end if;
    raise exception 'switches of coaches are only added to'
        using
            errcode = 'insufficient_privilege',
            hint = 'Let set_user_coach set another coach; what staff set counts for no rule.';
end
$$;

comment on function private.guard_coach_switch() is 'Refuses to change or delete a switch, unless its account goes.';

revoke all on function private.guard_coach_switch() from public;
