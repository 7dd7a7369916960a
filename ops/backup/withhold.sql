-- Revokes this role's default privileges on new objects, until restore_default_privileges() is called in the same session.

create temp table withheld as
select
    d.defaclnamespace::regnamespace as schema,
    case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' end as objects,
    case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as grantee,
    a.privilege_type as privilege,
    a.is_grantable as grantable
from pg_catalog.pg_default_acl as d, aclexplode(d.defaclacl) as a
where d.defaclrole = (select r.oid from pg_catalog.pg_roles as r where r.rolname = current_user)
    and d.defaclobjtype <> 'n'
    and d.defaclnamespace <> 0
    and a.grantee <> d.defaclrole;

create function pg_temp.restore_default_privileges() returns void language plpgsql as $$
declare
    item record;
begin
    for item in select * from withheld loop
        execute format('alter default privileges in schema %s grant %s on %s to %s%s', item.schema, item.privilege, item.objects, item.grantee,
            case when item.grantable then ' with grant option' else '' end);
    end loop;
    drop table pg_temp.withheld;
end
$$;

do $$
declare
    item record;
begin
    for item in select * from withheld loop
        execute format('alter default privileges in schema %s revoke %s on %s from %s', item.schema, item.privilege, item.objects, item.grantee);
    end loop;
end
$$;
