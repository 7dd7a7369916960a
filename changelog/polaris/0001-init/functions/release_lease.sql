create or replace function private.release_lease(p_name text, p_owner text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from private.leases as l
    where l.name = p_name
        and l.owner = p_owner
        and l.expires_at > clock_timestamp();
    return found;
end
$$;

comment on function private.release_lease(text, text) is
    'Release a lease; false if p_owner no longer held it, so the job took too long. For the service.';

revoke all on function private.release_lease(text, text) from public;
grant execute on function private.release_lease(text, text) to service_role;

create or replace function public.release_lease(p_name text, p_owner text)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.release_lease(p_name, p_owner);

comment on function public.release_lease(text, text) is
    'Release a lease; false if p_owner no longer held it, so the job took too long. For the service.';

revoke all on function public.release_lease(text, text) from public, anon, authenticated, service_role;
grant execute on function public.release_lease(text, text) to service_role;
