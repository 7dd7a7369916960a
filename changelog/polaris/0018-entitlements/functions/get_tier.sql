create or replace function private.tier_of(p_user uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select private.tier_at(p_user, now())
$$;
