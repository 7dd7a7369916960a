-- Prints a line for the definition of each object of the product. To compare two databases, pass the lines through expression.awk.

with
    own as (
        select n.oid, n.nspname
        from pg_catalog.pg_namespace as n
        where n.nspname <> all (:'platform'::name[]) and n.nspname not like 'pg\_%'
    ),
    members as (
        select d.classid, d.objid from pg_catalog.pg_depend as d where d.deptype = 'e'
    ),
    relations as (
        select c.*, c.oid::regclass::text as name
        from pg_catalog.pg_class as c
        where c.relnamespace in (select o.oid from own as o)
            and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
            and (c.oid) not in (select m.objid from members as m where m.classid = 'pg_catalog.pg_class'::regclass)
    ),
    lines (line) as (
        select concat_ws(' ', 'schema', o.nspname) from own as o where o.nspname <> 'public'
        union all
        select concat_ws(' ', case r.relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'foreign table' end,
            r.name, r.reloptions::text, case when r.relrowsecurity then 'row security' end, case when r.relforcerowsecurity then 'forced' end,
            case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end)
        from relations as r
        union all
        select concat_ws(' ', 'column', r.name || '.' || a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
            'default ' || pg_get_expr(e.adbin, e.adrelid), nullif('generated ' || a.attgenerated::text, 'generated '), nullif('identity ' || a.attidentity::text, 'identity '))
        from relations as r
        join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
        left join pg_catalog.pg_attrdef as e on e.adrelid = a.attrelid and e.adnum = a.attnum
        where r.relkind <> 'S'
        union all
        select concat_ws(' ', 'constraint', k.conname, 'on', coalesce(nullif(k.conrelid, 0)::regclass::text, nullif(k.contypid, 0)::regtype::text),
            pg_get_constraintdef(k.oid))
        from pg_catalog.pg_constraint as k
        where k.connamespace in (select o.oid from own as o) and k.contype <> 't'
        union all
        select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), case when not i.indisvalid then 'invalid' end)
        from relations as r
        join pg_catalog.pg_index as i on i.indrelid = r.oid
        union all
        select concat_ws(' ', 'trigger', t.tgname, 'on', t.tgrelid::regclass, t.tgenabled::text, pg_get_triggerdef(t.oid))
        from pg_catalog.pg_trigger as t
        join pg_catalog.pg_proc as f on f.oid = t.tgfoid
        where not t.tgisinternal and f.pronamespace in (select o.oid from own as o)
        union all
        select concat_ws(' ', 'policy', quote_ident(p.polname), 'on', p.polrelid::regclass, p.polcmd::text, p.polpermissive::text,
            (select string_agg(case when role = 0 then 'public' else pg_get_userbyid(role) end, ',' order by 1) from unnest(p.polroles) as role),
            'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
        from pg_catalog.pg_policy as p
        join pg_catalog.pg_class as c on c.oid = p.polrelid
        where c.relnamespace in (select o.oid from own as o) or c.relnamespace = to_regnamespace('storage')
        union all
        select concat_ws(' ', 'function', f.oid::regprocedure, case f.prokind when 'a' then 'aggregate' else md5(pg_get_functiondef(f.oid)) end)
        from pg_catalog.pg_proc as f
        where f.pronamespace in (select o.oid from own as o)
            and f.oid not in (select m.objid from members as m where m.classid = 'pg_catalog.pg_proc'::regclass)
        union all
        select concat_ws(' ', 'type', t.oid::regtype, t.typtype::text, (
            select string_agg(quote_literal(e.enumlabel), ',' order by e.enumsortorder) from pg_catalog.pg_enum as e where e.enumtypid = t.oid
        ))
        from pg_catalog.pg_type as t
        where t.typnamespace in (select o.oid from own as o) and t.typtype in ('d', 'e', 'r')
        union all
        select concat_ws(' ', 'privilege', g.object, case when g.grantee = 0 then 'public' else pg_get_userbyid(g.grantee) end, string_agg(lower(g.privilege), ',' order by g.privilege))
        from (
            select r.name as object, a.grantee, a.privilege_type as privilege, r.relowner as owner
            from relations as r, aclexplode(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner))) as a
            union all
            select r.name || '.' || f.attname, a.grantee, a.privilege_type, r.relowner
            from relations as r
            join pg_catalog.pg_attribute as f on f.attrelid = r.oid and not f.attisdropped, aclexplode(f.attacl) as a
            union all
            select f.oid::regprocedure::text, a.grantee, a.privilege_type, f.proowner
            from pg_catalog.pg_proc as f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
            where f.pronamespace in (select o.oid from own as o)
                and f.oid not in (select m.objid from members as m where m.classid = 'pg_catalog.pg_proc'::regclass)
            union all
            select 'schema ' || n.nspname, a.grantee, a.privilege_type, n.nspowner
            from pg_catalog.pg_namespace as n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) as a
            where n.oid in (select o.oid from own as o) and n.nspname <> 'public'
        ) as g
        where g.grantee <> g.owner
        group by g.object, g.grantee
        union all
        select concat_ws(' ', 'comment', pg_catalog.pg_describe_object(d.classoid, d.objoid, d.objsubid), md5(d.description))
        from pg_catalog.pg_description as d
        where d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid in (select r.oid from relations as r)
            or d.classoid = 'pg_catalog.pg_proc'::regclass and d.objoid in (select f.oid from pg_catalog.pg_proc as f where f.pronamespace in (select o.oid from own as o))
            or d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid in (select k.oid from pg_catalog.pg_constraint as k where k.connamespace in (select o.oid from own as o))
            or d.classoid = 'pg_catalog.pg_trigger'::regclass and d.objoid in (select t.oid from pg_catalog.pg_trigger as t where t.tgrelid in (select r.oid from relations as r))
            or d.classoid = 'pg_catalog.pg_policy'::regclass and d.objoid in (select p.oid from pg_catalog.pg_policy as p where p.polrelid in (select r.oid from relations as r))
        union all
        select concat_ws(' ', 'published', t.pubname, quote_ident(t.schemaname) || '.' || quote_ident(t.tablename))
        from pg_catalog.pg_publication_tables as t
        where t.schemaname in (select o.nspname from own as o)
    )
select replace(l.line, E'\n', ' ') from lines as l order by l.line collate "C";
