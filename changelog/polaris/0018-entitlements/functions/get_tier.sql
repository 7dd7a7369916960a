create or replace function private.get_tier(p_user uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select private.get_tier_at(p_user, now())
$$;
