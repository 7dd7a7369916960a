-- Foreign keys that need the constraint are dropped with it.
select r.name || ' ' || x.relname as object, array[r.name] as concerns, '{}'::text[] as roles, array[x.relname::text] as hints,
    array['\b' || x.relname || '\b', r.made] as origins,
    case when k.oid is null then format('drop index %I.%I cascade', r.nspname, x.relname)
        else format('alter table %s drop constraint %I cascade', r.quoted, k.conname) end as sql
from pg_catalog.pg_index as i
join relation as r on r.oid = i.indrelid
join pg_catalog.pg_class as x on x.oid = i.indexrelid
left join pg_catalog.pg_constraint as k on k.conindid = i.indexrelid and k.contype in ('u', 'x')
where r.ours and r.relkind in ('r', 'p') and i.indisunique and not i.indisprimary
order by 1
