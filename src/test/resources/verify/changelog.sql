-- Begin of the generated part, written from the changelog by mvn test -Dtest=GeneratedPagesTest -Dupdate.pages
do $changelog$
begin
    -- The changesets in order, each with the context or extension that it may wait for.
    perform set_config('verify.changesets', $list$
@changesets@
$list$, true);
    -- The jobs in pg_cron: changeset, job, schedule and command.
    perform set_config('verify.jobs', $list$
@jobs@
$list$, true);
    -- A digest of each definition without white space and parentheses, because pg_dump and a restore change some of them.
    perform set_config('verify.definitions', $list$
@definitions@
$list$, true);
end
$changelog$;

do $compare$
declare
    item record;
    offenders text[];
    report text[] := '{}';
    passed integer := 0;
    failed integer := 0;
begin
    for item in
        with texts as (
            select $sql$
                with changesets as (
                    select split_part(line, '; ', 1) as id, substring(line from '; context ([^;]+)') as context,
                        substring(line from '; extension (\w+)') as extension, line ~ '; precondition$' as has_precondition
                    from unnest(string_to_array(btrim(current_setting('verify.changesets'), e'\n'), e'\n')) as l (line)
                ),
                log as (
                    select l.id from extensions.databasechangelog as l where l.author = '@system@'
                ),
                unapplied as (
                    select c.id, case
                            -- An update with this context would have applied its other changesets too.
                            when c.context is not null
                                and not exists (select from changesets as o join log using (id) where o.context = c.context)
                                then 'context ' || c.context
                            when c.extension is not null
                                and not exists (select from pg_catalog.pg_extension as e where e.extname = c.extension)
                                then 'extension ' || c.extension
                            when c.has_precondition then 'its precondition'
                        end as reason
                    from changesets as c
                    where not exists (select from log where log.id = c.id)
                )
            $sql$ as log,
            $sql$
                with actual as (
                    select 'function ' || f.oid::regprocedure as name, pg_get_functiondef(f.oid) as text
                    from pg_catalog.pg_proc as f
                    where f.pronamespace in (to_regnamespace('public'), to_regnamespace('private')) and f.prokind in ('f', 'p')
                    union all
                    -- PostgreSQL before 16 qualifies the columns even if a view has only one table, so the qualifiers are removed and the columns listed.
                    select case c.relkind when 'm' then 'materialized ' else '' end || 'view ' || c.oid::regclass,
                        regexp_replace(pg_get_viewdef(c.oid), '\m[a-z_]\w*\.', '', 'g') || ' from ' || coalesce((
                            select string_agg(u.name, ',' order by u.name)
                            from (
                                select distinct concat_ws('.', d.refobjid::regclass, a.attname) collate "C" as name
                                from pg_catalog.pg_rewrite as r
                                join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                                join pg_catalog.pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                                where r.ev_class = c.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
                            ) as u
                        ), '')
                    from pg_catalog.pg_class as c
                    where c.relnamespace in (to_regnamespace('public'), to_regnamespace('private')) and c.relkind in ('v', 'm')
                    union all
                    select 'trigger ' || t.tgrelid::regclass || ' ' || quote_ident(t.tgname), pg_get_triggerdef(t.oid)
                    from pg_catalog.pg_trigger as t
                    where not t.tgisinternal
                    union all
                    select 'policy ' || p.polrelid::regclass || ' ' || quote_ident(p.polname), concat_ws(' ', p.polcmd, p.polpermissive, (
                            select string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname)
                            from unnest(p.polroles) as role
                            left join pg_catalog.pg_roles as r on r.oid = role
                        ), 'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
                    from pg_catalog.pg_policy as p
                ),
                digests as (
                    select a.name, left(md5(lower(regexp_replace(a.text, '[\s()]+', '', 'g'))), 12) as digest
                    from actual as a
                )
            $sql$ as definitions
        )
        select c.kind, c.name, c.query
        from texts as t
        cross join lateral (values
            ('FAIL', 'every changeset is applied, or waits for an extension or context', t.log || $sql$
                select array_agg(u.id order by u.id) from unapplied as u where u.reason is null
            $sql$),
            ('INFO', 'changesets that wait for an extension or context', t.log || $sql$
                select array_agg(u.reason || ': ' || u.ids)
                from (
                    select u.reason, string_agg(u.id, ' ' order by u.id) as ids
                    from unapplied as u
                    where u.reason is not null
                    group by u.reason
                ) as u
            $sql$),
            ('FAIL', 'every changeset in the log exists in this commit', t.log || $sql$
                select array_agg(l.id order by l.id) from log as l where not exists (select from changesets as c where c.id = l.id)
            $sql$),
            ('FAIL', 'no applied changeset lacks the extension that it needs',
            case when current_setting('verify.changesets') like '%; extension %' then t.log || $sql$
                select array_agg(c.id || ', which needs ' || c.extension order by c.id)
                from changesets as c
                join log using (id)
                where c.extension is not null
                    and not exists (select from pg_catalog.pg_extension as e where e.extname = c.extension)
            $sql$ end),
            ('FAIL', 'pg_cron jobs match the changelog', case when to_regclass('cron.job') is not null then t.log || $sql$,
                jobs as (
                    select split_part(line, '; ', 1) as id, split_part(line, '; ', 2) as name, split_part(line, '; ', 3) as schedule,
                        split_part(line, '; ', 4) as command
                    from unnest(string_to_array(btrim(current_setting('verify.jobs'), e'\n'), e'\n')) as l (line)
                )
                select array_agg(j.name order by j.name)
                from jobs as j
                join log using (id)
                where not exists (
                    select
                    from cron.job as c
                    where c.jobname = j.name
                        and c.schedule = j.schedule
                        and c.command = j.command
                        and c.database = current_database()
                        and c.active
                )
            $sql$ end),
            ('FAIL', 'functions, views, triggers and policies match the changelog', t.definitions || $sql$
                select array_agg(d.name order by d.name)
                from unnest(string_to_array(btrim(current_setting('verify.definitions'), e'\n'), e'\n')) as e (line)
                join digests as d on starts_with(e.line, d.name || ' ') and length(e.line) = length(d.name) + 13
                where right(e.line, 12) <> d.digest
            $sql$)
        ) as c (kind, name, query)
        where c.query is not null
    loop
        begin
            execute item.query into offenders;
            report := report || format('%s  %s  %s', case when item.kind = 'INFO' or offenders is not null then item.kind else 'PASS' end,
                rpad(item.name, 72), coalesce(cardinality(offenders), 0));
            passed := passed + (item.kind = 'FAIL' and offenders is null)::integer;
            failed := failed + (item.kind = 'FAIL' and offenders is not null)::integer;
            report := report || array(select '      ' || left(o.line, 300) from unnest(offenders) as o (line) limit 20);
            if cardinality(offenders) > 20 then
                report := report || format('      and %s more', cardinality(offenders) - 20);
            end if;
        exception
            when others then
                failed := failed + 1;
                report := report || format('FAIL  %s  %s', rpad(item.name, 72), sqlerrm);
        end;
    end loop;
    perform set_config('verify.report', array_to_string(report, e'\n'), true);
    perform set_config('verify.passed', passed::text, true);
    perform set_config('verify.failed', failed::text, true);
end
$compare$;
-- End of the generated part.
