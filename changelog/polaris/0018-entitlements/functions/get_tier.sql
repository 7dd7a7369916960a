create or replace function private.get_tier(p_user uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return private.get_tier_at(p_user, now());
end
$$;
