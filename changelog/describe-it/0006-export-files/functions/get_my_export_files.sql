create or replace function private.get_my_export_files()
returns table (export_id uuid, name text)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return query
        select e.id, concat(e.user_id, '/', e.id, '.', e.export_format)
        from public.export_history as e
        where e.user_id = (select auth.uid())
            and e.status = 'completed'
            and coalesce(e.expires_at > now(), true);
end
$$;

comment on function private.get_my_export_files() is 'Names in bucket exports of the files of the caller''s completed exports that have not expired.';

revoke all on function private.get_my_export_files() from public;
grant execute on function private.get_my_export_files() to authenticated;
