-- Says whether a database is as the changelog left it and its data is sound: a line a check, then "N passed, N failed".
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/vectors/verify.sql
--
-- Reads only, all of it in one state of the database, and takes no lock that anyone would notice. Exits with 3 where a check failed.
-- PASS or FAIL comes with the number of offending rows or objects; INFO and WARN are for people and fail nothing.
-- Lines that begin with a backslash are for psql; the rest is SQL that any client can run.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

start transaction isolation level repeatable read, read only;
set local search_path = '';
set local statement_timeout = '30min';
set local lock_timeout = '5s';
-- An error, rather than fewer rows, for a role that row security would filter.
set local row_security = off;

do $verify$
declare
    item record;
    offending bigint;
    verdict text;
    report text[] := '{}';
    passed integer := 0;
    failed integer := 0;
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
            ('FAIL', 'no profile, vector and version is there twice', $$
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
            ('FAIL', 'whoever has progress has five rows', $$
                select count(*)
                from (
                    select from public.vector_progress
                    group by profile_id
                    having count(*) < 5
                ) as fewer
            $$),
            ('FAIL', 'every profile has its five rows of v1', $$
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
            ('FAIL', 'no completion comes before its selection', $$
                select count(*) from public.action_events where completed_at < selected_at
            $$),
            -- Players' devices say when; one wrong clock is no fault of the database.
            ('WARN', 'times more than five minutes ahead', $$
                select count(*) from public.action_events
                where greatest(selected_at, completed_at) > now() + interval '5 minutes'
            $$),
            ('FAIL', 'the backfill has finished', $$
                select 1 - count(*) from private.backfills where name = 'vector_progress' and finished_at is not null
            $$),
            ('FAIL', 'constraints are there and validated', $$
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
                        -- Before version 18 every constraint is enforced.
                        and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
                )
            $$),
            ('FAIL', 'indexes are there and valid', $$
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
            ('FAIL', 'an account''s profiles are found by index', $$
                select 1 - least(count(*), 1)
                from pg_catalog.pg_index as i
                join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = to_regclass('public.game_profiles')
                    and a.attname = 'user_id'
                    and i.indisvalid
                    and i.indpred is null
            $$),
            ('FAIL', 'triggers are there and enabled', $$
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
                    -- Those behind the foreign keys.
                    select count(*)
                    from pg_catalog.pg_trigger as t
                    join pg_catalog.pg_constraint as c on c.oid = t.tgconstraint
                    where c.conrelid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'))
                        and t.tgenabled not in ('O', 'A')
                )
            $$),
            ('FAIL', 'row security is on', $$
                select count(*)
                from (values ('public.vector_progress'), ('public.action_events'), ('private.backfills')) as expected (relation)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass(expected.relation) and c.relrowsecurity
                )
            $$),
            ('FAIL', 'the six policies are there, for authenticated', $$
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
            ('FAIL', 'no policy goes beyond the six', $$
                select count(*)
                from pg_catalog.pg_policy as p
                where p.polrelid in (to_regclass('public.vector_progress'), to_regclass('public.action_events'))
                    and p.polpermissive
                    and p.polname not in (
                        'Users select own vector progress', 'Users upsert own vector progress', 'Users update own vector progress',
                        'Users select own action events', 'Users insert own action events', 'Users update own action events'
                    )
            $$),
            ('FAIL', 'anon has no privilege', $$
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
            ('FAIL', 'authenticated and service_role have what they were granted', $$
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
            ('FAIL', 'Liquibase''s log is closed to the API', $$
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
            null; -- The checks have said what is wrong with the table.
    end;

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
