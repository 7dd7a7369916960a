create or replace function private.finish_key_validation(p_user uuid, p_provider text, p_claim uuid, p_result text, p_error text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- The error of the check constraint would quote the row, including a text that may contain a key.
    if p_result is null or p_result not in ('valid', 'invalid', 'failed')
        or (p_result = 'failed') is distinct from coalesce(p_error in ('timeout', 'rate_limited', 'unavailable', 'decryption_failed', 'other'), false)
        or (p_result <> 'failed' and p_error is not null)
    then
        raise exception 'The result must be valid, invalid or failed, the last one with an error code' using
            errcode = 'invalid_parameter_value',
            hint = 'Codes: timeout, rate_limited, unavailable, decryption_failed, other. Never pass the message of a provider; it may quote the key.';
    end if;
    -- Lock the keys before the entry, as a user who sets a key does; the reverse order could deadlock.
    perform
    from public.user_api_keys as k
    where k.user_id = p_user
    for no key update;
    update private.key_validations as v
    set status = case when p_result <> 'failed' then p_result when v.attempts < 5 then 'queued' else 'dead' end,
        run_after = clock_timestamp() + interval '1 minute' * 2 ^ (v.attempts - 1),
        claim = null,
        last_error = p_error,
        checked_at = case when p_result <> 'failed' then clock_timestamp() end
    where v.user_id = p_user
        and v.provider = p_provider
        and v.claim = p_claim;
    if not found then
        return false;
    end if;
    perform private.apply_key_validations(p_user);
    return true;
end
$$;

comment on function private.finish_key_validation(uuid, text, uuid, text, text) is
    'Record the result of a claimed key; false if the claim was lost. A failed key waits 1, 2, 4 and 8 minutes, and is dead after the fifth failure.';

revoke all on function private.finish_key_validation(uuid, text, uuid, text, text) from public;
grant execute on function private.finish_key_validation(uuid, text, uuid, text, text) to service_role;

create or replace function public.finish_key_validation(p_user uuid, p_provider text, p_claim uuid, p_result text, p_error text default null)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.finish_key_validation(p_user, p_provider, p_claim, p_result, p_error);

comment on function public.finish_key_validation(uuid, text, uuid, text, text) is
    'Record that a claimed key is valid, invalid or failed (with an error code); false if the claim expired or the key was replaced. For the service.';

revoke all on function public.finish_key_validation(uuid, text, uuid, text, text) from public, anon, authenticated, service_role;
grant execute on function public.finish_key_validation(uuid, text, uuid, text, text) to service_role;
