create or replace function private.list_open_assigned_set_ids()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return query
        select a.set_id
        from public.assignments as a
        where a.user_id = (select auth.uid())
            and a.set_id is not null
            and a.state in ('assigned', 'in_progress');
end
$$;

comment on function private.list_open_assigned_set_ids() is 'Ids of the sets in the caller''s open assignments.';

revoke all on function private.list_open_assigned_set_ids() from public;
grant execute on function private.list_open_assigned_set_ids() to authenticated;
