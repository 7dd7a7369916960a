create or replace function private.refresh_views()
returns table (
    name text,
    how text,
    ms integer
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    view record;
    since timestamptz;
    turn boolean;
begin
    if not private.is_service() then
        raise exception 'only the service may refresh views'
            using errcode = 'insufficient_privilege';
    end if;
    turn := pg_try_advisory_xact_lock(hashtextextended('polaris.refresh_views', 0));
    for view in
        select c.oid::regclass as view,
            format('%I.%I', n.nspname, c.relname) as qualified,
            -- A concurrent refresh requires a filled view and a unique index on plain columns over all rows.
            c.relispopulated and exists (
                select
                from pg_catalog.pg_index as i
                where i.indrelid = c.oid
                    and i.indisunique
                    and i.indisvalid
                    and i.indimmediate
                    and i.indpred is null
                    and i.indexprs is null
            ) as beside
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n
            on n.oid = c.relnamespace
        where n.nspname = 'private'
            and c.relkind = 'm'
            and c.relname like 'mv\_%'
            and pg_has_role(c.relowner, 'USAGE')
        order by c.relname
    loop
        name := view.qualified;
        how := 'busy';
        ms := 0;
        if turn then
            since := clock_timestamp();
            how := case when view.beside then 'concurrently' else 'plainly' end;
            execute format(
                'refresh materialized view %s %s', case when view.beside then 'concurrently' else '' end, view.qualified);
            ms := extract(epoch from clock_timestamp() - since) * 1000;
        end if;
        return next;
    end loop;
end
$$;

comment on function private.refresh_views() is
    'Refresh each materialized view private.mv_…; the column how is concurrently, plainly (never filled, or without a unique index) or busy (another run in progress). For the service.';

revoke all on function private.refresh_views() from public;
grant execute on function private.refresh_views() to service_role;

create or replace function public.refresh_views()
returns table (
    name text,
    how text,
    ms integer
)
language sql
volatile
security invoker
set search_path = ''
return private.refresh_views();

comment on function public.refresh_views() is
    'Refresh the materialized views of the dashboards; one row per view with its name, how (concurrently, plainly or busy) and milliseconds. For the service.';

revoke all on function public.refresh_views() from public, anon, authenticated, service_role;
grant execute on function public.refresh_views() to service_role;
