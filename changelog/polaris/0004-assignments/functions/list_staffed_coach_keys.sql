create or replace function private.list_staffed_coach_keys()
returns setof text
language sql
stable
security definer
set search_path = ''
as $$
    select s.coach_key
    from public.coach_staff as s
    where s.user_id = (select auth.uid())
$$;

comment on function private.list_staffed_coach_keys() is 'The coaches that the caller acts for; none for most.';

revoke all on function private.list_staffed_coach_keys() from public;
grant execute on function private.list_staffed_coach_keys() to authenticated;
