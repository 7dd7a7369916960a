select r.name || ' ' || t.tgname as object, array[r.name] as concerns, '{}'::text[] as roles, array[t.tgname::text] as hints,
    array['trigger ' || t.tgname || '\b[^;]*? on ' || r.name || '\b', '\b' || t.tgname || '\b', r.made] as origins,
    format('drop trigger %I on %s', t.tgname, r.quoted) as sql
from pg_catalog.pg_trigger as t
join relation as r on r.oid = t.tgrelid
where not t.tgisinternal and t.tgparentid = 0
order by 1
