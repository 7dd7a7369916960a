create or replace function private.mint_realtime_token(p_scope text, p_provider text, p_ttl_seconds integer, p_session_id uuid, p_meta jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    holder uuid := (select auth.uid());
    practice text;
    minutes_left numeric;
    -- Two random UUIDs: 244 bits from the server's cryptographic random generator.
    token text := 'prt_' || replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    minted public.realtime_tokens;
begin
    if holder is null then
        raise exception 'only a signed-in user may get a token'
            using errcode = 'insufficient_privilege';
    end if;
    if p_ttl_seconds is null or p_ttl_seconds not between 30 and 3600 then
        raise exception 'p_ttl_seconds must be from 30 to 3600'
            using errcode = 'invalid_parameter_value';
    end if;
    if p_session_id is not null then
        select s.status
        into practice
        from public.sessions as s
        where s.id = p_session_id
            and s.user_id = holder
        -- An update that ends the session waits for this lock; its trigger then revokes the token.
        for share;
        if not found then
            raise exception 'session % does not exist or does not belong to the caller', p_session_id
                using errcode = 'no_data_found';
        end if;
        if practice <> 'started' then
            raise exception 'session % is %, not started', p_session_id, practice
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Start a new session.';
        end if;
    end if;
    -- Lock the profile, so that concurrent calls of one user cannot both pass the limit.
    perform
    from public.profiles as p
    where p.id = holder
    for no key update;
    if not found then
        raise exception 'profile % does not exist', holder
            using errcode = 'no_data_found';
    end if;
    if (select count(*) from public.realtime_tokens as t where t.user_id = holder and t.expires_at > now() and t.revoked_at is null) >= 5 then
        raise exception 'the user already has five active tokens'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Revoke a token, or wait until one expires.';
    end if;
    -- Counts revoked tokens too: otherwise a loop of minting and revoking would fill the table faster than the job purges it.
    if (
        select count(*)
        from public.realtime_tokens as t
        where t.user_id = holder
            and t.expires_at > now() - interval '1 hour'
            and t.issued_at > now() - interval '1 hour'
    ) >= 240 then
        raise exception 'the limit of 240 tokens an hour is reached'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Reuse each token until it expires.';
    end if;
    minutes_left := private.compute_realtime_minutes_left(holder);
    if minutes_left <= 0 then
        raise exception 'no realtime minutes are left today'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'The minutes are reset at midnight in Manila; a higher plan has more.';
    end if;
    insert into public.realtime_tokens (user_id, session_id, scope, provider, token_hash, expires_at, meta)
    values (
        holder, p_session_id, p_scope, p_provider, encode(sha256(convert_to(token, 'UTF8')), 'hex'),
        -- No longer than the minutes that are left, but at least 30 seconds.
        now() + least(p_ttl_seconds, greatest(30, ceil(minutes_left * 60)))::double precision * interval '1 second',
        coalesce(p_meta, '{}')
    )
    returning * into minted;
    return jsonb_build_object('id', minted.id, 'token', token, 'expires_at', minted.expires_at);
end
$$;

comment on function private.mint_realtime_token(text, text, integer, uuid, jsonb) is
    'Mint a realtime token for the caller, at most 5 active and 240 an hour, while minutes are left. Returns id, token and expires_at; only a hash of the token is stored.';

revoke all on function private.mint_realtime_token(text, text, integer, uuid, jsonb) from public;
grant execute on function private.mint_realtime_token(text, text, integer, uuid, jsonb) to authenticated;

create or replace function public.mint_realtime_token(
    p_scope text default 'realtime',
    p_provider text default 'self',
    p_ttl_seconds integer default 300,
    p_session_id uuid default null,
    p_meta jsonb default '{}'
)
returns jsonb
language sql
volatile
security invoker
set search_path = ''
return private.mint_realtime_token(p_scope, p_provider, p_ttl_seconds, p_session_id, p_meta);

comment on function public.mint_realtime_token(text, text, integer, uuid, jsonb) is
    'Mint a realtime token for the caller. Returns an object with id, token and expires_at; the token cannot be read again.';

revoke all on function public.mint_realtime_token(text, text, integer, uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.mint_realtime_token(text, text, integer, uuid, jsonb) to authenticated;
