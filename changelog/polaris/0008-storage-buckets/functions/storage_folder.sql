create or replace function public.storage_folder(key text)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    select case
        when key ~ '^[^/]+(/[^/]+)+$'
            and key !~ '(^|/)\.{1,2}(/|$)'
            and key !~ '[[:cntrl:]\\%]'
        then split_part(key, '/', 1)
    end
$$;

comment on function public.storage_folder(text) is
    'The first folder of an object''s key; null for a key without one, or with empty parts, dots for a part, percent signs, backslashes or control characters.';

revoke all on function public.storage_folder(text) from public, anon, authenticated, service_role;
grant execute on function public.storage_folder(text) to authenticated, service_role;
