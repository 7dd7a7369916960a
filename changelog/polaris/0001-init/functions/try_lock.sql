create or replace function public.try_lock(key text)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return pg_try_advisory_lock(hashtextextended(key, 0));

comment on function public.try_lock(text) is
    'Takes the advisory lock of that name for this session, without waiting; re-entrant. For connections that are not pooled.';

revoke all on function public.try_lock(text) from public, anon, authenticated, service_role;
grant execute on function public.try_lock(text) to service_role;
