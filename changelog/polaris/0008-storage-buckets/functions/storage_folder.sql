create or replace function public.storage_folder(key text)
returns text
language sql
immutable
security invoker
set search_path = ''
return private.get_folder(key);

comment on function public.storage_folder(text) is
    'First folder of an object''s key; null for a key without a folder, with empty or dot parts, percent signs, backslashes or control characters. For users and the service.';

revoke all on function public.storage_folder(text) from public, anon, authenticated, service_role;
grant execute on function public.storage_folder(text) to authenticated, service_role;
