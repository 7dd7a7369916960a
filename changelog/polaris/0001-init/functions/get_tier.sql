create or replace function private.get_tier(p_user uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select p.tier
    from public.profiles as p
    where p.id = p_user
$$;

comment on function private.get_tier(uuid) is
    'The plan of a person; null without a profile. Called by definers only; nobody else may execute it.';

revoke all on function private.get_tier(uuid) from public;
