select lower(privilege_type) || ' on columns of ' || name || ' to ' || grantee as object, array[name] as concerns, array[grantee] as roles, array[relname] as hints, origins,
    format('grant %s on table %s to %s', privilege_type, quoted, grantee) as sql
from api_grants
where attname is not null
group by name, relname, quoted, privilege_type, grantee, origins
having count(*) < (select count(*) from pg_catalog.pg_attribute as c where c.attrelid = quoted::regclass and c.attnum > 0 and not c.attisdropped)
order by 1
