create or replace function private.my_tier()
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select private.tier_of((select auth.uid()))
$$;

comment on function private.my_tier() is 'The caller''s plan; null for a caller without a profile.';

revoke all on function private.my_tier() from public;
grant execute on function private.my_tier() to authenticated;
