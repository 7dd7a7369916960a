create or replace function public.clean_expired_exports(p_exports integer default 1000)
returns uuid[]
language sql
volatile
security invoker
set search_path = ''
return private.clean_expired_exports(p_exports);

comment on function public.clean_expired_exports(integer) is
    'Takes the file_url off up to p_exports completed exports that have expired and says which they are; their files can be deleted.';

revoke all on function public.clean_expired_exports(integer) from public, anon, authenticated, service_role;
grant execute on function public.clean_expired_exports(integer) to service_role;
grant execute on function private.clean_expired_exports(integer) to service_role;
