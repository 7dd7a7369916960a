select f.signature || ' from ' || a.grantee::regrole as object, array[f.schema || '.' || f.name] as concerns, array[a.grantee::regrole::text] as roles, array[f.name] as hints,
    array['create (or replace )?function ' || f.schema || '\.' || f.name || '\b'] as origins,
    format('revoke execute on function %s from %s', f.quoted, a.grantee::regrole) as sql
from function as f, pg_catalog.aclexplode(f.proacl) as a
where a.grantee <> 0 and a.grantee::regrole::text in ('anon', 'authenticated', 'service_role')
order by 1
