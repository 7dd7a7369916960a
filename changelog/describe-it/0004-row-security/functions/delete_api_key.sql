create or replace function public.delete_api_key(p_provider text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.delete_api_key(p_provider);

comment on function public.delete_api_key(text) is
    'Delete the caller''s key of a provider (openai, unsplash or anthropic), if present. For users.';

revoke all on function public.delete_api_key(text) from public, anon, authenticated, service_role;
grant execute on function public.delete_api_key(text) to authenticated;
grant execute on function private.delete_api_key(text) to authenticated;
