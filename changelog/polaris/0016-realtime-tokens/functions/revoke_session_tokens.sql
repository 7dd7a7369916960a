create or replace function private.revoke_session_tokens()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.realtime_tokens as t
    set revoked_at = now(),
        reason = 'the session is ' || new.status
    where t.session_id = new.id
        and t.revoked_at is null;
    return null;
end
$$;

comment on function private.revoke_session_tokens() is 'Revoke the tokens of a session that is no longer started.';

revoke all on function private.revoke_session_tokens() from public;
