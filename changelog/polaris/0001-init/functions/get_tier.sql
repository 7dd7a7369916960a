create or replace function private.get_tier(p_user uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select p.tier
        from public.profiles as p
        where p.id = p_user
    );
end
$$;

comment on function private.get_tier(uuid) is
    'Tier of a user; null without a profile. Internal: no role may execute it directly.';

revoke all on function private.get_tier(uuid) from public;
