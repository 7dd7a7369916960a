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
    -- Two uuids: 244 bits of the server's strong randomness.
    token text := 'prt_' || replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    minted public.realtime_tokens;
begin
    if holder is null then
        raise exception 'a token is given to whoever is signed in'
            using errcode = 'insufficient_privilege';
    end if;
    if p_ttl_seconds is null or p_ttl_seconds not between 30 and 3600 then
        raise exception 'a token holds for 30 to 3600 seconds'
            using errcode = 'invalid_parameter_value';
    end if;
    if p_session_id is not null then
        select s.status
        into practice
        from public.sessions as s
        where s.id = p_session_id
            and s.user_id = holder
        -- Whoever ends it at this moment waits, and then takes the token back.
        for share;
        if not found then
            raise exception 'no session % of yours', p_session_id
                using errcode = 'no_data_found';
        end if;
        if practice <> 'started' then
            raise exception 'session % is %', p_session_id, practice
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Start another.';
        end if;
    end if;
    -- One at a time for a person, so that two cannot both see room for one.
    perform
    from public.profiles as p
    where p.id = holder
    for no key update;
    if not found then
        raise exception 'no profile %', holder
            using errcode = 'no_data_found';
    end if;
    if (select count(*) from public.realtime_tokens as t where t.user_id = holder and t.expires_at > now() and t.revoked_at is null) >= 5 then
        raise exception 'five tokens are in use'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Take one back, or wait until one is over.';
    end if;
    -- Also of those that were taken back: whoever takes back and asks again would fill the table faster than the job clears it.
    if (
        select count(*)
        from public.realtime_tokens as t
        where t.user_id = holder
            and t.expires_at > now() - interval '1 hour'
            and t.issued_at > now() - interval '1 hour'
    ) >= 240 then
        raise exception 'there were 240 tokens within an hour'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Use a token until it is over.';
    end if;
    minutes_left := private.compute_realtime_minutes_left(holder);
    if minutes_left <= 0 then
        raise exception 'no minutes are left today'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'They come back at midnight in Manila; a higher plan has more.';
    end if;
    insert into public.realtime_tokens (user_id, session_id, scope, provider, token_hash, expires_at, meta)
    values (
        holder, p_session_id, p_scope, p_provider, encode(sha256(convert_to(token, 'UTF8')), 'hex'),
        -- Not much longer than the minutes that are left.
        now() + least(p_ttl_seconds, greatest(30, ceil(minutes_left * 60)))::double precision * interval '1 second',
        coalesce(p_meta, '{}')
    )
    returning * into minted;
    return jsonb_build_object('id', minted.id, 'token', token, 'expires_at', minted.expires_at);
end
$$;

comment on function private.mint_realtime_token(text, text, integer, uuid, jsonb) is
    'Gives the caller a token of up to five that hold and 240 an hour, while minutes are left; id, token and expires_at. The token is shown this once.';

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
    'Gives the caller a token: an object of id, token and expires_at. The token is shown this once.';

revoke all on function public.mint_realtime_token(text, text, integer, uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.mint_realtime_token(text, text, integer, uuid, jsonb) to authenticated;
