create or replace function public.list_my_api_keys()
returns text[]
language sql
stable
security invoker
set search_path = ''
return private.list_my_api_keys();

comment on function public.list_my_api_keys() is 'Providers for which the caller has a key; null if the caller never set one. For users.';

revoke all on function public.list_my_api_keys() from public, anon, authenticated, service_role;
grant execute on function public.list_my_api_keys() to authenticated;
grant execute on function private.list_my_api_keys() to authenticated;
