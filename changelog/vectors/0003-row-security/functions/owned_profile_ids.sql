create or replace function private.owned_profile_ids()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return query
        select p.id
        from public.game_profiles as p
        where p.user_id = (select auth.uid());
end
$$;

comment on function private.owned_profile_ids() is 'Ids of the caller''s game profiles; no rows for a caller without an account.';

revoke all on function private.owned_profile_ids() from public;
grant execute on function private.owned_profile_ids() to authenticated;
