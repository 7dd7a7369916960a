create or replace function public.clean_expired_exports(p_exports integer default 1000)
returns uuid[]
language sql
volatile
security invoker
set search_path = ''
return private.clean_expired_exports(p_exports);

comment on function public.clean_expired_exports(integer) is
    'Clear file_url of up to p_exports expired exports and return their ids; their files can then be deleted. For the service.';

revoke all on function public.clean_expired_exports(integer) from public, anon, authenticated, service_role;
grant execute on function public.clean_expired_exports(integer) to service_role;
grant execute on function private.clean_expired_exports(integer) to service_role;
