create or replace function private.list_open_session_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select s.id
    from public.sessions as s
    where s.user_id = (select auth.uid())
        and s.status = 'started'
$$;

comment on function private.list_open_session_ids() is 'Ids of the caller''s sessions that are neither submitted nor ended.';

revoke all on function private.list_open_session_ids() from public;
grant execute on function private.list_open_session_ids() to authenticated;
