-- Checks that a database matches the changelog and that its data is consistent: one line per check, then "N passed, N failed".
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/vectors/verify.sql
--
-- Reads everything from one snapshot and takes no lock that blocks other sessions. Exits with status 3 if a check failed.
-- PASS and FAIL lines end with the number of offending rows or objects; INFO and WARN lines do not affect the exit status.
-- Lines that begin with a backslash are psql commands; any client can run the other lines.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

start transaction isolation level repeatable read, read only;
set local search_path = '';
set local statement_timeout = '30min';
set local lock_timeout = '5s';
-- A role that row level security would filter gets an error instead of fewer rows.
set local row_security = off;

-- Begin of the generated part, written from the changelog by mvn test -Dtest=GeneratedPagesTest -Dupdate.pages
do $changelog$
begin
    -- The changesets in order, each with the context or extension that it may wait for.
    perform set_config('verify.changesets', $list$
0000-safe-checks
0001-safe-checks
0001-private-schema
0001-refuse-data-loss
0001-set-updated-at
0001-vector-progress
0001-vector-progress-profile
0001-vector-progress-once
0001-vector-progress-profile-index
0002-safe-checks
0002-action-events
0002-action-events-profile
0002-action-events-profile-vector-index
0002-action-events-completed-at-index
0002-action-events-profile-completed-index
0003-safe-checks
0003-game-profiles-user-index
0003-owned-profile-ids
0003-hourly-usage
0003-hourly-usage-user
0003-limit-inserts
0003-hourly-budgets
0003-vector-progress-access
0003-action-events-access
0004-safe-checks
0004-backfills
0004-seed-vector-progress
0004-backfill-batch
0004-seed-new-profiles
0004-backfill
$list$, true);
    -- The jobs in pg_cron: changeset, job, schedule and command.
    perform set_config('verify.jobs', $list$

$list$, true);
    -- A digest of each definition without white space and parentheses, because pg_dump and a restore change some of them.
    perform set_config('verify.definitions', $list$
function private.backfill_vector_progress(integer) 8d8143003142
function private.limit_inserts() 5f0d50e13ab4
function private.owned_profile_ids() f4756f5864c9
function private.refuse_data_loss(regclass,boolean,name) 6a9fbc50d2b6
function private.seed_vector_progress() 686c0019d3aa
function public.set_updated_at() 6267e59ab4eb
policy public.action_events "Users insert own action events" 00a9bcdf8b5a
policy public.action_events "Users select own action events" e54f161992d8
policy public.action_events "Users update own action events" 391e53897b7d
policy public.vector_progress "Users select own vector progress" e54f161992d8
policy public.vector_progress "Users update own vector progress" 391e53897b7d
policy public.vector_progress "Users upsert own vector progress" 00a9bcdf8b5a
trigger public.action_events action_events_budget ad1ae961f49f
trigger public.game_profiles trg_game_profiles_seed_vector_progress 6affa2200f3a
trigger public.vector_progress trg_vector_progress_updated_at d19687b0b9a8
trigger public.vector_progress vector_progress_budget 61d5b9bc06ed
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
                    select l.id from extensions.databasechangelog as l where l.author = 'vectors'
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

do $verify$
declare
    item record;
    offending bigint;
    verdict text;
    report text[] := '{}';
    passed integer := current_setting('verify.passed')::integer;
    failed integer := current_setting('verify.failed')::integer;
begin
    for item in
        select c.kind, c.name, c.query
        from (values
            ('INFO', 'rows in public.vector_progress', $$
                select count(*) from public.vector_progress
            $$),
            ('INFO', 'rows in public.action_events', $$
                select count(*) from public.action_events
            $$),
            ('FAIL', 'profile, vector and version are unique', $$
                select count(*)
                from (
                    select from public.vector_progress
                    group by profile_id, vector, version
                    having count(*) > 1
                ) as twice
            $$),
            ('FAIL', 'required fields of vector_progress are filled', $$
                select count(*) from public.vector_progress
                where profile_id is null or vector is null or step_index is null or version is null
            $$),
            ('FAIL', 'required fields of action_events are filled', $$
                select count(*) from public.action_events
                where action_id is null or profile_id is null or metadata is null
            $$),
            ('FAIL', 'profiles with progress have five rows', $$
                select count(*)
                from (
                    select from public.vector_progress
                    group by profile_id
                    having count(*) < 5
                ) as fewer
            $$),
            ('FAIL', 'every profile has its five v1 rows', $$
                select count(*)
                from public.game_profiles as p
                left join (
                    select v.profile_id, count(distinct v.vector) as vectors
                    from public.vector_progress as v
                    where v.version = 'v1' and v.vector in ('genius', 'spirit', 'mind', 'emotions', 'body')
                    group by v.profile_id
                ) as has on has.profile_id = p.id
                where coalesce(has.vectors, 0) < 5
            $$),
            ('FAIL', 'progress belongs to profiles that exist', $$
                select count(*) from public.vector_progress as v
                where not exists (select from public.game_profiles as p where p.id = v.profile_id)
            $$),
            ('FAIL', 'events belong to profiles that exist', $$
                select count(*) from public.action_events as e
                where not exists (select from public.game_profiles as p where p.id = e.profile_id)
            $$),
            ('FAIL', 'no completion precedes its selection', $$
                select count(*) from public.action_events where completed_at < selected_at
            $$),
            -- Players' devices set these times, so a wrong clock is a warning, not a failure.
            ('WARN', 'timestamps more than five minutes in the future', $$
                select count(*) from public.action_events
                where greatest(selected_at, completed_at) > now() + interval '5 minutes'
            $$),
            ('FAIL', 'the backfill has finished', $$
                select 1 - count(*) from private.backfills where name = 'vector_progress' and finished_at is not null
            $$),
            ('FAIL', 'constraints exist and are validated', $$
                select count(*)
                from (values
                    ('public.vector_progress', 'vector_progress_pkey'),
                    ('public.vector_progress', 'vector_progress_profile_id_fkey'),
                    ('public.vector_progress', 'idx_vector_progress_profile_vector_version'),
                    ('public.vector_progress', 'vector_progress_step_index_check'),
                    ('public.vector_progress', 'vector_progress_vector_check'),
                    ('public.vector_progress', 'vector_progress_version_check'),
                    ('public.action_events', 'action_events_pkey'),
                    ('public.action_events', 'action_events_profile_id_fkey'),
                    ('public.action_events', 'action_events_action_id_check'),
                    ('public.action_events', 'action_events_duration_check'),
                    ('public.action_events', 'action_events_completed_at_check'),
                    ('public.action_events', 'action_events_metadata_check')
                ) as expected (relation, name)
                where not exists (
                    select
                    from pg_catalog.pg_constraint as c
                    where c.conrelid = to_regclass(expected.relation)
                        and c.conname = expected.name
                        and c.convalidated
                        -- Before PostgreSQL 18, every constraint is enforced.
                        and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
                )
            $$),
            ('FAIL', 'indexes exist and are valid', $$
                select count(*)
                from (values
                    ('public.idx_vector_progress_profile_vector_version'),
                    ('public.idx_vector_progress_profile'),
                    ('public.idx_action_events_profile_vector'),
                    ('public.idx_action_events_completed_at'),
                    ('public.idx_action_events_profile_completed')
                ) as expected (name)
                where not exists (
                    select
                    from pg_catalog.pg_index as i
                    where i.indexrelid = to_regclass(expected.name) and i.indisvalid and i.indisready
                )
            $$),
            ('FAIL', 'profiles of an account have an index', $$
                select 1 - least(count(*), 1)
                from pg_catalog.pg_index as i
                join pg_catalog.pg_class as c on c.oid = i.indexrelid
                join pg_catalog.pg_am as m on m.oid = c.relam
                join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = to_regclass('public.game_profiles')
                    and m.amname = 'btree'
                    and a.attname = 'user_id'
                    and i.indisvalid
                    and i.indpred is null
            $$),
            ('FAIL', 'triggers exist and are enabled', $$
                select (
                    select count(*)
                    from (values
                        ('public.vector_progress', 'trg_vector_progress_updated_at'),
                        ('public.game_profiles', 'trg_game_profiles_seed_vector_progress')
                    ) as expected (relation, name)
                    where not exists (
                        select
                        from pg_catalog.pg_trigger as t
                        where t.tgrelid = to_regclass(expected.relation) and t.tgname = expected.name and t.tgenabled in ('O', 'A')
                    )
                ) + (
                    -- The triggers of foreign keys.
                    select count(*)
                    from pg_catalog.pg_trigger as t
                    join pg_catalog.pg_constraint as c on c.oid = t.tgconstraint
                    where c.conrelid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'))
                        and t.tgenabled not in ('O', 'A')
                )
            $$),
            ('FAIL', 'row level security is enabled', $$
                select count(*)
                from (values ('public.vector_progress'), ('public.action_events'), ('private.backfills')) as expected (relation)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass(expected.relation) and c.relrowsecurity
                )
            $$),
            ('FAIL', 'the six policies exist, for authenticated', $$
                select count(*)
                from (values
                    ('public.vector_progress', 'Users select own vector progress', 'r', true, false),
                    ('public.vector_progress', 'Users upsert own vector progress', 'a', false, true),
                    ('public.vector_progress', 'Users update own vector progress', 'w', true, true),
                    ('public.action_events', 'Users select own action events', 'r', true, false),
                    ('public.action_events', 'Users insert own action events', 'a', false, true),
                    ('public.action_events', 'Users update own action events', 'w', true, true)
                ) as expected (relation, name, command, has_using, has_check)
                where not exists (
                    select
                    from pg_catalog.pg_policy as p
                    where p.polrelid = to_regclass(expected.relation)
                        and p.polname = expected.name
                        and p.polcmd::text = expected.command
                        and p.polpermissive
                        and p.polroles = array['authenticated'::regrole::oid]
                        and (p.polqual is not null) = expected.has_using
                        and (p.polwithcheck is not null) = expected.has_check
                        and concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
                            ~ '^(\(profile_id = ANY \(ARRAY\( SELECT private\.owned_profile_ids\(\)[A-Za-z_ ]*\)\)\)){1,2}$'
                )
            $$),
            ('FAIL', 'no policy exists besides the six', $$
                select count(*)
                from pg_catalog.pg_policy as p
                where p.polrelid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'))
                    and p.polpermissive
                    and p.polname not in (
                        'Users select own vector progress', 'Users upsert own vector progress', 'Users update own vector progress',
                        'Users select own action events', 'Users insert own action events', 'Users update own action events'
                    )
            $$),
            ('FAIL', 'anon has no privileges', $$
                select count(*)
                from (
                    select a.grantee
                    from pg_catalog.pg_class as c,
                        aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as a
                    where c.oid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'), to_regclass('private.backfills'))
                    union all
                    select a.grantee
                    from pg_catalog.pg_attribute as c,
                        aclexplode(c.attacl) as a
                    where c.attrelid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'), to_regclass('private.backfills'))
                    union all
                    select a.grantee
                    from pg_catalog.pg_proc as f,
                        aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
                    where f.pronamespace = to_regnamespace('private')
                        and f.proname in ('owned_profile_ids', 'seed_vector_progress', 'backfill_vector_progress', 'refuse_data_loss')
                ) as holds
                where case when holds.grantee = 0 then true else pg_has_role('anon', holds.grantee, 'usage') end
            $$),
            ('FAIL', 'grants of authenticated and service_role are complete', $$
                with expected as (
                    select e.relation, e.grantee, e.privilege, unnest(e.columns) as "column"
                    from (values
                        ('vector_progress', 'authenticated', 'SELECT', array['']),
                        ('vector_progress', 'authenticated', 'INSERT', array['profile_id', 'vector', 'step_index', 'version', 'draft_skipped_at']),
                        ('vector_progress', 'authenticated', 'UPDATE', array['profile_id', 'vector', 'step_index', 'version', 'draft_skipped_at']),
                        ('action_events', 'authenticated', 'SELECT', array['']),
                        ('action_events', 'authenticated', 'INSERT', array['action_id', 'profile_id', 'source', 'vector', 'qol_domain',
                            'selected_at', 'completed_at', 'duration', 'mode', 'metadata']),
                        ('action_events', 'authenticated', 'UPDATE', array['completed_at', 'duration', 'metadata']),
                        ('vector_progress', 'service_role', 'SELECT', array['']), ('action_events', 'service_role', 'SELECT', array['']),
                        ('vector_progress', 'service_role', 'INSERT', array['']), ('action_events', 'service_role', 'INSERT', array['']),
                        ('vector_progress', 'service_role', 'UPDATE', array['']), ('action_events', 'service_role', 'UPDATE', array['']),
                        ('vector_progress', 'service_role', 'DELETE', array['']), ('action_events', 'service_role', 'DELETE', array[''])
                    ) as e (relation, grantee, privilege, columns)
                ),
                actual as (
                    select c.relname::text as relation, a.grantee::regrole::text as grantee, a.privilege_type as privilege, '' as "column"
                    from pg_catalog.pg_class as c,
                        aclexplode(c.relacl) as a
                    where c.oid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'))
                        and a.grantee in ('authenticated'::regrole, 'service_role'::regrole)
                    union all
                    select c.relname::text, a.grantee::regrole::text, a.privilege_type, f.attname::text
                    from pg_catalog.pg_class as c
                    join pg_catalog.pg_attribute as f on f.attrelid = c.oid,
                        aclexplode(f.attacl) as a
                    where c.oid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'))
                        and a.grantee in ('authenticated'::regrole, 'service_role'::regrole)
                )
                select (select count(*) from (table expected except table actual) as missing)
                    + (select count(*) from (table actual except table expected) as extra)
            $$),
            ('FAIL', 'API roles cannot access Liquibase''s log', $$
                select count(*) + (to_regclass('extensions.databasechangelog') is null)::integer
                from pg_catalog.pg_class as c,
                    aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as a
                where c.relname in ('databasechangelog', 'databasechangeloglock')
                    and c.relkind = 'r'
                    and case
                        when a.grantee = 0 then true
                        else pg_has_role('anon', a.grantee, 'usage') or pg_has_role('authenticated', a.grantee, 'usage')
                    end
            $$)
        ) as c (kind, name, query)
    loop
        begin
            execute item.query into offending;
            verdict := case
                when offending > 0 then item.kind
                when item.kind = 'FAIL' then 'PASS'
                else 'INFO'
            end;
            report := report || format('%s  %s  %s', verdict, rpad(item.name, 60), offending);
        exception
            when others then
                verdict := 'FAIL';
                report := report || format('%s  %s  %s', verdict, rpad(item.name, 60), sqlerrm);
        end;
        passed := passed + (verdict = 'PASS')::integer;
        failed := failed + (verdict = 'FAIL')::integer;
    end loop;

    begin
        for item in
            execute $$
                select e.completed_at, e.action_id, e.id
                from public.action_events as e
                where e.completed_at is not null
                order by e.completed_at desc
                limit 20
            $$
        loop
            report := report || format('INFO  completed %s  %s  %s', date_trunc('second', item.completed_at), item.action_id, item.id);
        end loop;
    exception
        when others then
            null; -- The checks above report a missing table.
    end;

    report := report || string_to_array(current_setting('verify.report'), e'\n');
    report := report || format('%s passed, %s failed', passed, failed);
    perform set_config('verify.report', array_to_string(report, E'\n'), true);
    perform set_config('verify.failed', failed::text, true);
end
$verify$;

select current_setting('verify.report');

do $$
begin
    if current_setting('verify.failed') <> '0' then
        raise exception 'verify: % failed', current_setting('verify.failed');
    end if;
end
$$;

rollback;
