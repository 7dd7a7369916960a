-- Relations to mutate, with patterns that find the places in a changelog that create them and that grant privileges on them.
create temporary view relation as
select c.oid, c.relkind, c.relname::text as relname, n.nspname::text as nspname, c.relacl, n.nspname || '.' || c.relname as name,
    format('%I.%I', n.nspname, c.relname) as quoted,
    n.nspname in ('public', 'private') as ours,
    '(create (or replace )?(materialized )?(table|view) ' || n.nspname || '\.' || c.relname || '\b|tableName: ' || c.relname || '\b)' as made,
    '\b' || n.nspname || '\.' || c.relname || '\b' as mentioned
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'extensions');

create temporary view policy as
select p.polname::text as polname, p.polcmd, p.polpermissive, r.name || ' ' || p.polname as object, r.quoted, r.name, r.relname, r.made, r.mentioned,
    coalesce(pg_get_expr(p.polqual, p.polrelid), 'true') = 'true' and coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'true') = 'true' as open,
    case when 0 = any (p.polroles) then array['anon', 'authenticated'] else array(select pg_get_userbyid(u)::text from unnest(p.polroles) as u) end as roles,
    r.oid as relation, case p.polcmd when 'a' then 'insert' when 'r' then 'select' when 'w' then 'update' when 'd' then 'delete' else 'select' end as command,
    array['create policy "?' || p.polname || '"?\s+on ' || r.name || '\b', r.made] as origins
from pg_catalog.pg_policy as p
join relation as r on r.oid = p.polrelid;

create temporary view grants as
select r.name, r.relname, r.quoted, r.made, a.privilege_type, a.grantee::regrole::text as grantee, null::name as attname, r.mentioned
from relation as r, pg_catalog.aclexplode(r.relacl) as a
where r.ours and a.grantee <> 0
union all
select r.name, r.relname, r.quoted, r.made, a.privilege_type, a.grantee::regrole::text, c.attname, r.mentioned
from relation as r
join pg_catalog.pg_attribute as c on c.attrelid = r.oid, pg_catalog.aclexplode(c.attacl) as a
where r.ours and a.grantee <> 0;

create temporary view api_grants as
select *, array['grant [^;]*\b' || privilege_type || '\b[^;]* on [^;]*' || mentioned || '[^;]* to [^;]*\b' || grantee || '\b', made] as origins
from grants
where grantee in ('anon', 'authenticated', 'service_role');

create temporary view function as
select p.oid, n.nspname::text as schema, p.proname::text as name, n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature,
    p.oid::regprocedure::text as quoted, p.proacl, p.prosecdef as definer, p.prorettype = 'trigger'::regtype as trigger
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'private') and p.prokind = 'f'
    and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e');
