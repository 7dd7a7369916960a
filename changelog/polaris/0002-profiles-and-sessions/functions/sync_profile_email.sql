create or replace function private.sync_profile_email()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.profiles as p
    set email = new.email
    where p.id = new.id
        and p.email is distinct from new.email;
    return null;
end
$$;

comment on function private.sync_profile_email() is 'Trigger: copy a changed email address of an account to its profile.';

revoke all on function private.sync_profile_email() from public;
