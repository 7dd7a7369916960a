create or replace function private.are_files_in_folder(p_files jsonb, p_folder uuid)
returns boolean
language sql
immutable
security invoker
set search_path = ''
return (
    select coalesce(bool_and(f.folder is not null and (p_folder is null or f.folder = p_folder::text)), true)
    from jsonb_path_query(p_files, '$[*].path') as p (path),
        private.get_folder(p.path #>> '{}') as f (folder)
);

comment on function private.are_files_in_folder(jsonb, uuid) is
    'Whether each path in an array of files is inside the folder; for a null folder, whether private.get_folder accepts each path.';

revoke all on function private.are_files_in_folder(jsonb, uuid) from public;
grant execute on function private.are_files_in_folder(jsonb, uuid) to service_role;
