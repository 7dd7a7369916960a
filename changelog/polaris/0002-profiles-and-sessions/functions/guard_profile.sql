create or replace function private.guard_profile()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if current_user in ('anon', 'authenticated') then
        raise exception 'role, tier, email and id of a profile are not for its owner to write'
            using
                errcode = 'insufficient_privilege',
                hint = 'A role is set by an admin through set_user_role; a tier follows from what was paid for or given.';
    end if;
    return new;
end
$$;

comment on function private.guard_profile() is 'Refuses a change of role, tier, email or id by a client. Definers and the service pass.';

revoke all on function private.guard_profile() from public;
