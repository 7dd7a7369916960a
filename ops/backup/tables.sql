-- Lists the tables of a backup in the order in which a restore fills them: accounts and the tables that refer to them, files, then the rest.
-- Columns: name, origin, name in SQL, file for its rows, columns that are copied, columns that are hashed, kind of relation. The origin is
-- platform, changelog (in made.txt), product (in product.txt), skipped (in product.txt with a minus) or unknown (in neither).

with recursive
    accounts (oid, depth) as (
        select to_regclass('auth.users')::oid, 1
        union
        select k.conrelid, a.depth + 1
        from accounts as a
        join pg_catalog.pg_constraint as k on k.confrelid = a.oid and k.contype = 'f' and k.conrelid <> a.oid
        join pg_catalog.pg_class as c on c.oid = k.conrelid and c.relnamespace = to_regnamespace('auth')
        where a.depth < 20
    ),
    platform (oid, position) as (
        select a.oid, max(a.depth) from accounts as a group by a.oid
        union all
        select to_regclass('storage.buckets'), 100
        union all
        select to_regclass('storage.objects'), 101
    ),
    tables as (
        select
            c.oid, n.nspname || '.' || c.relname as name, c.relkind, coalesce(p.position, 1000) as position,
            case
                when p.oid is not null then 'platform'
                when position(E'\nrelation\t' || n.nspname || '.' || c.relname || E'\n' in :'made') > 0 then 'changelog'
                when position(E'\n' || n.nspname || '.' || c.relname || E'\n' in :'product') > 0 then 'product'
                when position(E'\n-' || n.nspname || '.' || c.relname || E'\n' in :'product') > 0 then 'skipped'
                else 'unknown'
            end as origin
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        left join platform as p on p.oid = c.oid
        where c.relkind in ('r', 'p', 'f')
            and not c.relispartition
            and c.relpersistence <> 't'
            and (p.oid is not null or n.nspname <> all (:'platform'::name[]) and n.nspname not like 'pg\_%')
            and not exists (
                select
                from pg_catalog.pg_depend as d
                where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
            )
    )
select
    t.name,
    t.origin,
    t.oid::regclass,
    regexp_replace(t.name, '[^A-Za-z0-9_.-]', '_', 'g') || '.copy',
    coalesce((
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
        from pg_catalog.pg_attribute as a
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    ), '-'),
    coalesce((
        select string_agg(quote_ident(a.attname), ', ' order by a.attname collate "C")
        from pg_catalog.pg_attribute as a
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    ), '-'),
    t.relkind
from tables as t
order by t.position, t.name collate "C";
