create or replace function private.delete_api_key(p_provider text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if auth.uid() is null then
        raise exception 'Only a user can delete a key' using errcode = 'insufficient_privilege';
    end if;
    if p_provider is null or p_provider not in ('openai', 'unsplash', 'anthropic') then
        raise exception 'The provider must be openai, unsplash or anthropic' using errcode = 'invalid_parameter_value';
    end if;

    update public.user_api_keys as k
    set openai_api_key = case when p_provider <> 'openai' then k.openai_api_key end,
        unsplash_api_key = case when p_provider <> 'unsplash' then k.unsplash_api_key end,
        anthropic_api_key = case when p_provider <> 'anthropic' then k.anthropic_api_key end
    where k.user_id = auth.uid();
end
$$;

comment on function private.delete_api_key(text) is 'Delete the caller''s key of a provider (openai, unsplash or anthropic), if present.';

revoke all on function private.delete_api_key(text) from public;
