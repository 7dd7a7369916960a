select r.name || ' ' || k.conname as object, array[r.name] as concerns, '{}'::text[] as roles, array[k.conname::text] as hints,
    array['\b' || k.conname || '\b', r.made] as origins, format('alter table %s drop constraint %I', r.quoted, k.conname) as sql
from pg_catalog.pg_constraint as k
join relation as r on r.oid = k.conrelid
where r.ours and k.contype = 'c' and k.conparentid = 0 and k.conislocal
order by 1
