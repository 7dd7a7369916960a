create or replace function private.enqueue_key_validations(p_keys integer, p_age interval)
returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
    with due as (
        select k.user_id, p.provider
        from public.user_api_keys as k
        cross join lateral (values
            ('openai', k.openai_api_key),
            ('unsplash', k.unsplash_api_key),
            ('anthropic', k.anthropic_api_key)
        ) as p (provider, envelope)
        left join private.key_validations as v
            on v.user_id = k.user_id
            and v.provider = p.provider
        where p.envelope is not null
            and (v.user_id is null or v.status = 'valid' and v.checked_at < now() - p_age)
        order by v.checked_at nulls first
        limit p_keys
        -- Rows that are being deleted are skipped.
        for key share of k skip locked
    ),
    queued as (
        insert into private.key_validations as v (user_id, provider)
        select d.user_id, d.provider
        from due as d
        on conflict (user_id, provider) do update
        set status = excluded.status,
            attempts = excluded.attempts,
            run_after = excluded.run_after,
            checked_at = null
        where v.status = 'valid'
        returning v.user_id
    )
    select count(*) from queued
$$;

comment on function private.enqueue_key_validations(integer, interval) is
    'Queue up to p_keys keys that were never validated, or were last found valid longer than p_age ago, and return their number.';

revoke all on function private.enqueue_key_validations(integer, interval) from public;
grant execute on function private.enqueue_key_validations(integer, interval) to service_role;

create or replace function public.enqueue_key_validations(p_keys integer default 1000, p_age interval default '30 days')
returns bigint
language sql
volatile
security invoker
set search_path = ''
return private.enqueue_key_validations(p_keys, p_age);

comment on function public.enqueue_key_validations(integer, interval) is
    'Queue up to p_keys keys that were never validated, or were last found valid longer than p_age ago, and return their number. For the service.';

revoke all on function public.enqueue_key_validations(integer, interval) from public, anon, authenticated, service_role;
grant execute on function public.enqueue_key_validations(integer, interval) to service_role;
