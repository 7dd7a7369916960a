-- Checks that a database matches the changelog and that its data is consistent: one line per check, then "N passed, N failed".
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/describe-it/verify.sql
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
0001-user-api-keys-updated-at-function
0001-is-envelope
0001-guard-api-keys
0001-user-api-keys
0001-user-api-keys-user
0001-user-api-keys-once
0001-set-api-key
0001-delete-api-key
0001-list-my-api-keys
0002-safe-checks
0002-user-progress-updated-at-function
0002-guard-user-progress
0002-user-progress
0002-user-progress-user
0002-user-progress-once
0002-user-progress-last-activity
0003-safe-checks
0003-export-history
0003-export-history-user
0003-export-history-user-index
0003-export-history-status-index
0003-export-history-created-at-index
0003-export-history-type-index
0003-export-history-archive
0003-export-history-archive-user
0003-export-history-archive-user-index
0003-move-export
0003-clean-expired-exports
0003-archive-export-history
0003-export-history-updated-at-function
0003-limit-open-exports
0003-schedule; extension pg_cron
0003-export-history-limit
0003-export-history-updated-at
0004-safe-checks
0004-set-api-key
0004-delete-api-key
0004-list-my-api-keys
0004-move-export
0004-clean-expired-exports
0004-user-api-keys-access
0004-user-progress-access
0004-export-history-access
0005-safe-checks
0005-backfills
0005-count-user-progress
0005-recompute-user-progress
0005-update-user-progress-from-session
0005-backfill-batch
0005-sessions-user-index
0005-session-triggers
0005-backfill
0006-safe-checks
0006-safe-checks-storage; precondition
0006-made-buckets
0006-exports-bucket; precondition
0006-get-my-export-files
0006-list-expired-export-files; precondition
0006-objects-access; precondition
0006-list-my-export-files
0007-safe-checks
0007-key-validations
0007-key-validations-key
0007-key-validations-due-index
0007-apply-key-validations
0007-queue-key-validations
0007-claim-key-validations
0007-finish-key-validation
0007-enqueue-key-validations
0007-retry-dead-key-validations
0007-schedule; extension pg_cron
0007-user-api-keys-validation
$list$, true);
    -- The jobs in pg_cron: changeset, job, schedule and command.
    perform set_config('verify.jobs', $list$
0003-schedule; describe-it-clean-expired-exports; 17 3 * * *; select private.clean_expired_exports(100000)
0003-schedule; describe-it-archive-export-history; 47 3 * * *; select private.archive_export_history(now() - interval '1 year', 10000)
0007-schedule; describe-it-queue-key-validations; 27 3 * * *; select private.enqueue_key_validations(10000, interval '30 days')
$list$, true);
    -- A digest of each definition without white space and parentheses, because pg_dump and a restore change some of them.
    perform set_config('verify.definitions', $list$
function private.apply_key_validations(uuid) 6528dcbe0c60
function private.archive_export_history(timestamp with time zone,integer) 64211a0fbea3
function private.backfill_user_progress(integer) caab123e9535
function private.claim_key_validations(integer,integer) 77f55f1ea512
function private.clean_expired_exports(integer) 20aaaa43554d
function private.count_user_progress(uuid[]) 48450fd83159
function private.delete_api_key(text) 57c4f790ff1c
function private.enqueue_key_validations(integer,interval) 34ac4f8a6dcd
function private.finish_key_validation(uuid,text,uuid,text,text) 489f51c4e2e0
function private.get_my_export_files() 26774ffd0ede
function private.guard_api_keys() 75f48c0823a4
function private.guard_user_progress() faa33db66010
function private.is_envelope(text) 46adfe093c84
function private.limit_open_exports() 559c273f748d
function private.list_expired_export_files(integer) 9164ec179993
function private.list_my_api_keys() b84fd6d0bc70
function private.move_export(uuid,text,integer,bigint,text,timestamp with time zone,jsonb,text) 4e586eefe2b1
function private.queue_key_validations() a715cb371512
function private.recompute_user_progress(uuid[]) c2af311570e1
function private.refuse_data_loss(regclass,boolean,name) 6a9fbc50d2b6
function private.retry_dead_key_validations(integer) 96b0080bf85f
function private.set_api_key(text,text) 0fb71553affe
function private.update_export_history_updated_at() 8012b0ffd352
function private.update_user_api_keys_updated_at() c49737f30375
function private.update_user_progress_from_session() ba548833e685
function private.update_user_progress_updated_at() 6bf0fa818356
function public.claim_key_validations(integer,integer) 1a94e099323b
function public.clean_expired_exports(integer) 7d537bbe2dd7
function public.delete_api_key(text) 61617949dc73
function public.enqueue_key_validations(integer,interval) 149a8c3faab8
function public.finish_key_validation(uuid,text,uuid,text,text) 40163f83e40a
function public.list_expired_export_files(integer) dad23a300292
function public.list_my_api_keys() f3444184e96f
function public.list_my_export_files() c0ea18ec0774
function public.move_export(uuid,text,integer,bigint,text,timestamp with time zone,jsonb,text) b67fc199e059
function public.retry_dead_key_validations(integer) 80b8b3522ed8
function public.set_api_key(text,text) 9fd8d055e303
policy public.export_history export_history_delete_own ffe6eda5aa56
policy public.export_history export_history_insert_own 216dcf65c48a
policy public.export_history export_history_select_own ca771a1d9c80
policy public.export_history export_history_update_own e490840379a8
policy public.user_api_keys user_api_keys_delete_own ffe6eda5aa56
policy public.user_api_keys user_api_keys_insert_own 216dcf65c48a
policy public.user_api_keys user_api_keys_select_own ca771a1d9c80
policy public.user_api_keys user_api_keys_update_own e490840379a8
policy public.user_progress user_progress_delete_own ffe6eda5aa56
policy public.user_progress user_progress_insert_own 216dcf65c48a
policy public.user_progress user_progress_select_own ca771a1d9c80
policy public.user_progress user_progress_update_own e490840379a8
policy storage.objects objects_select_describe_it 0ae21e0cd1dd
trigger public.export_history trg_export_history_limit 8909b0a7de27
trigger public.export_history trg_export_history_updated_at b849323233ea
trigger public.sessions trg_sessions_user_progress_delete 27e32bf5c071
trigger public.sessions trg_sessions_user_progress_insert d60dd06e947c
trigger public.sessions trg_sessions_user_progress_update 374020f07a79
trigger public.user_api_keys trg_user_api_keys_envelopes 41019095f065
trigger public.user_api_keys trg_user_api_keys_updated_at 5db926ffd295
trigger public.user_api_keys trg_user_api_keys_validation 82f8b731ecb1
trigger public.user_progress trg_user_progress_updated_at 308881fb0812
trigger public.user_progress trg_user_progress_user 532bdca59e21
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
                    select l.id from extensions.databasechangelog as l where l.author = 'describe-it'
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
            ('INFO', 'users', $$
                select count(*) from public.users
            $$),
            ('INFO', 'users with progress', $$
                select count(*) from public.user_progress
            $$),
            ('INFO', 'users with keys', $$
                select count(*) from public.user_api_keys
            $$),
            ('INFO', 'exports', $$
                select count(*) from public.export_history
            $$),
            ('INFO', 'exports in the archive', $$
                select count(*) from private.export_history_archive
            $$),
            ('FAIL', '3 tables', $$
                select 3 - count(*)
                from pg_catalog.pg_class as c
                where c.oid = any (array_remove(array[to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history')], null)) and c.relkind = 'r'
            $$),
            ('FAIL', '3 tables with row security', $$
                select 3 - count(*)
                from pg_catalog.pg_class as c
                where c.oid = any (array_remove(array[to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history')], null)) and c.relrowsecurity
            $$),
            ('FAIL', 'row security on the private tables', $$
                select count(*)
                from (values
                    ('private.export_history_archive'), ('private.backfills'), ('private.made_buckets'), ('private.key_validations')
                ) as expected (relation)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass(expected.relation) and c.relrowsecurity
                )
            $$),
            ('FAIL', '12 policies, each for the owner of the row', $$
                select count(*)
                from unnest(array['user_api_keys', 'user_progress', 'export_history']) as t (name)
                cross join (values
                    ('select', 'r', true, false),
                    ('insert', 'a', false, true),
                    ('update', 'w', true, true),
                    ('delete', 'd', true, false)
                ) as expected (command, code, has_using, has_check)
                where not exists (
                    select
                    from pg_catalog.pg_policy as p
                    where p.polrelid = to_regclass('public.' || t.name)
                        and p.polname = format('%s_%s_own', t.name, expected.command)
                        and p.polcmd::text = expected.code
                        and p.polpermissive
                        and p.polroles = array['authenticated'::regrole::oid]
                        and (p.polqual is not null) = expected.has_using
                        and (p.polwithcheck is not null) = expected.has_check
                        and concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
                            ~ '^(\(user_id = \( SELECT auth\.uid\(\) AS uid\)\)){1,2}$'
                )
            $$),
            ('FAIL', 'no policy exists besides the 12', $$
                select greatest(count(*) - 12, 0)
                from pg_catalog.pg_policy as p
                where p.polrelid = any (array_remove(array[to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history')], null))
            $$),
            ('FAIL', '7 indexes besides the primary keys', $$
                select count(*)
                from (values
                    ('public.idx_user_api_keys_user_id'),
                    ('public.idx_user_progress_user_id'),
                    ('public.idx_user_progress_last_activity'),
                    ('public.idx_export_history_user_id'),
                    ('public.idx_export_history_status'),
                    ('public.idx_export_history_created_at'),
                    ('public.idx_export_history_export_type')
                ) as expected (name)
                where not exists (
                    select
                    from pg_catalog.pg_index as i
                    where i.indexrelid = to_regclass(expected.name) and i.indisvalid and i.indisready
                )
            $$),
            ('FAIL', 'no index exists besides the 7', $$
                select greatest(count(*) - 7, 0)
                from pg_catalog.pg_index as i
                where i.indrelid = any (array_remove(array[to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history')], null)) and not i.indisprimary
            $$),
            ('FAIL', 'sessions of a user are found by index', $$
                select 1 - least(count(*), 1)
                from pg_catalog.pg_index as i
                join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = to_regclass('public.sessions')
                    and a.attname = 'user_id'
                    and i.indisvalid
                    and i.indpred is null
            $$),
            ('FAIL', '10 triggers, enabled, each with its function', $$
                select count(*)
                from (values
                    ('public.user_api_keys', 'trg_user_api_keys_updated_at', 'private.update_user_api_keys_updated_at()'),
                    ('public.user_progress', 'trg_user_progress_updated_at', 'private.update_user_progress_updated_at()'),
                    ('public.export_history', 'trg_export_history_updated_at', 'private.update_export_history_updated_at()'),
                    ('public.export_history', 'trg_export_history_limit', 'private.limit_open_exports()'),
                    ('public.user_api_keys', 'trg_user_api_keys_envelopes', 'private.guard_api_keys()'),
                    ('public.user_api_keys', 'trg_user_api_keys_validation', 'private.queue_key_validations()'),
                    ('public.user_progress', 'trg_user_progress_user', 'private.guard_user_progress()'),
                    ('public.sessions', 'trg_sessions_user_progress_insert', 'private.update_user_progress_from_session()'),
                    ('public.sessions', 'trg_sessions_user_progress_update', 'private.update_user_progress_from_session()'),
                    ('public.sessions', 'trg_sessions_user_progress_delete', 'private.update_user_progress_from_session()')
                ) as expected (relation, name, function)
                where not exists (
                    select
                    from pg_catalog.pg_trigger as t
                    where t.tgrelid = to_regclass(expected.relation)
                        and t.tgname = expected.name
                        and t.tgfoid = to_regprocedure(expected.function)
                        and t.tgenabled in ('O', 'A')
                )
            $$),
            ('FAIL', '8 trigger functions, not callable through the API', $$
                select count(*)
                from (values
                    ('private.update_user_api_keys_updated_at()', false),
                    ('private.update_user_progress_updated_at()', false),
                    ('private.update_export_history_updated_at()', false),
                    ('private.guard_api_keys()', true),
                    ('private.limit_open_exports()', true),
                    ('private.queue_key_validations()', true),
                    ('private.guard_user_progress()', false),
                    ('private.update_user_progress_from_session()', true)
                ) as expected (function, definer)
                where not exists (
                    select
                    from pg_catalog.pg_proc as p
                    where p.oid = to_regprocedure(expected.function)
                        and p.prosecdef = expected.definer
                        and p.proconfig @> array['search_path=""']
                )
            $$),
            ('FAIL', '3 foreign keys to users, validated', $$
                select count(*)
                from (values
                    ('public.user_api_keys', 'user_api_keys_user_id_fkey'),
                    ('public.user_progress', 'user_progress_user_id_fkey'),
                    ('public.export_history', 'export_history_user_id_fkey')
                ) as expected (relation, name)
                where not exists (
                    select
                    from pg_catalog.pg_constraint as c
                    where c.conrelid = to_regclass(expected.relation)
                        and c.conname = expected.name
                        and c.confrelid = to_regclass('public.users')
                        and c.confdeltype = 'c'
                        and c.convalidated
                        -- Before PostgreSQL 18, every constraint is enforced.
                        and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
                )
            $$),
            ('FAIL', '2 unique constraints', $$
                select count(*)
                from (values
                    ('public.user_api_keys', 'idx_user_api_keys_user_id'),
                    ('public.user_progress', 'idx_user_progress_user_id')
                ) as expected (relation, name)
                where not exists (
                    select
                    from pg_catalog.pg_constraint as c
                    where c.conrelid = to_regclass(expected.relation) and c.conname = expected.name and c.contype = 'u'
                )
            $$),
            ('FAIL', 'checks exist and are validated', $$
                select count(*)
                from (values
                    ('public.user_api_keys', 'user_api_keys_openai_api_key_is_an_envelope'),
                    ('public.user_api_keys', 'user_api_keys_unsplash_api_key_is_an_envelope'),
                    ('public.user_api_keys', 'user_api_keys_anthropic_api_key_is_an_envelope'),
                    ('public.user_progress', 'user_progress_counts_check'),
                    ('public.user_progress', 'user_progress_average_accuracy_check'),
                    ('public.user_progress', 'user_progress_streak_check'),
                    ('public.export_history', 'export_history_status_check'),
                    ('public.export_history', 'export_history_export_format_check'),
                    ('public.export_history', 'export_history_export_type_check'),
                    ('public.export_history', 'export_history_filters_check'),
                    ('public.export_history', 'export_history_data_check'),
                    ('public.export_history', 'export_history_counts_check'),
                    ('public.export_history', 'export_history_started_at_check'),
                    ('public.export_history', 'export_history_completed_at_check'),
                    ('public.export_history', 'export_history_file_url_check'),
                    ('public.export_history', 'export_history_error_message_check'),
                    ('private.key_validations', 'key_validations_provider_check'),
                    ('private.key_validations', 'key_validations_status_check'),
                    ('private.key_validations', 'key_validations_attempts_check'),
                    ('private.key_validations', 'key_validations_claim_check'),
                    ('private.key_validations', 'key_validations_last_error_check'),
                    ('private.key_validations', 'key_validations_checked_at_check')
                ) as expected (relation, name)
                where not exists (
                    select
                    from pg_catalog.pg_constraint as c
                    where c.conrelid = to_regclass(expected.relation)
                        and c.conname = expected.name
                        and c.contype = 'c'
                        and c.convalidated
                        and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
                )
            $$),
            ('FAIL', 'all columns exist: 9, 22 and 18', $$
                select count(*)
                from (values
                    ('public.user_api_keys', $columns$
                        id user_id openai_api_key unsplash_api_key anthropic_api_key last_validated_at is_active created_at
                        updated_at
                    $columns$),
                    ('public.user_progress', $columns$
                        id user_id total_descriptions total_images total_questions_answered total_vocabulary_learned
                        total_sessions total_time_spent_minutes current_streak_days longest_streak_days total_points
                        average_accuracy average_completion_time_seconds mastered_words_count learning_words_count
                        new_words_count last_activity_at last_description_at last_qa_session_at last_vocabulary_practice_at
                        created_at updated_at
                    $columns$),
                    ('public.export_history', $columns$
                        id user_id export_type export_format status records_count file_size_bytes file_url filters data
                        error_message retry_count started_at completed_at processing_time_seconds expires_at created_at
                        updated_at
                    $columns$)
                ) as expected (relation, columns)
                cross join unnest(regexp_split_to_array(btrim(expected.columns, E' \n'), '\s+')) as name
                where not exists (
                    select
                    from pg_catalog.pg_attribute as a
                    where a.attrelid = to_regclass(expected.relation) and a.attname = name and not a.attisdropped
                )
            $$),
            ('FAIL', 'users from before the backfill have progress', $$
                select count(*)
                from public.users as u
                where u.created_at < (select b.started_at from private.backfills as b where b.name = 'user_progress')
                    and not exists (select from public.user_progress as p where p.user_id = u.id)
            $$),
            ('FAIL', 'the backfill has finished', $$
                select 1 - count(*) from private.backfills where name = 'user_progress' and finished_at is not null
            $$),
            ('FAIL', 'progress matches the sessions', $$
                select count(*)
                from private.count_user_progress(array(select u.id from public.users as u)) as c
                left join public.user_progress as p on p.user_id = c.user_id
                where (p.user_id is not null or c.total_sessions > 0)
                    and (
                        p.total_sessions, p.total_time_spent_minutes, p.total_descriptions, p.total_images, p.total_questions_answered,
                        p.total_vocabulary_learned, p.last_activity_at, p.last_description_at, p.last_qa_session_at,
                        p.last_vocabulary_practice_at, p.current_streak_days, p.longest_streak_days,
                        p.average_accuracy, p.average_completion_time_seconds
                    ) is distinct from (
                        c.total_sessions, c.total_time_spent_minutes, c.total_descriptions, c.total_images, c.total_questions_answered,
                        c.total_vocabulary_learned, c.last_activity_at, c.last_description_at, c.last_qa_session_at,
                        c.last_vocabulary_practice_at, c.current_streak_days, c.longest_streak_days,
                        c.average_accuracy, c.average_completion_time_seconds
                    )
            $$),
            ('FAIL', 'keys are encrypted envelopes', $$
                select count(*)
                from public.user_api_keys as k
                cross join unnest(array[k.openai_api_key, k.unsplash_api_key, k.anthropic_api_key]) as envelope
                where not private.is_envelope(envelope)
            $$),
            ('FAIL', 'validations belong to keys that are set', $$
                select count(*)
                from private.key_validations as v
                where not exists (
                    select
                    from public.user_api_keys as k
                    where k.user_id = v.user_id
                        and case v.provider
                            when 'openai' then k.openai_api_key
                            when 'unsplash' then k.unsplash_api_key
                            else k.anthropic_api_key
                        end is not null
                )
            $$),
            ('WARN', 'key validations that are due for more than an hour', $$
                select count(*) from private.key_validations where status in ('queued', 'claimed') and run_after < now() - interval '1 hour'
            $$),
            ('WARN', 'key validations that failed five times', $$
                select count(*) from private.key_validations where status = 'dead'
            $$),
            ('FAIL', 'bucket exports is private, and users only read it', case when to_regprocedure('private.list_expired_export_files(integer)') is null then 'select 0' else $$
                select (select count(*) from storage.buckets as b where b.id = 'exports' and b.public)
                    + (select 1 - count(*) from storage.buckets as b where b.id = 'exports')
                    + (
                        select 1 - count(*)
                        from pg_catalog.pg_policy as p
                        where p.polrelid = to_regclass('storage.objects')
                            and p.polname = 'objects_select_describe_it'
                            and p.polcmd = 'r'
                            and p.polroles = array['authenticated'::regrole::oid]
                    )
                    + (
                        select count(*)
                        from pg_catalog.pg_policy as p
                        where p.polrelid = to_regclass('storage.objects')
                            and p.polname <> 'objects_select_describe_it'
                            and p.polpermissive
                            and concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~ '''exports'''
                    )
            $$ end),
            ('WARN', 'files in bucket exports to delete', case when to_regprocedure('private.list_expired_export_files(integer)') is null then 'select 0' else $$
                select count(*) from private.list_expired_export_files(1000)
            $$ end),
            ('FAIL', 'rows belong to users that exist', $$
                select count(*)
                from (
                    select k.user_id from public.user_api_keys as k
                    union all
                    select p.user_id from public.user_progress as p
                    union all
                    select e.user_id from public.export_history as e
                    union all
                    select a.user_id from private.export_history_archive as a
                ) as held
                where not exists (select from public.users as u where u.id = held.user_id)
            $$),
            ('INFO', 'sessions above the limits of one session', $$
                select count(*)
                from public.sessions as s
                where s.ended_at is not null
                    and (
                        s.ended_at < '2000-01-01 00:00+00'
                        or s.ended_at > now() + interval '1 day'
                        or s.started_at < s.ended_at - interval '24 hours'
                        or s.duration_minutes > 1440
                        or greatest(s.images_processed, s.descriptions_generated, s.qa_attempts, s.qa_correct, s.vocabulary_learned) > 1000
                    )
            $$),
            ('WARN', 'exports that expired more than a day ago', $$
                select count(*) from public.export_history
                where status = 'completed' and file_url is not null and expires_at < now() - interval '1 day'
            $$),
            ('WARN', 'exports that have been processing for an hour', $$
                select count(*) from public.export_history where status = 'processing' and started_at < now() - interval '1 hour'
            $$),
            ('FAIL', 'anon has no privileges', $$
                select count(*)
                from (
                    select a.grantee
                    from pg_catalog.pg_class as c,
                        aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as a
                    where c.oid in (to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history'),
                            to_regclass('private.export_history_archive'), to_regclass('private.backfills'), to_regclass('private.made_buckets'),
                            to_regclass('private.key_validations'))
                    union all
                    select a.grantee
                    from pg_catalog.pg_attribute as c,
                        aclexplode(c.attacl) as a
                    where c.attrelid in (to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history'),
                            to_regclass('private.export_history_archive'), to_regclass('private.backfills'), to_regclass('private.made_buckets'),
                            to_regclass('private.key_validations'))
                    union all
                    select a.grantee
                    from pg_catalog.pg_proc as f,
                        aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
                    where f.pronamespace in (to_regnamespace('private'), to_regnamespace('public'))
                        and f.proname in ('refuse_data_loss', 'update_user_api_keys_updated_at', 'update_user_progress_updated_at', 'update_export_history_updated_at',
                                'set_api_key', 'delete_api_key', 'list_my_api_keys', 'move_export', 'clean_expired_exports', 'archive_export_history',
                                'is_envelope', 'guard_api_keys', 'limit_open_exports', 'guard_user_progress', 'count_user_progress', 'recompute_user_progress',
                                'update_user_progress_from_session', 'backfill_user_progress', 'get_my_export_files', 'list_my_export_files', 'list_expired_export_files',
                                'apply_key_validations', 'queue_key_validations', 'claim_key_validations', 'finish_key_validation', 'enqueue_key_validations',
                                'retry_dead_key_validations')
                ) as holds
                where case when holds.grantee = 0 then true else pg_has_role('anon', holds.grantee, 'usage') end
            $$),
            ('FAIL', 'grants of authenticated and service_role are complete', $$
                with expected as (
                    select e.relation, e.grantee, e.privilege, unnest(e.columns) as "column"
                    from (values
                        ('user_api_keys', 'authenticated', 'SELECT', array['id', 'user_id', 'last_validated_at', 'is_active', 'created_at', 'updated_at']),
                        ('user_api_keys', 'authenticated', 'DELETE', array['']),
                        ('user_api_keys', 'service_role', 'SELECT', array['']),
                        ('user_api_keys', 'service_role', 'DELETE', array['']),
                        ('user_api_keys', 'service_role', 'UPDATE', array['openai_api_key', 'unsplash_api_key', 'anthropic_api_key', 'last_validated_at', 'is_active']),
                        ('user_progress', 'authenticated', 'SELECT', array['']),
                        ('user_progress', 'service_role', 'SELECT', array['']),
                        ('user_progress', 'service_role', 'INSERT', array['user_id', 'total_points', 'mastered_words_count', 'learning_words_count', 'new_words_count']),
                        ('user_progress', 'service_role', 'UPDATE', array['user_id', 'total_points', 'mastered_words_count', 'learning_words_count', 'new_words_count']),
                        ('export_history', 'authenticated', 'SELECT', array['']),
                        ('export_history', 'authenticated', 'INSERT', array['user_id', 'export_type', 'export_format', 'filters']),
                        ('export_history', 'service_role', 'SELECT', array['']),
                        ('export_history', 'service_role', 'INSERT', array['user_id', 'export_type', 'export_format', 'filters'])
                    ) as e (relation, grantee, privilege, columns)
                ),
                actual as (
                    select c.relname::text as relation, a.grantee::regrole::text as grantee, a.privilege_type as privilege, '' as "column"
                    from pg_catalog.pg_class as c,
                        aclexplode(c.relacl) as a
                    where c.oid in (to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history'),
                            to_regclass('private.export_history_archive'), to_regclass('private.backfills'), to_regclass('private.made_buckets'),
                            to_regclass('private.key_validations'))
                        and a.grantee in ('authenticated'::regrole, 'service_role'::regrole)
                    union all
                    select c.relname::text, a.grantee::regrole::text, a.privilege_type, f.attname::text
                    from pg_catalog.pg_class as c
                    join pg_catalog.pg_attribute as f on f.attrelid = c.oid,
                        aclexplode(f.attacl) as a
                    where c.oid in (to_regclass('public.user_api_keys'), to_regclass('public.user_progress'), to_regclass('public.export_history'),
                            to_regclass('private.export_history_archive'), to_regclass('private.backfills'), to_regclass('private.made_buckets'),
                            to_regclass('private.key_validations'))
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
            report := report || format('%s  %s  %s', case verdict when 'PASS' then '✅ PASS' when 'FAIL' then '❌ FAIL' else verdict end, rpad(item.name, 58), offending);
        exception
            when others then
                verdict := 'FAIL';
                report := report || format('%s  %s  %s', case verdict when 'PASS' then '✅ PASS' when 'FAIL' then '❌ FAIL' else verdict end, rpad(item.name, 58), sqlerrm);
        end;
        passed := passed + (verdict = 'PASS')::integer;
        failed := failed + (verdict = 'FAIL')::integer;
    end loop;

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
