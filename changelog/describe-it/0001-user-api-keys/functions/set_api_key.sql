create or replace function private.set_api_key(p_provider text, p_envelope text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if auth.uid() is null then
        raise exception 'Only a user can set a key' using errcode = 'insufficient_privilege';
    end if;
    if p_provider is null or p_provider not in ('openai', 'unsplash', 'anthropic') then
        raise exception 'The provider must be openai, unsplash or anthropic' using errcode = 'invalid_parameter_value';
    end if;
    if p_envelope is null then
        raise exception 'The key must not be null' using
            errcode = 'null_value_not_allowed',
            hint = 'Use delete_api_key to remove a key.';
    end if;

    insert into public.user_api_keys as k (user_id, openai_api_key, unsplash_api_key, anthropic_api_key)
    values (
        auth.uid(),
        case when p_provider = 'openai' then p_envelope end,
        case when p_provider = 'unsplash' then p_envelope end,
        case when p_provider = 'anthropic' then p_envelope end
    )
    on conflict (user_id) do update
    set openai_api_key = coalesce(excluded.openai_api_key, k.openai_api_key),
        unsplash_api_key = coalesce(excluded.unsplash_api_key, k.unsplash_api_key),
        anthropic_api_key = coalesce(excluded.anthropic_api_key, k.anthropic_api_key),
        last_validated_at = null;
end
$$;

comment on function private.set_api_key(text, text) is
    'Set or replace the caller''s encrypted key of a provider (openai, unsplash or anthropic), and reset last_validated_at.';

revoke all on function private.set_api_key(text, text) from public;
