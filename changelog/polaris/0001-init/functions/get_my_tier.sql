create or replace function private.get_my_tier()
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select private.get_tier((select auth.uid()))
$$;

comment on function private.get_my_tier() is 'Tier of the caller; null without a profile.';

revoke all on function private.get_my_tier() from public;
grant execute on function private.get_my_tier() to authenticated;
