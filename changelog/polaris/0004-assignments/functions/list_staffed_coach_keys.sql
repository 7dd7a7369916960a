create or replace function private.list_staffed_coach_keys()
returns setof text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return query
        select s.coach_key
        from public.coach_staff as s
        where s.user_id = (select auth.uid());
end
$$;

comment on function private.list_staffed_coach_keys() is 'Keys of the coaches for which the caller is staff; no rows for most users.';

revoke all on function private.list_staffed_coach_keys() from public;
grant execute on function private.list_staffed_coach_keys() to authenticated;
