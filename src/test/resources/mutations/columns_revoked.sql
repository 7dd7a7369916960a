select lower(privilege_type) || ' on columns of ' || name || ' from ' || grantee as object, array[name] as concerns, array[grantee] as roles, array[relname] as hints, origins,
    format('revoke %s (%s) on table %s from %s', privilege_type, string_agg(quote_ident(attname), ', '), quoted, grantee) as sql
from api_grants
where attname is not null
group by name, relname, quoted, privilege_type, grantee, origins
order by 1
