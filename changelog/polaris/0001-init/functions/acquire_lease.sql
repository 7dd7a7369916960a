create or replace function private.acquire_lease(p_name text, p_owner text, p_seconds integer)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if p_seconds is null or p_seconds not between 1 and 86400 or coalesce(p_owner, '') = '' or coalesce(p_name, '') = '' then
        raise exception 'a lease needs a name, an owner and 1 to 86400 seconds'
            using errcode = 'invalid_parameter_value';
    end if;
    insert into private.leases as l (name, owner, taken_at, expires_at)
    values (p_name, p_owner, clock_timestamp(), clock_timestamp() + make_interval(secs => p_seconds))
    on conflict (name) do update
    set owner = excluded.owner,
        taken_at = case when l.owner = excluded.owner and l.expires_at > excluded.taken_at then l.taken_at else excluded.taken_at end,
        expires_at = excluded.expires_at
    where l.owner = excluded.owner
        or l.expires_at <= clock_timestamp();
    return found;
end
$$;

comment on function private.acquire_lease(text, text, integer) is
    'Acquire or extend a lease for p_owner for p_seconds from now; false if another owner holds it.';

revoke all on function private.acquire_lease(text, text, integer) from public;
grant execute on function private.acquire_lease(text, text, integer) to service_role;

create or replace function public.acquire_lease(p_name text, p_owner text, p_seconds integer)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.acquire_lease(p_name, p_owner, p_seconds);

comment on function public.acquire_lease(text, text, integer) is
    'Acquire or extend a lease for p_owner for p_seconds from now; false if another owner holds it. For the service, also over pooled connections.';

revoke all on function public.acquire_lease(text, text, integer) from public, anon, authenticated, service_role;
grant execute on function public.acquire_lease(text, text, integer) to service_role;
