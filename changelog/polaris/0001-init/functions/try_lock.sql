create or replace function public.try_lock(key text)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return pg_try_advisory_lock(hashtextextended(key, 0));

comment on function public.try_lock(text) is
    'Acquire the session-level advisory lock of this name without waiting; reentrant. For the service, over connections that are not pooled.';

revoke all on function public.try_lock(text) from public, anon, authenticated, service_role;
grant execute on function public.try_lock(text) to service_role;
