-- Reads the definitions of a product's objects for the comparison of two databases: what each is, its definition, and the statements that
-- create, change and drop it. home is the relation or function that an object belongs to.

with
    own as (
        select n.oid, n.nspname
        from pg_catalog.pg_namespace as n
        where n.nspname not like 'pg\_%'
            and n.nspname not in ('auth', 'cron', 'extensions', 'graphql', 'graphql_public', 'information_schema', 'net', 'pgbouncer', 'pgmq_public', 'pgsodium',
                'pgsodium_masks', 'pgtle', 'realtime', '_realtime', '_analytics', '_supavisor', 'storage', 'supabase_functions', 'supabase_migrations', 'vault',
                'repack', 'topology', 'tiger', 'tiger_data')
    ),
    relations as (
        select c.*, format('%I.%I', n.nspname, c.relname) as name
        from pg_catalog.pg_class as c
        join own as n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'S')
            and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
    ),
    functions as (
        select f.*, f.oid::regprocedure::text as name
        from pg_catalog.pg_proc as f
        where f.pronamespace in (select o.oid from own as o)
            and f.prokind <> 'a'
            and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = f.oid and d.deptype = 'e')
    ),
    columns as (
        select r.name as relation, quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required, a.attgenerated, a.attidentity,
            pg_get_expr(d.adbin, d.adrelid) as value
        from relations as r
        join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
        left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where r.relkind in ('r', 'p')
    ),
    policies as (
        select p.polname, format('%I.%I', n.nspname, c.relname) as relation,
            format('create policy %I on %I.%I as %s for %s to %s', p.polname, n.nspname, c.relname,
                case when p.polpermissive then 'permissive' else 'restrictive' end,
                case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
                (select string_agg(case when r = 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ' order by 1) from unnest(p.polroles) as r))
                || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
                || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') as statement
        from pg_catalog.pg_policy as p
        join pg_catalog.pg_class as c on c.oid = p.polrelid
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where n.oid in (select o.oid from own as o) or n.nspname = 'storage'
    ),
    objects (what, home, definition, made, changed, dropped) as (
        select 'table ' || r.name, r.name, '', null, null, format('drop table %s', r.name)
        from relations as r
        where r.relkind in ('r', 'p')
        union all
        select 'row level security of ' || r.name, r.name, concat_ws(' ', r.relrowsecurity, r.relforcerowsecurity), null,
            format('alter table %s %s row level security, %s row level security', r.name, case when r.relrowsecurity then 'enable' else 'disable' end,
                case when r.relforcerowsecurity then 'force' else 'no force' end), null
        from relations as r
        where r.relkind in ('r', 'p')
        union all
        select 'view ' || r.name, r.name, concat_ws(' ', array_to_string(r.reloptions, ', '), pg_get_viewdef(r.oid)),
            format('create view %s%s as %s', r.name, coalesce(' with (' || array_to_string(r.reloptions, ', ') || ')', ''), pg_get_viewdef(r.oid)),
            format('create or replace view %s%s as %s', r.name, coalesce(' with (' || array_to_string(r.reloptions, ', ') || ')', ''), pg_get_viewdef(r.oid)),
            format('drop view %s', r.name)
        from relations as r
        where r.relkind = 'v'
        union all
        select 'materialized view ' || r.name, r.name, pg_get_viewdef(r.oid), format('create materialized view %s as %s', r.name, pg_get_viewdef(r.oid)), null,
            format('drop materialized view %s', r.name)
        from relations as r
        where r.relkind = 'm'
        union all
        select 'sequence ' || r.name, r.name, '', format('create sequence %s', r.name), null, format('drop sequence %s', r.name)
        from relations as r
        where r.relkind = 'S'
        union all
        select format('column %s.%s', c.relation, c.name), c.relation,
            concat_ws(' ', c.type, case when c.required then 'not null' end, nullif(c.attgenerated::text, ''), nullif(c.attidentity::text, ''), 'default ' || c.value),
            format('alter table %s add column %s %s', c.relation, c.name, c.type)
                || case when c.attgenerated = 's' then format(' generated always as (%s) stored', c.value) else coalesce(' default ' || c.value, '') end
                || case c.attidentity when 'a' then ' generated always as identity' when 'd' then ' generated by default as identity' else '' end
                || case when c.required then ' not null' else '' end,
            case when c.attgenerated = '' and c.attidentity = '' then
                format('alter table %s alter column %s type %s, alter column %s %s, alter column %s %s not null', c.relation, c.name, c.type,
                    c.name, coalesce('set default ' || c.value, 'drop default'), c.name, case when c.required then 'set' else 'drop' end)
            end,
            format('alter table %s drop column %s', c.relation, c.name)
        from columns as c
        union all
        select format('constraint %I on %s', k.conname, r.name), r.name, pg_get_constraintdef(k.oid),
            format('alter table %s add constraint %I %s', r.name, k.conname, pg_get_constraintdef(k.oid)), null,
            format('alter table %s drop constraint %I', r.name, k.conname)
        from pg_catalog.pg_constraint as k
        join relations as r on r.oid = k.conrelid
        where k.contype in ('c', 'f', 'p', 'u', 'x')
        union all
        select format('index %I.%I', n.nspname, i.relname), r.name, concat_ws(' ', pg_get_indexdef(x.indexrelid), case when not x.indisvalid then 'invalid' end),
            pg_get_indexdef(x.indexrelid), null, format('drop index %I.%I', n.nspname, i.relname)
        from pg_catalog.pg_index as x
        join relations as r on r.oid = x.indrelid
        join pg_catalog.pg_class as i on i.oid = x.indexrelid
        join pg_catalog.pg_namespace as n on n.oid = i.relnamespace
        where not exists (select from pg_catalog.pg_constraint as k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
        union all
        select format('trigger %I on %s', t.tgname, t.tgrelid::regclass), t.tgrelid::regclass::text, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled),
            pg_get_triggerdef(t.oid), null, format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass)
        from pg_catalog.pg_trigger as t
        join functions as f on f.oid = t.tgfoid
        where not t.tgisinternal and t.tgparentid = 0
        union all
        select format('policy %I on %s', p.polname, p.relation), p.relation, p.statement, p.statement, null, format('drop policy %I on %s', p.polname, p.relation)
        from policies as p
        union all
        select 'function ' || f.name, f.name, pg_get_functiondef(f.oid), pg_get_functiondef(f.oid), pg_get_functiondef(f.oid),
            format('drop %s %s', case f.prokind when 'p' then 'procedure' else 'function' end, f.name)
        from functions as f
        union all
        select 'type ' || t.oid::regtype, t.oid::regtype::text,
            (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_catalog.pg_enum as e where e.enumtypid = t.oid),
            (select format('create type %s as enum (%s)', t.oid::regtype, string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) from pg_catalog.pg_enum as e where e.enumtypid = t.oid),
            null, format('drop type %s', t.oid::regtype)
        from pg_catalog.pg_type as t
        where t.typnamespace in (select o.oid from own as o) and t.typtype = 'e'
        union all
        select format('privilege %s on %s to %s', lower(g.privilege), g.name, g.grantee), g.home, g.grantable::text,
            format('grant %s%s on %s to %s%s', lower(g.privilege), g.column_list, g.target, g.grantee, case when g.grantable then ' with grant option' else '' end), null,
            format('revoke %s%s on %s from %s', lower(g.privilege), g.column_list, g.target, g.grantee)
        from (
            select r.name, r.name as home, '' as column_list, case r.relkind when 'S' then 'sequence ' else 'table ' end || r.name as target,
                case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as grantee, a.privilege_type as privilege, a.is_grantable as grantable
            from relations as r, aclexplode(r.relacl) as a
            where a.grantee <> r.relowner
                -- The privileges that ops/monitoring/role.sql grants.
                and not (
                    pg_get_userbyid(a.grantee) = 'monitoring'
                    and a.privilege_type = 'SELECT'
                    and not a.is_grantable
                    and (r.name = 'public.job_runs' or r.relkind = 'S' and starts_with(r.name, 'public.'))
                )
            union all
            select format('%s.%I', r.name, c.attname), r.name, format(' (%I)', c.attname), 'table ' || r.name,
                case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end, a.privilege_type, a.is_grantable
            from relations as r
            join pg_catalog.pg_attribute as c on c.attrelid = r.oid and not c.attisdropped, aclexplode(c.attacl) as a
            where a.grantee <> r.relowner
            union all
            select f.name, f.name, '', case f.prokind when 'p' then 'procedure ' else 'function ' end || f.name,
                case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end, a.privilege_type, a.is_grantable
            from functions as f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
            where a.grantee <> f.proowner
        ) as g
    )
select o.what, o.home, o.definition, o.made, coalesce(o.changed, o.dropped || E';\n' || o.made) as changed, o.dropped
from objects as o
order by o.what collate "C"
