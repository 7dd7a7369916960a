create or replace function private.handle_new_user()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- A name that the sign-up form sends is text from a stranger: taken only where it fits. Read as jsonb, since the columns of
    -- accounts are not ours, and a sign-up must not fail for one that is gone.
    insert into public.profiles (id, email, full_name)
    values (new.id, new.email, nullif(left(btrim(to_jsonb(new) -> 'raw_user_meta_data' ->> 'full_name'), 200), ''))
    on conflict (id) do nothing;
    return null;
end
$$;

comment on function private.handle_new_user() is 'Makes the profile of a new account. What the sign-up sends can set its name and nothing else.';

revoke all on function private.handle_new_user() from public;
