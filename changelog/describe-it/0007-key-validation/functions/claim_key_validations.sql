create or replace function private.claim_key_validations(p_keys integer, p_seconds integer)
returns table (user_id uuid, provider text, claim uuid, attempt integer)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
    if p_keys is null or p_keys not between 1 and 100 or p_seconds is null or p_seconds not between 1 and 3600 then
        raise exception 'A claim has 1 to 100 keys and 1 to 3600 seconds' using errcode = 'invalid_parameter_value';
    end if;
    return query
        with due as materialized (
            select v.user_id, v.provider
            from private.key_validations as v
            where v.status in ('queued', 'claimed')
                and v.run_after <= clock_timestamp()
            order by v.run_after
            limit p_keys
            for update skip locked
        ),
        taken as (
            update private.key_validations as v
            set status = case when v.attempts < 5 then 'claimed' else 'dead' end,
                attempts = least(v.attempts + 1, 5),
                run_after = clock_timestamp() + make_interval(secs => p_seconds),
                claim = case when v.attempts < 5 then gen_random_uuid() end,
                last_error = case when v.status = 'claimed' then 'lease_expired' else v.last_error end
            from due as d
            where v.user_id = d.user_id
                and v.provider = d.provider
            returning v.user_id, v.provider, v.claim, v.attempts
        )
        select t.user_id, t.provider, t.claim, t.attempts
        from taken as t
        where t.claim is not null;
end
$$;

comment on function private.claim_key_validations(integer, integer) is
    'Lease up to p_keys due keys for p_seconds. A key whose fifth lease has expired becomes dead instead.';

revoke all on function private.claim_key_validations(integer, integer) from public;
grant execute on function private.claim_key_validations(integer, integer) to service_role;

create or replace function public.claim_key_validations(p_keys integer default 10, p_seconds integer default 300)
returns table (user_id uuid, provider text, claim uuid, attempt integer)
language sql
volatile
security invoker
set search_path = ''
return private.claim_key_validations(p_keys, p_seconds);

comment on function public.claim_key_validations(integer, integer) is
    'Lease up to p_keys (1 to 100) keys to validate for p_seconds (1 to 3600); report each with finish_key_validation. For the service.';

revoke all on function public.claim_key_validations(integer, integer) from public, anon, authenticated, service_role;
grant execute on function public.claim_key_validations(integer, integer) to service_role;
