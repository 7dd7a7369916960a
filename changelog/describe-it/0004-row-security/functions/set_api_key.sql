create or replace function public.set_api_key(p_provider text, p_envelope text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_api_key(p_provider, p_envelope);

comment on function public.set_api_key(text, text) is
    'Set or replace the caller''s key of a provider (openai, unsplash or anthropic), given in an encrypted envelope. For users.';

revoke all on function public.set_api_key(text, text) from public, anon, authenticated, service_role;
grant execute on function public.set_api_key(text, text) to authenticated;
grant execute on function private.set_api_key(text, text) to authenticated;
