create or replace function private.guard_profile()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if current_user in ('anon', 'authenticated') then
        raise exception 'clients may not change role, tier, email or id of a profile'
            using
                errcode = 'insufficient_privilege',
                hint = 'Admins set the role with set_user_role; the tier follows from payments and grants.';
    end if;
    return new;
end
$$;

comment on function private.guard_profile() is
    'Trigger: reject changes of role, tier, email or id by clients. Security definer functions and the service may change them.';

revoke all on function private.guard_profile() from public;
