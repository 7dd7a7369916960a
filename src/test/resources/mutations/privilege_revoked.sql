select lower(privilege_type) || ' on ' || name || ' from ' || grantee as object, array[name] as concerns, array[grantee] as roles, array[relname] as hints, origins,
    format('revoke %s on table %s from %s', privilege_type, quoted, grantee) as sql
from api_grants
where attname is null
order by 1
