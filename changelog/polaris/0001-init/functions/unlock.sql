create or replace function public.unlock(key text)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return pg_advisory_unlock(hashtextextended(key, 0));

comment on function public.unlock(text) is
    'Release the advisory lock acquired by try_lock in this session; false if not held. For the service.';

revoke all on function public.unlock(text) from public, anon, authenticated, service_role;
grant execute on function public.unlock(text) to service_role;
