create or replace function private.get_effective_limit(p_user uuid, p_key text)
returns numeric
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select private.compute_effective_limit(p_user, p_key)
        where p_user = (select auth.uid())
            or private.is_service()
    );
end
$$;

comment on function private.get_effective_limit(uuid, text) is
    'Limit of p_key for the caller, or for any user if the service calls; null for other users.';

revoke all on function private.get_effective_limit(uuid, text) from public;
grant execute on function private.get_effective_limit(uuid, text) to authenticated, service_role;

create or replace function public.get_effective_limit(p_user uuid, p_key text)
returns numeric
language sql
stable
security invoker
set search_path = ''
return private.get_effective_limit(p_user, p_key);

comment on function public.get_effective_limit(uuid, text) is
    'Limit of p_key for the caller, or for any user if the service calls. Infinity for no limit, null for other users.';

revoke all on function public.get_effective_limit(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.get_effective_limit(uuid, text) to authenticated, service_role;
