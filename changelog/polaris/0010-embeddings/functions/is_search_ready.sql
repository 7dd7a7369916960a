create or replace function public.is_search_ready()
returns boolean
language sql
stable
security invoker
set search_path = ''
return exists (
    select
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'public'::regnamespace
        and p.proname = 'search_catalog'
);

comment on function public.is_search_ready() is
    'Whether search_catalog and search_user_library exist; they require pgvector. For users and the service.';

revoke all on function public.is_search_ready() from public, anon, authenticated, service_role;
grant execute on function public.is_search_ready() to authenticated, service_role;
