-- Functions with their grants, whose definitions the mutations change.
select f.schema, f.name, f.signature, f.quoted, pg_get_functiondef(f.oid) as definition, f.definer, f.trigger,
    has_function_privilege('anon', f.oid, 'execute') as anon,
    has_function_privilege('authenticated', f.oid, 'execute') as authenticated,
    exists (select from pg_catalog.aclexplode(f.proacl) as a where a.grantee <> 0 and a.grantee::regrole::text in ('anon', 'authenticated', 'service_role')) as granted,
    array(select distinct r.name from pg_catalog.pg_trigger as t join relation as r on r.oid = t.tgrelid where t.tgfoid = f.oid) as triggered
from function as f
order by 3
