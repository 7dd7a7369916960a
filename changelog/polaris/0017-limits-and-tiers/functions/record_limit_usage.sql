create or replace function private.record_limit_usage(p_user uuid, p_key text, p_amount numeric, p_at timestamptz)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    kind public.limits_catalog;
begin
    if p_user is null or p_user is distinct from (select auth.uid()) and not private.is_service() then
        raise exception 'only the user or the service may record usage'
            using errcode = 'insufficient_privilege';
    end if;
    if p_amount is null or p_amount <= 0 or p_amount >= 1e12 or p_at is null
        or p_at > now() and not private.is_service()
        or p_at < now() - interval '1 day' and not private.is_service()
    then
        raise exception 'p_amount must be above 0 and below 10^12, and p_at within the last 24 hours'
            using errcode = 'invalid_parameter_value';
    end if;
    select *
    into kind
    from public.limits_catalog as c
    where c.key = p_key;
    if kind.key is null or kind.window_kind = 'none' then
        raise exception 'limit % does not exist or is not counted', p_key
            using
                errcode = 'no_data_found',
                hint = 'limits_catalog lists the keys; keys of window_kind none are ceilings, not counters.';
    end if;
    -- Lock the profile, which exists also before the first use, so that concurrent calls of one user cannot both pass the limit.
    perform
    from public.profiles as p
    where p.id = p_user
    for no key update;
    if not found then
        raise exception 'profile % does not exist', p_user
            using errcode = 'no_data_found';
    end if;
    if private.compute_limit_usage(p_user, p_key, p_at) + p_amount > private.compute_effective_limit(p_user, p_key) then
        return false;
    end if;
    insert into public.limit_usage as u (user_id, key, window_start, used)
    values (p_user, p_key, private.compute_limit_window_start(kind.window_kind, p_at), p_amount)
    on conflict (user_id, key, window_start) do update
    set used = u.used + excluded.used;
    return true;
end
$$;

comment on function private.record_limit_usage(uuid, text, numeric, timestamptz) is
    'Record usage of a limit and return true; return false and record nothing if p_amount would exceed the limit of the window. For the user and the service.';

revoke all on function private.record_limit_usage(uuid, text, numeric, timestamptz) from public;
grant execute on function private.record_limit_usage(uuid, text, numeric, timestamptz) to authenticated, service_role;

create or replace function public.record_limit_usage(p_user uuid, p_key text, p_amount numeric)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.record_limit_usage(p_user, p_key, p_amount, now());

comment on function public.record_limit_usage(uuid, text, numeric) is
    'Record usage of p_key: true if p_amount is within the limit and recorded, false if nothing was recorded. For the user and the service.';

revoke all on function public.record_limit_usage(uuid, text, numeric) from public, anon, authenticated, service_role;
grant execute on function public.record_limit_usage(uuid, text, numeric) to authenticated, service_role;
