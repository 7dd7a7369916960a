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
        raise exception 'usage is recorded by the person who uses, or by the service'
            using errcode = 'insufficient_privilege';
    end if;
    if p_amount is null or p_amount <= 0 or p_amount >= 1e12 or p_at is null
        or p_at > now() and not private.is_service()
        or p_at < now() - interval '1 day' and not private.is_service()
    then
        raise exception 'an amount above nothing, now'
            using errcode = 'invalid_parameter_value';
    end if;
    select *
    into kind
    from public.limits_catalog as c
    where c.key = p_key;
    if kind.key is null or kind.window_kind = 'none' then
        raise exception 'nothing is counted under %', p_key
            using
                errcode = 'no_data_found',
                hint = 'limits_catalog has the keys; those of window_kind none are ceilings.';
    end if;
    -- One at a time for a person, so that two cannot both see room for one. A row that is there to lock, also before the first use.
    perform
    from public.profiles as p
    where p.id = p_user
    for no key update;
    if not found then
        raise exception 'no profile %', p_user
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
    'Records that much and is true, or is false and records nothing where it would pass the limit of the window.';

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
    'True where p_amount of p_key was within the limit and is recorded; false where nothing was.';

revoke all on function public.record_limit_usage(uuid, text, numeric) from public, anon, authenticated, service_role;
grant execute on function public.record_limit_usage(uuid, text, numeric) to authenticated, service_role;
