create or replace function private.get_effective_limit(p_user uuid, p_key text)
returns numeric
language sql
stable
security definer
set search_path = ''
as $$
    select private.compute_effective_limit(p_user, p_key)
    where p_user = (select auth.uid())
        or private.is_service()
$$;

comment on function private.get_effective_limit(uuid, text) is
    'The effective limit of the caller, or of anyone where the service asks; null about others.';

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
    'How much of p_key the caller may use; Infinity for no limit, null about others.';

revoke all on function public.get_effective_limit(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.get_effective_limit(uuid, text) to authenticated, service_role;
