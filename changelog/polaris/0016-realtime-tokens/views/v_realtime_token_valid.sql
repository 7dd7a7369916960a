create or replace view public.v_realtime_token_valid
with (security_invoker = true)
as
    select t.id, t.user_id, t.session_id, t.scope, t.provider, t.issued_at, t.expires_at
    from public.realtime_tokens as t
    where t.revoked_at is null
        and t.expires_at > now();

comment on view public.v_realtime_token_valid is 'Tokens visible to the caller that are neither expired nor revoked.';

revoke all on table public.v_realtime_token_valid from public, anon, authenticated, service_role;
grant select on table public.v_realtime_token_valid to authenticated, service_role;
