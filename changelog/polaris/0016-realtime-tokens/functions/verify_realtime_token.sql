create or replace function public.verify_realtime_token(p_token text)
returns jsonb
language sql
stable
security invoker
set search_path = ''
return (
    select jsonb_build_object(
        'id', t.id, 'user_id', t.user_id, 'session_id', t.session_id, 'scope', t.scope, 'provider', t.provider, 'expires_at', t.expires_at, 'meta', t.meta)
    from public.realtime_tokens as t
    where t.token_hash = encode(sha256(convert_to(p_token, 'UTF8')), 'hex')
        and t.revoked_at is null
        and t.expires_at > now()
);

comment on function public.verify_realtime_token(text) is
    'Return the owner, scope and data of a valid token; null for an unknown, expired or revoked one, without saying which. For the service.';

revoke all on function public.verify_realtime_token(text) from public, anon, authenticated, service_role;
grant execute on function public.verify_realtime_token(text) to service_role;
