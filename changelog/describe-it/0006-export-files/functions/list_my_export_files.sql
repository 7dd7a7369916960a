create or replace function public.list_my_export_files()
returns table (export_id uuid, name text)
language sql
stable
security invoker
set search_path = ''
return private.get_my_export_files();

comment on function public.list_my_export_files() is
    'Names in bucket exports of the files of the caller''s completed exports that have not expired, to create signed URLs. For users.';

revoke all on function public.list_my_export_files() from public, anon, authenticated, service_role;
grant execute on function public.list_my_export_files() to authenticated;
