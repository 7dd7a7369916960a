create or replace function private.get_my_tier()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return private.get_tier(auth.uid());
end
$$;

comment on function private.get_my_tier() is 'Tier of the caller; null without a profile.';

revoke all on function private.get_my_tier() from public;
grant execute on function private.get_my_tier() to authenticated;
