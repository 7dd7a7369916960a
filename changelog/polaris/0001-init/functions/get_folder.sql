create or replace function private.get_folder(p_path text)
returns text
language plpgsql
immutable
security invoker
set search_path = ''
as $$
begin
    return case
        when p_path ~ '^[^/]+(/[^/]+)+$'
            and p_path !~ '(^|/)\.{1,2}(/|$)'
            and p_path !~ '[[:cntrl:]\\%]'
        then split_part(p_path, '/', 1)
    end;
end
$$;

comment on function private.get_folder(text) is
    'First folder of a path; null for a path without a folder, with empty or dot parts, percent signs, backslashes or control characters.';

revoke all on function private.get_folder(text) from public;
grant execute on function private.get_folder(text) to authenticated, service_role;
