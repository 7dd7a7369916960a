-- Writes statements, to be run after the rows are loaded, for the product's own triggers, policies and publication members on the platform's
-- tables and publications.

select format('drop trigger if exists %I on %s; %s;', t.tgname, t.tgrelid::regclass, pg_get_triggerdef(t.oid))
    || case t.tgenabled
        when 'O' then ''
        else format(E'\nalter table %s %s trigger %I;', t.tgrelid::regclass, case t.tgenabled when 'D' then 'disable' when 'A' then 'enable always' else 'enable replica' end, t.tgname)
    end
from pg_catalog.pg_trigger as t
join pg_catalog.pg_class as c on c.oid = t.tgrelid
join pg_catalog.pg_proc as f on f.oid = t.tgfoid
where c.relnamespace in (to_regnamespace('auth'), to_regnamespace('storage'))
    and not t.tgisinternal
    and f.pronamespace::regnamespace::name <> all (:'platform'::name[])
    and position(E'\ntrigger\t' || t.tgrelid::regclass || E'\t' || t.tgname || E'\n' in :'made') = 0
order by t.tgrelid::regclass::text, t.tgname;

select format('drop policy if exists %I on %s; create policy %I on %s as %s for %s to %s%s%s;',
    p.polname, p.polrelid::regclass, p.polname, p.polrelid::regclass,
    case when p.polpermissive then 'permissive' else 'restrictive' end,
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    (select string_agg(case when role = 0 then 'public' else quote_ident(pg_get_userbyid(role)) end, ', ') from unnest(p.polroles) as role),
    ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
    ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
where c.relnamespace = to_regnamespace('storage')
    and position(E'\npolicy\t' || p.polrelid::regclass || E'\t' || p.polname || E'\n' in :'made') = 0
order by p.polrelid::regclass::text, p.polname;

select format(E'do $do$\nbegin\n    if not exists (select from pg_catalog.pg_publication where pubname = %L) then\n        create publication %I with (publish = %L);\n    end if;\nend\n$do$;',
    p.pubname, p.pubname, concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
        case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end))
from pg_catalog.pg_publication as p
where not p.puballtables
    and exists (select from pg_catalog.pg_publication_tables as t where t.pubname = p.pubname and t.schemaname <> all (:'platform'::name[]))
order by p.pubname;

select format('alter publication %I add table %I.%I;', t.pubname, t.schemaname, t.tablename)
from pg_catalog.pg_publication_tables as t
join pg_catalog.pg_publication as p on p.pubname = t.pubname
where not p.puballtables
    and t.schemaname <> all (:'platform'::name[])
order by t.pubname, t.schemaname, t.tablename;
