create or replace function private.handle_new_user()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- The name from the sign-up form is untrusted: replace control characters, trim and truncate it. Read it through jsonb,
    -- because Supabase owns auth.users, and a sign-up must not fail if the column is removed.
    insert into public.profiles (id, email, full_name)
    values (
        new.id,
        new.email,
        nullif(left(btrim(regexp_replace(to_jsonb(new) -> 'raw_user_meta_data' ->> 'full_name', '[[:cntrl:]\u202a-\u202e\u2066-\u2069]+', ' ', 'g')), 200), '')
    )
    on conflict (id) do nothing;
    return null;
end
$$;

comment on function private.handle_new_user() is 'Trigger: create the profile of a new account. Sign-up data can set only the name.';

revoke all on function private.handle_new_user() from public;
