-- Tests row level security and grants as visitor, two learners, admin and service.
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/polaris/rls_tests.sql
--
-- Run on staging, as the role that runs the changelog, because it may set the other roles and add accounts. Everything is one transaction that
-- is rolled back, also when the script is killed. Exits with status 3 if a case failed.
-- Prints PASS, FAIL or SKIP (migration not applied) for each case, then the totals. Each line ends with the result: the number of changed
-- rows, the value, or the SQLSTATE. 0 rows means that a policy shows no row; 42501 means a missing privilege, or a row that a policy
-- rejects.
-- Lines that begin with a backslash are for psql; the rest is SQL that any client can run.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

start transaction;
set local search_path = '';
set local statement_timeout = '2min';
set local lock_timeout = '5s';
-- The server ends the session if psql is suspended.
set local idle_in_transaction_session_timeout = '1min';

do $rls$
declare
    given jsonb := jsonb_build_object(
        'alice', gen_random_uuid(), 'bob', gen_random_uuid(), 'admin', gen_random_uuid(),
        'drill', gen_random_uuid(), 'paid', gen_random_uuid(), 'draft', gen_random_uuid()
    );
    test record;
    item record;
    statement text;
    came text;
    refused boolean;
    changed bigint;
    report text[] := '{}';
    passed integer := 0;
    failed integer := 0;
    skipped integer := 0;
begin
    if to_regclass('public.profiles') is null or to_regprocedure('private.is_admin()') is null then
        raise exception 'this is not a database of Polaris' using hint = 'Check PGHOST and PGDATABASE, or run liquibase:update first.';
    end if;

    -- Users, content, feature flags and a setting that only this run uses.
    insert into auth.users (id, email)
    select (given ->> p.name)::uuid, p.name || '-' || (given ->> p.name) || '@rls-tests.invalid'
    from unnest(array['alice', 'bob', 'admin']) as p (name);
    update public.profiles set role = 'admin' where id = (given ->> 'admin')::uuid;
    insert into public.coaches (key, display_name, is_active)
    values ('rls_tests', 'Row security', true), ('rls_tests_retired', 'Retired', false);
    insert into public.drills (id, coach_key, type, title, prompt, gating, state)
    values
        ((given ->> 'drill')::uuid, 'rls_tests', 'speaking', 'For everyone', 'Say it.', false, 'published'),
        ((given ->> 'paid')::uuid, 'rls_tests', 'speaking', 'For paying tiers', 'Say it.', true, 'published'),
        ((given ->> 'draft')::uuid, 'rls_tests', 'speaking', 'Not out', 'Say it.', false, 'draft');
    insert into public.catalogs (coach_key, title, state) values ('rls_tests', 'Out', 'published'), ('rls_tests', 'Not out', 'draft');
    insert into public.rubrics (coach_key, title, spec, state) values ('rls_tests', 'Not out', '{}', 'draft');
    insert into public.feature_flags (key, is_public) values ('rls_tests.public', true), ('rls_tests.hidden', false);
    insert into public.settings (key, value) values ('rls_tests.setting', '1');

    for test in
        select row_number() over () as number, c.migration, c.who, c.name, c.sql, c.expected, c.keeps
        from (values
            -- 0001 and 0002: profiles
            ('0009', 'anon', 'reads no profile', $$select count(*) from public.profiles$$, '42501', null),
            ('0009', 'alice', 'reads only her own profile', $$select count(*) from public.profiles$$, '1', null),
            ('0009', 'admin', 'reads the profiles of others', $$select count(*) from public.profiles as p where p.id in ('<alice>', '<bob>')$$, '2', null),
            ('0009', 'alice', 'changes her own name', $$update public.profiles set full_name = 'Alice' where id = '<alice>'$$, '1 rows', null),
            ('0009', 'alice', 'cannot change the name of another user', $$update public.profiles set full_name = 'Me' where id = '<bob>'$$, '0 rows', null),
            ('0009', 'alice', 'cannot make herself admin', $$update public.profiles set role = 'admin'$$, '42501', null),
            ('0009', 'alice', 'cannot give herself a tier', $$update public.profiles set tier = 'vip'$$, '42501', null),
            ('0009', 'alice', 'cannot change her email address', $$update public.profiles set email = 'x@rls-tests.invalid'$$, '42501', null),
            ('0009', 'alice', 'cannot add a profile', $$insert into public.profiles (id) values (gen_random_uuid())$$, '42501', null),
            ('0009', 'alice', 'cannot truncate a table', $$truncate public.daily_usage$$, '42501', null),
            ('0009', 'alice', 'cannot delete her own profile', $$delete from public.profiles where id = '<alice>'$$, '42501', null),
            ('0002', 'alice', 'cannot set a role with the function', $$select public.set_user_role('<alice>', 'admin')$$, '42501', null),
            ('0002', 'anon', 'cannot set a role with the function', $$select public.set_user_role('<alice>', 'admin')$$, '42501', null),
            ('0001', 'alice', 'is not an admin', $$select public.is_admin('<alice>')$$, 'false', null),
            ('0001', 'alice', 'does not learn who is an admin', $$select public.is_admin('<admin>')$$, 'false', null),
            ('0001', 'admin', 'is an admin', $$select public.is_admin('<admin>')$$, 'true', null),
            ('0001', 'alice', 'cannot reach the private schema', $$select private.is_admin()$$, '42501', null),

            -- 0001: coaches and content
            ('0009', 'anon', 'sees only active coaches', $$select string_agg(c.key, ' ') from public.coaches as c where c.key like 'rls\_tests%'$$, 'rls_tests', null),
            ('0009', 'anon', 'cannot add a coach', $$insert into public.coaches (key, display_name) values ('rls_anon', 'x')$$, '42501', null),
            ('0009', 'alice', 'cannot add a coach', $$insert into public.coaches (key, display_name) values ('rls_alice', 'x')$$, '42501', null),
            ('0009', 'alice', 'cannot retire a coach', $$update public.coaches set is_active = false where key = 'rls_tests'$$, '0 rows', null),
            ('0009', 'admin', 'changes a coach', $$update public.coaches set tagline = 'x' where key = 'rls_tests'$$, '1 rows', null),
            ('0009', 'admin', 'also sees retired coaches', $$select count(*) from public.coaches as c where c.key like 'rls\_tests%'$$, '2', null),
            ('0009', 'anon', 'reads no drill', $$select count(*) from public.drills$$, '42501', null),
            ('0009', 'alice', 'reads only published free drills', $$select string_agg(d.title, ', ') from public.drills as d where d.coach_key = 'rls_tests'$$, 'For everyone', null),
            ('0009', 'admin', 'reads every drill', $$select count(*) from public.drills as d where d.coach_key = 'rls_tests'$$, '3', null),
            ('0009', 'alice', 'cannot publish a drill', $$update public.drills set state = 'published' where id = '<draft>'$$, '0 rows', null),
            ('0009', 'alice', 'cannot write a drill', $$insert into public.drills (coach_key, type, title, prompt) values ('rls_tests', 'speaking', 'x', 'x')$$, '42501', null),
            ('0009', 'alice', 'reads only published catalogs', $$select string_agg(c.title, ', ') from public.catalogs as c where c.coach_key = 'rls_tests'$$, 'Out', null),
            ('0009', 'alice', 'reads no draft rubric', $$select count(*) from public.rubrics as r where r.coach_key = 'rls_tests'$$, '0', null),
            ('0002', 'alice', 'starts a session', $$select public.start_session('<alice>', '<drill>')$$, '*', 'session'),
            ('0002', 'alice', 'cannot start a session of a paid drill', $$select public.start_session('<alice>', '<paid>')$$, 'P0002', null),
            ('0002', 'alice', 'cannot start a session of an unpublished drill', $$select public.start_session('<alice>', '<draft>')$$, 'P0002', null),
            ('0002', 'alice', 'cannot start a session for another user', $$select public.start_session('<bob>', '<drill>')$$, '42501', null),
            ('0002', 'anon', 'cannot start a session', $$select public.start_session('<alice>', '<drill>')$$, '42501', null),
            ('0002', 'service', 'starts a session for a user', $$select public.start_session('<bob>', '<drill>')$$, '*', 'others'),
            ('0009', 'alice', 'reads only her own sessions', $$select count(*) from public.sessions$$, '1', null),
            ('0009', 'bob', 'cannot find a session of another user', $$select count(*) from public.sessions as s where s.id = '<session>'$$, '0', null),
            ('0009', 'admin', 'reads the sessions of all users', $$select count(*) from public.sessions as s where s.id in ('<session>', '<others>')$$, '2', null),
            ('0009', 'alice', 'cannot score a session', $$update public.sessions set score = 100$$, '42501', null),
            ('0009', 'alice', 'cannot insert a session directly', $$insert into public.sessions (user_id, tier) values ('<alice>', 'free')$$, '42501', null),
            ('0009', 'alice', 'writes notes on her own session', $$update public.sessions set notes = 'mine' where id = '<session>'$$, '1 rows', null),
            ('0009', 'bob', 'cannot write notes on a session of another user', $$update public.sessions set notes = 'his' where id = '<session>'$$, '0 rows', null),
            ('0009', 'alice', 'adds an attempt to her own session', $$insert into public.attempts (session_id, user_id, prompt, response) values ('<session>', '<alice>', 'Say it.', 'It.')$$, '1 rows', null),
            ('0009', 'bob', 'cannot add an attempt to another user''s session', $$insert into public.attempts (session_id, user_id, prompt) values ('<session>', '<bob>', 'x')$$, '42501', null),
            ('0009', 'bob', 'cannot add an attempt as another user', $$insert into public.attempts (session_id, user_id, prompt) values ('<session>', '<alice>', 'x')$$, '42501', null),
            ('0009', 'alice', 'cannot score an attempt', $$insert into public.attempts (session_id, user_id, prompt, score) values ('<session>', '<alice>', 'x', 100)$$, '42501', null),
            ('0009', 'alice', 'cannot change an attempt', $$update public.attempts set response = 'x'$$, '42501', null),
            ('0009', 'bob', 'reads no attempt of another user', $$select count(*) from public.attempts$$, '0', null),
            ('0002', 'bob', 'cannot finish a session of another user', $$select public.finish_session('<session>')$$, 'P0002', null),
            ('0002', 'alice', 'cannot finish a session with a score', $$select public.finish_session('<session>', 100)$$, '42501', null),
            ('0002', 'service', 'finishes a session with a score', $$select (public.finish_session('<session>', 80)).score$$, '80.00', null),
            ('0009', 'alice', 'cannot add an attempt to an ended session', $$insert into public.attempts (session_id, user_id, prompt) values ('<session>', '<alice>', 'x')$$, '42501', null),
            ('0009', 'alice', 'reads her own daily usage', $$select sum(u.drills_done) from public.daily_usage as u$$, '1', null),
            ('0009', 'bob', 'reads no daily usage of another user', $$select count(*) from public.daily_usage$$, '0', null),
            ('0009', 'alice', 'cannot change her own daily usage', $$update public.daily_usage set minutes_used = 0$$, '42501', null),

            -- 0001: events, feature flags, reports
            ('0009', 'alice', 'reads only her own events', $$select count(*) filter (where e.user_id <> '<alice>') from public.events as e$$, '0', null),
            ('0009', 'alice', 'cannot insert an event directly', $$insert into public.events (name, user_id) values ('coach_selected', '<alice>')$$, '42501', null),
            ('0001', 'alice', 'logs a client event', $$select public.log_event('screen_opened') is not null$$, 'true', null),
            ('0001', 'alice', 'cannot log a payment event', $$select public.log_event('payment_received')$$, '42501', null),
            ('0009', 'service', 'cannot delete events', $$delete from public.events$$, '42501', null),
            ('0009', 'alice', 'reads only public feature flags', $$select string_agg(f.key, ' ') from public.feature_flags as f where f.key like 'rls\_tests%'$$, 'rls_tests.public', null),
            ('0009', 'alice', 'cannot change a feature flag', $$update public.feature_flags set enabled = true$$, '0 rows', null),
            ('0009', 'alice', 'reads no setting', $$select count(*) from public.settings$$, '0', null),
            ('0009', 'admin', 'reads settings', $$select count(*) from public.settings as s where s.key = 'rls_tests.setting'$$, '1', null),
            ('0009', 'alice', 'reads no audit log', $$select count(*) from public.audit_logs$$, '0', null),
            ('0009', 'admin', 'cannot delete audit logs', $$delete from public.audit_logs$$, '42501', null),
            ('0001', 'alice', 'reports a drill', $$select public.report_content('drills', '<drill>', 'x')$$, '*', 'report'),
            ('0009', 'alice', 'cannot insert a report directly', $$insert into public.reports (user_id, target_table, target_id, reason) values ('<alice>', 'drills', '<drill>', 'x')$$, '42501', null),
            ('0009', 'bob', 'reads no report of another user', $$select count(*) from public.reports$$, '0', null),
            ('0009', 'alice', 'cannot close a report', $$update public.reports set status = 'dismissed' where id = '<report>'$$, '0 rows', null),
            ('0009', 'admin', 'cannot close a report in another admin''s name', $$update public.reports set status = 'handled', handled_by = '<bob>' where id = '<report>'$$, '42501', null),
            ('0001', 'alice', 'cannot acquire the lease of a job', $$select public.acquire_lease('recap', 'alice', 60)$$, '42501', null),
            ('0001', 'anon', 'cannot acquire the lock of a job', $$select public.try_lock('recap')$$, '42501', null),
            ('0001', 'service', 'acquires the lease of a job', $$select public.acquire_lease('rls_tests', 'rls_tests', 60)$$, 'true', null),

            -- 0003: content in versions
            ('0003', 'admin', 'adds a drill set', $$insert into public.drill_sets (coach_key, section, title) values ('rls_tests', 'speaking', 'Not out') returning id$$, '*', 'set'),
            ('0003', 'alice', 'reads no draft drill set', $$select count(*) from public.drill_sets as s where s.id = '<set>'$$, '0', null),
            ('0003', 'admin', 'cannot publish a draft drill set in one step', $$update public.drill_sets set state = 'published' where id = '<set>'$$, '23514', null),
            ('0003', 'alice', 'reads no answer key', $$select answer_key from public.drill_items$$, '42501', null),
            ('0003', 'alice', 'cannot add a drill set', $$insert into public.drill_sets (coach_key, section, title) values ('rls_tests', 'speaking', 'Mine')$$, '42501', null),
            ('0003', 'anon', 'reads no drill items', $$select count(id) from public.drill_items$$, '42501', null),

            -- 0004: assignments
            ('0004', 'alice', 'cannot assign a drill to herself', $$select public.assign('<alice>', '<drill>')$$, '42501', null),
            ('0004', 'alice', 'cannot make herself staff', $$insert into public.coach_staff (user_id, coach_key) values ('<alice>', 'rls_tests')$$, '42501', null),
            ('0004', 'admin', 'assigns a drill to a learner', $$select public.assign('<alice>', '<drill>')$$, '*', 'assignment'),
            ('0004', 'alice', 'reads her own assignment', $$select count(*) from public.assignments$$, '1', null),
            ('0004', 'bob', 'reads no assignment of another user', $$select count(*) from public.assignments$$, '0', null),
            ('0004', 'bob', 'cannot submit an attempt for another user', $$select public.submit_assignment_attempt('<assignment>', '{}')$$, 'P0002', null),
            ('0004', 'alice', 'cannot score an assignment', $$update public.assignments set best_score = 100$$, '42501', null),
            ('0004', 'alice', 'cannot expire assignments', $$select public.expire_assignments()$$, '42501', null),

            -- 0005: support
            ('0005', 'anon', 'cannot open a ticket', $$select public.open_ticket('Help', 'Please.')$$, '42501', null),
            ('0005', 'alice', 'opens a ticket', $$select public.open_ticket('Help', 'Please.')$$, '*', 'ticket'),
            ('0005', 'admin', 'adds an internal message', $$select public.reply_ticket('<ticket>', 'A note', '[]', 'internal') is not null$$, 'true', null),
            ('0005', 'alice', 'reads her own ticket', $$select count(*) from public.tickets$$, '1', null),
            ('0005', 'alice', 'reads no internal message', $$select count(*) from public.ticket_messages as m where m.visibility = 'internal'$$, '0', null),
            ('0005', 'alice', 'cannot add an internal message', $$select public.reply_ticket('<ticket>', 'A note', '[]', 'internal')$$, '42501', null),
            ('0005', 'alice', 'cannot add a message as staff', $$insert into public.ticket_messages (ticket_id, author_type, body_text) values ('<ticket>', 'admin', 'Refunded')$$, '42501', null),
            ('0005', 'alice', 'cannot change the ticket''s priority', $$update public.tickets set priority = 'urgent'$$, '0 rows', null),
            ('0005', 'alice', 'reads no ticket events', $$select count(*) from public.ticket_events$$, '0', null),
            ('0005', 'bob', 'reads no ticket of another user', $$select count(*) from public.tickets$$, '0', null),
            ('0005', 'bob', 'cannot answer a ticket of another user', $$select public.reply_ticket('<ticket>', 'Me too')$$, 'P0002', null),
            ('0005', 'bob', 'cannot close a ticket of another user', $$select public.ticket_set_state('<ticket>', 'closed')$$, 'P0002', null),

            -- 0006: messages to users
            ('0006', 'admin', 'drafts a message to one user', $$insert into public.admin_messages (title, body_text, audience_filter) values ('Hello', 'Hello.', '{"user_ids": ["<alice>"]}') returning id$$, '*', 'message'),
            ('0006', 'admin', 'cannot mark a message as sent', $$update public.admin_messages set state = 'sent' where id = '<message>'$$, '42501', null),
            ('0006', 'admin', 'approves the message', $$select (public.admin_message_set_state('<message>', 'approved')).state$$, 'approved', null),
            ('0006', 'admin', 'schedules the message', $$select (public.admin_message_set_state('<message>', 'scheduled')).state$$, 'scheduled', null),
            ('0006', 'alice', 'reads no message before it is sent', $$select count(*) from public.v_my_admin_messages$$, '0', null),
            ('0006', 'alice', 'reads no row of admin_messages', $$select count(*) from public.admin_messages$$, '0', null),
            ('0006', 'alice', 'cannot add a message', $$insert into public.admin_messages (title, body_text) values ('x', 'y')$$, '42501', null),
            ('0006', 'alice', 'cannot send messages', $$select public.run_admin_message_drip()$$, '42501', null),
            ('0006', 'admin', 'cannot send messages instead of the service', $$select public.run_admin_message_drip()$$, '42501', null),
            ('0006', 'anon', 'reads no message', $$select count(*) from public.v_my_admin_messages$$, '42501', null),

            -- 0007: progress
            ('0007', 'anon', 'reads no progress', $$select count(*) from public.v_user_progress$$, '42501', null),
            ('0007', 'alice', 'reads only her own progress', $$select string_agg(distinct p.user_id::text, ' ') = '<alice>' from public.v_user_progress as p$$, 'true', null),
            ('0007', 'alice', 'reads only her own weekly card', $$select count(*) from public.v_user_weekly_card_mnl as c where c.user_id <> '<alice>'$$, '0', null),
            ('0007', 'alice', 'is not recommended a paid drill', $$select count(*) from public.v_up_next_simple as n where n.drill_id = '<paid>'$$, '0', null),
            ('0007', 'alice', 'cannot read the materialized view', $$select count(*) from private.mv_drill_stats$$, '42501', null),
            ('0007', 'alice', 'cannot refresh the materialized views', $$select count(*) from public.refresh_views()$$, '42501', null),

            -- 0008: files
            ('0008', 'alice', 'uploads into her own folder', $$insert into storage.objects (bucket_id, name) values ('user-media', '<alice>/take.webm')$$, '1 rows', null),
            ('0008', 'alice', 'cannot upload into another user''s folder', $$insert into storage.objects (bucket_id, name) values ('user-media', '<bob>/take.webm')$$, '42501', null),
            ('0008', 'alice', 'cannot leave her own folder with ..', $$insert into storage.objects (bucket_id, name) values ('user-media', '<alice>/../<bob>/take.webm')$$, '42501', null),
            ('0008', 'alice', 'cannot move a file to another user''s folder', $$update storage.objects set name = '<bob>/take.webm' where name = '<alice>/take.webm'$$, '42501', null),
            ('0008', 'alice', 'cannot move a file to the public bucket', $$update storage.objects set bucket_id = 'public-assets' where name = '<alice>/take.webm'$$, '42501', null),
            ('0008', 'bob', 'does not see a file of another user', $$select count(*) from storage.objects as o where o.bucket_id = 'user-media' and o.name like '<alice>%'$$, '0', null),
            ('0008', 'admin', 'does not see recordings of learners', $$select count(*) from storage.objects as o where o.bucket_id = 'user-media'$$, '0', null),
            ('0008', 'anon', 'cannot upload', $$insert into storage.objects (bucket_id, name) values ('user-media', '<alice>/x.webm')$$, '42501', null),
            ('0008', 'alice', 'cannot upload a public asset', $$insert into storage.objects (bucket_id, name) values ('public-assets', 'coaches/rls_tests.webp')$$, '42501', null),
            ('0008', 'admin', 'uploads a public asset', $$insert into storage.objects (bucket_id, name) values ('public-assets', 'coaches/rls_tests.webp')$$, '1 rows', null),

            -- 0011: packs of expressions
            ('0011', 'anon', 'reads no exemplar packs', $$select count(*) from public.exemplar_packs$$, '42501', null),
            ('0011', 'alice', 'cannot publish an unknown pack', $$select public.set_pack_state(gen_random_uuid(), 'published_exemplar')$$, 'P0002', null),
            ('0011', 'alice', 'cannot delete exemplar packs', $$delete from public.exemplar_packs$$, '42501', null),

            -- 0012: editorial items
            ('0012', 'admin', 'adds an editorial item', $$insert into public.editorial_items (kind, title) values ('drill', 'An item') returning id$$, '*', 'item'),
            ('0012', 'admin', 'cannot publish an item without the function', $$update public.editorial_items set state = 'published' where id = '<item>'$$, '42501', null),
            ('0012', 'alice', 'reads no editorial items', $$select count(*) from public.editorial_items$$, '0', null),
            ('0012', 'alice', 'reads no row of the review queue', $$select count(*) from public.v_editorial_review_queue$$, '0', null),
            ('0012', 'alice', 'cannot move an item', $$select public.move_editorial_item('<item>', 'auto_qa')$$, '42501', null),
            ('0012', 'anon', 'reads no editorial items', $$select count(*) from public.editorial_items$$, '42501', null),
            ('0012', 'service', 'cannot delete editorial transitions', $$delete from public.editorial_transitions$$, '42501', null),

            -- 0013: diagnostics and adaptive practice
            ('0013', 'anon', 'cannot start a diagnostic run', $$select public.diagnostic_start('<alice>', 'placement')$$, '42501', null),
            ('0013', 'bob', 'cannot start a diagnostic run for another user', $$select public.diagnostic_start('<alice>', 'placement')$$, '42501', null),
            ('0013', 'alice', 'reads no question before its turn', $$select count(*) from public.diagnostic_form_items$$, '0', null),
            ('0013', 'alice', 'reads no calibration of drills', $$select count(*) from public.adaptive_item_calibration$$, '0', null),
            ('0013', 'alice', 'cannot score her diagnostic run', $$update public.diagnostic_runs set score_total = 100$$, '42501', null),
            ('0013', 'alice', 'cannot raise her level', $$update public.adaptive_user_skill set level_score = 1$$, '42501', null),
            ('0013', 'alice', 'cannot record an outcome', $$select public.record_adaptive_outcome('<alice>', gen_random_uuid(), 'x', 100)$$, '42501', null),

            -- 0014: the shop
            ('0014', 'service', 'stores two products', $$select public.upsert_shopify_products('[{"shopify_id": "rls-<alice>", "handle": "rls", "title": "x", "available": true, "is_published": true, "updated_at": "2026-01-05T00:00:00Z"}, {"shopify_id": "rls-<bob>", "handle": "rls", "title": "x", "available": true, "is_published": false, "updated_at": "2026-01-05T00:00:00Z"}]', 'rls_tests') ->> 'written'$$, '2', null),
            ('0014', 'anon', 'sees only published products', $$select string_agg(p.shopify_id, ' ') = 'rls-<alice>' from public.v_shopify_products_public as p where p.handle = 'rls'$$, 'true', null),
            ('0014', 'anon', 'does not see an unpublished product', $$select count(*) from public.shopify_products_cache as p where p.shopify_id = 'rls-<bob>'$$, '0', null),
            ('0014', 'anon', 'cannot read Shopify''s original data', $$select count(p.raw) from public.shopify_products_cache as p$$, '42501', null),
            ('0014', 'alice', 'cannot change a price', $$update public.shopify_products_cache set price_min_minor = 1$$, '42501', null),
            ('0014', 'alice', 'cannot hide a product', $$update public.shopify_products_cache set is_hidden = true$$, '0 rows', null),
            ('0014', 'admin', 'hides a product', $$update public.shopify_products_cache set is_hidden = true where shopify_id = 'rls-<alice>'$$, '1 rows', null),
            ('0014', 'anon', 'does not see a hidden product', $$select count(*) from public.v_shopify_products_public as p where p.handle = 'rls'$$, '0', null),
            ('0014', 'admin', 'cannot end a full sync', $$select public.finish_shopify_full_sync(gen_random_uuid(), 0, 0)$$, '42501', null),

            -- 0015: recommendations
            ('0015', 'admin', 'adds an item for everyone', $$insert into public.product_rec_items (title) values ('rls') returning id$$, '*', 'item'),
            ('0015', 'admin', 'adds an item for VIPs', $$insert into public.product_rec_items (title, tiers) values ('rls', '{vip}') returning id$$, '*', 'vipitem'),
            ('0015', 'anon', 'sees an item for everyone', $$select count(*) from public.product_rec_items as i where i.title = 'rls'$$, '1', null),
            ('0015', 'alice', 'does not see an item for another tier', $$select count(*) from public.product_rec_items as i where i.id = '<vipitem>'$$, '0', null),
            ('0015', 'alice', 'cannot add an item', $$insert into public.product_rec_items (title) values ('x')$$, '42501', null),
            ('0015', 'alice', 'cannot change the link of an item', $$update public.product_rec_items set affiliate_url = 'https://example.com/'$$, '0 rows', null),
            ('0015', 'alice', 'records an impression', $$select public.record_product_rec_event('impression', 'home', '<item>')$$, 'true', null),
            ('0015', 'alice', 'cannot record a click on an item for VIPs', $$select public.record_product_rec_event('click', 'home', '<vipitem>')$$, 'P0002', null),
            ('0015', 'alice', 'cannot insert a recommendation event directly', $$insert into public.product_rec_events (event_type, surface, item_id) values ('click', 'home', '<item>')$$, '42501', null),
            ('0015', 'anon', 'cannot record an impression', $$select public.record_product_rec_event('impression', 'home', '<item>')$$, '42501', null),
            ('0015', 'bob', 'reads no event of another user', $$select count(*) from public.product_rec_events$$, '0', null),
            -- 0016: tokens
            ('0016', 'anon', 'gets no token', $$select public.mint_realtime_token()$$, '42501', null),
            ('0016', 'alice', 'gets a token', $$select public.mint_realtime_token() ->> 'token'$$, '*', 'token'),
            ('0016', 'alice', 'sees that she has a token', $$select count(*) from public.v_realtime_token_valid$$, '1', null),
            ('0016', 'alice', 'cannot read the token hash', $$select count(t.token_hash) from public.realtime_tokens as t$$, '42501', null),
            ('0016', 'bob', 'sees no token of another user', $$select count(*) from public.realtime_tokens$$, '0', null),
            ('0016', 'bob', 'cannot verify a token', $$select public.verify_realtime_token('<token>')$$, '42501', null),
            ('0016', 'service', 'learns the user of a token', $$select public.verify_realtime_token('<token>') ->> 'user_id' = '<alice>'$$, 'true', null),
            ('0016', 'service', 'gets null for an invalid token', $$select public.verify_realtime_token('prt_0') is null$$, 'true', null),
            ('0016', 'alice', 'cannot extend her token', $$update public.realtime_tokens set expires_at = now() + interval '1 hour'$$, '42501', null),

            -- 0017: limits
            ('0017', 'alice', 'reads limits', $$select count(*) >= 2 from public.limits$$, 'true', null),
            ('0017', 'anon', 'reads no limit', $$select count(*) from public.limits$$, '42501', null),
            ('0017', 'alice', 'cannot raise a limit', $$update public.limits set value = 1440$$, '0 rows', null),
            ('0017', 'admin', 'raises a limit', $$update public.limits set value = value + 1 where key = 'free_minutes_daily'$$, '1 rows', null),
            ('0017', 'anon', 'sees the plans on sale', $$select count(*) > 0 from public.tier_plans$$, 'true', null),
            ('0017', 'anon', 'cannot read the limits of plans', $$select count(*) from public.tier_limits$$, '42501', null),
            ('0017', 'alice', 'does not learn the limits of another user', $$select public.get_effective_limit('<bob>', 'tts_chars_daily') is null$$, 'true', null),
            ('0017', 'alice', 'uses an allowance', $$select public.record_limit_usage('<alice>', 'tts_chars_daily', 1)$$, 'true', null),
            ('0017', 'alice', 'cannot use the allowance of another user', $$select public.record_limit_usage('<bob>', 'tts_chars_daily', 1)$$, '42501', null),
            ('0017', 'alice', 'cannot record negative usage', $$select public.record_limit_usage('<alice>', 'tts_chars_daily', -1)$$, '22023', null),
            ('0017', 'alice', 'cannot reset her usage', $$update public.limit_usage set used = 0$$, '42501', null),
            ('0017', 'alice', 'cannot raise her own limit', $$insert into public.user_limits (user_id, key, reason) values ('<alice>', 'tts_chars_daily', 'x')$$, '42501', null),

            -- 0018: plans
            ('0018', 'alice', 'cannot insert an entitlement', $$insert into public.entitlements (user_id, plan_code, source, source_ref) values ('<alice>', 'vip', 'promo', 'x')$$, '42501', null),
            ('0018', 'alice', 'cannot grant herself a plan', $$select public.grant_plan('<alice>', 'vip', null, 'x')$$, '42501', null),
            ('0018', 'admin', 'cannot update an entitlement directly', $$update public.entitlements set ends_at = null$$, '42501', null),
            ('0018', 'admin', 'grants a plan', $$select public.grant_plan('<bob>', 'vip', null, 'A gift.')$$, '*', 'plan'),
            ('0018', 'bob', 'has the granted plan', $$select p.plan_code from public.v_user_current_plan as p$$, 'vip', null),
            ('0018', 'bob', 'cannot read the reason', $$select count(h.reason) from public.entitlement_history as h$$, '42501', null),
            ('0018', 'alice', 'reads no plan of another user', $$select count(*) from public.v_user_current_plan as p where p.user_id = '<bob>'$$, '0', null),
            ('0018', 'bob', 'cannot revoke an entitlement', $$select public.revoke_entitlement('<plan>', 'x')$$, '42501', null),
            ('0018', 'service', 'cannot delete entitlement history', $$delete from public.entitlement_history$$, '42501', null),

            -- 0027 and 0028: webhooks
            ('0027', 'alice', 'cannot log a PayMongo event', $$select public.paymongo_log_event('evt_rls', 'payment.paid', 's', '{}', now())$$, '42501', null),
            ('0027', 'admin', 'adds a price', $$insert into public.paymongo_price_map (price_id, plan_code, amount_minor) values ('rls_tests', 'pro', 49900)$$, '1 rows', null),
            ('0027', 'admin', 'cannot change the amount of a price', $$update public.paymongo_price_map set amount_minor = 1$$, '42501', null),
            ('0027', 'alice', 'reads no price of PayMongo', $$select count(*) from public.paymongo_price_map$$, '0', null),
            ('0027', 'alice', 'cannot begin a purchase', $$select public.begin_paymongo_intent('pi_<alice>', '<alice>', 'rls_tests')$$, '42501', null),
            ('0027', 'service', 'begins a purchase', $$select public.begin_paymongo_intent('pi_<admin>', '<admin>', 'rls_tests')$$, '*', null),
            ('0027', 'service', 'logs a PayMongo event', $$select public.paymongo_log_event('evt_<admin>', 'payment.paid', 's', jsonb_build_object('data', jsonb_build_object('id', 'evt_<admin>', 'attributes', jsonb_build_object('type', 'payment.paid', 'livemode', not exists (select from public.settings as s where s.key = 'payments_livemode' and s.value = 'false'), 'data', jsonb_build_object('id', 'pay_<admin>', 'attributes', jsonb_build_object('amount', 49900, 'currency', 'PHP', 'payment_intent_id', 'pi_<admin>', 'paid_at', floor(extract(epoch from now()))))))), now())$$, 'true', null),
            ('0027', 'admin', 'has the paid plan', $$select p.plan_code from public.v_user_current_plan as p where p.user_id = '<admin>'$$, 'pro', null),
            ('0027', 'alice', 'reads no PayMongo event', $$select count(*) from public.v_paymongo_events_flat$$, '0', null),
            ('0028', 'admin', 'cannot log a PayPal event', $$select public.paypal_log_event('WH-RLS', 'PAYMENT.CAPTURE.COMPLETED', 't', 's', '{}', now())$$, '42501', null),
            ('0028', 'bob', 'cannot begin a purchase', $$select public.begin_paypal_order('O-<bob>', '<bob>', 'rls_tests')$$, '42501', null),
            ('0028', 'bob', 'reads no PayPal capture', $$select count(*) from public.paypal_captures$$, '0', null),
            ('0028', 'service', 'cannot change a PayPal event', $$update public.paypal_events set raw = '{}'$$, '42501', null),
            -- 0024: coach switches
            ('0024', 'alice', 'cannot update her coach directly', $$update public.profiles set active_coach_key = 'rls_tests'$$, '42501', null),
            ('0024', 'alice', 'cannot choose a retired coach', $$select public.perform_coach_switch('rls_tests_retired')$$, 'P0002', null),
            ('0024', 'alice', 'chooses a coach', $$select public.perform_coach_switch('rls_tests')$$, '*', null),
            ('0024', 'alice', 'cannot set a coach without the cooldown', $$select public.set_user_coach('<alice>', 'rls_tests', 'x')$$, '42501', null),
            ('0024', 'admin', 'sets a coach with a reason', $$select public.set_user_coach('<bob>', 'rls_tests', 'Asked for it.')$$, '*', null),
            ('0024', 'bob', 'reads the reason of the switch', $$select s.reason from public.coach_switches as s$$, 'Asked for it.', null),
            ('0024', 'alice', 'reads no switch of another user', $$select count(*) from public.coach_switches$$, '0', null),
            ('0024', 'alice', 'does not learn when another user may switch', $$select count(*) from public.can_switch_coach('<bob>', 'rls_tests')$$, '0', null),
            ('0024', 'service', 'cannot delete a switch', $$delete from public.coach_switches$$, '42501', null),
            ('0024', 'alice', 'cannot change a switch rule', $$update public.coach_switch_rules set cooldown_days = 0$$, '0 rows', null),
            -- 0019: affiliates
            ('0019', 'admin', 'starts a program', $$insert into public.affiliate_programs (code, name) values ('rls-tests', 'Row security')$$, '1 rows', null),
            ('0019', 'alice', 'cannot start a program', $$insert into public.affiliate_programs (code, name) values ('rls-own', 'Own')$$, '42501', null),
            ('0019', 'alice', 'applies as an affiliate', $$select public.apply_as_affiliate('rls-tests', 'rls-tests-alice')$$, '*', 'affiliate'),
            ('0019', 'alice', 'cannot activate herself as an affiliate', $$select public.set_affiliate_state('<affiliate>', 'active')$$, '42501', null),
            ('0019', 'alice', 'cannot raise her commission rate', $$update public.affiliates set rate_bps = 10000$$, '42501', null),
            ('0019', 'admin', 'activates the affiliate', $$select public.set_affiliate_state('<affiliate>', 'active')::text$$, '*', null),
            ('0019', 'anon', 'cannot record a click', $$select public.record_affiliate_click('rls-tests-alice')$$, '42501', null),
            ('0019', 'service', 'records a click', $$select public.record_affiliate_click('RLS-Tests-Alice')$$, '*', 'click'),
            ('0019', 'alice', 'reads the number of her clicks', $$select sum(k.clicks) from public.v_affiliate_clicks_daily as k$$, '1', null),
            ('0019', 'alice', 'cannot read the IP hash of a visitor', $$select count(k.ip_hash) from public.affiliate_clicks as k$$, '42501', null),
            ('0019', 'alice', 'cannot refer herself', $$select public.attach_affiliate_referral('<alice>', '<click>')$$, '55000', null),
            ('0019', 'alice', 'cannot attach a referral to another user', $$select public.attach_affiliate_referral('<bob>', '<click>')$$, '42501', null),
            ('0019', 'bob', 'attaches his referral', $$select public.attach_affiliate_referral('<bob>', '<click>')$$, 'true', null),
            ('0019', 'alice', 'cannot read the referred user', $$select count(r.user_id) from public.affiliate_referrals as r$$, '42501', null),
            ('0019', 'admin', 'sees the referred user', $$select count(*) from public.v_affiliate_referrals_admin as r where r.affiliate_id = '<affiliate>' and r.user_id = '<bob>'$$, '1', null),
            ('0019', 'bob', 'reads no referral', $$select count(*) from public.affiliate_referrals$$, '0', null),
            ('0019', 'alice', 'cannot change a commission', $$update public.affiliate_commissions set amount_minor = 1$$, '42501', null),
            ('0019', 'alice', 'cannot create a payout', $$select public.make_affiliate_payout('<affiliate>', 'PHP')$$, '42501', null),

            -- 0025: expressions
            ('0025', 'alice', 'adds a practice pack', $$insert into public.practice_packs (user_id) values ('<alice>') returning id$$, '*', 'pack'),
            ('0025', 'alice', 'adds an expression', $$insert into public.practice_pack_items (pack_id, user_id, kind, revised_text) values ('<pack>', '<alice>', 'upgrade', 'Do come in') returning id$$, '*', 'expression'),
            ('0025', 'alice', 'keeps her own expression', $$select (public.keep_expression('<expression>')).step$$, '1', null),
            ('0025', 'bob', 'cannot keep an expression of another user', $$select public.keep_expression('<expression>')$$, 'P0002', null),
            ('0025', 'bob', 'cannot mark an expression of another user', $$insert into public.expression_favorites (user_id, item_id) values ('<bob>', '<expression>')$$, '42501', null),
            ('0025', 'alice', 'cannot update a review directly', $$update public.expression_reviews set step = 4$$, '42501', null),
            ('0025', 'bob', 'reads no review of another user', $$select count(*) from public.expression_reviews$$, '0', null),
            ('0025', 'admin', 'cannot promote an expression that was not offered', $$select public.admin_promote_expressions('rls_tests', array['<expression>']::uuid[])$$, 'P0002', null),
            ('0025', 'alice', 'cannot promote an expression', $$select public.admin_promote_expressions('rls_tests', array['<expression>']::uuid[])$$, '42501', null),
            ('0025', 'alice', 'cannot add an exemplar', $$insert into public.expression_exemplars (coach_key, upgraded_text) values ('rls_tests', 'x')$$, '42501', null),
            ('0025', 'anon', 'reads no exemplar', $$select count(*) from public.v_exemplars_catalog$$, '42501', null),

            -- 0026: weeks
            ('0026', 'service', 'creates weekly recaps', $$select public.make_weekly_recaps('2001-01-01', 10)$$, '0', null),
            ('0026', 'alice', 'cannot create weekly recaps', $$select public.make_weekly_recaps('2001-01-01', 10)$$, '42501', null),
            ('0026', 'alice', 'reads the current week', $$select v.drills >= 0 from public.v_user_weekly_recap as v where v.week_start = public.manila_week_start(now())$$, 'true', null),
            ('0026', 'alice', 'reads no week of another user', $$select count(*) from public.v_user_weekly_minutes as v where v.user_id = '<bob>'$$, '0', null),
            ('0026', 'alice', 'cannot change a recap', $$update public.user_weekly_recaps set minutes = 1000$$, '42501', null),
            ('0026', 'anon', 'reads no recap', $$select count(*) from public.user_weekly_recaps$$, '42501', null),
            -- 0021: filters
            ('0021', 'alice', 'saves a filter', $$insert into public.saved_filters (user_id, name, criteria) values ('<alice>', 'rls', '{"coach_keys": ["rls_tests"]}') returning id$$, '*', 'filter'),
            ('0021', 'alice', 'cannot save a filter for another user', $$insert into public.saved_filters (user_id, name) values ('<bob>', 'rls')$$, '42501', null),
            ('0021', 'alice', 'cannot save an invalid filter', $$insert into public.saved_filters (user_id, name, criteria) values ('<alice>', 'x', '{"owner": "me"}')$$, '23514', null),
            ('0021', 'bob', 'reads no filter of another user', $$select count(*) from public.saved_filters$$, '0', null),
            ('0021', 'bob', 'cannot set another user''s filter as default', $$select public.set_default_filter('<filter>')$$, 'P0002', null),
            ('0021', 'alice', 'finds a published drill', $$select count(*) >= 1 from public.filter_drills_json('{"coach_keys": ["rls_tests"]}') as f where f.drill_id = '<drill>'$$, 'true', null),
            ('0021', 'alice', 'does not find a draft', $$select count(*) from public.filter_drills(array['rls_tests']) as f where f.drill_id = '<draft>'$$, '0', null),
            ('0021', 'anon', 'cannot filter drills', $$select count(*) from public.filter_drills()$$, '42501', null),

            -- 0020: money
            ('0020', 'alice', 'cannot report a payment', $$select public.record_payment_event('{}')$$, '42501', null),
            ('0020', 'admin', 'cannot report a payment', $$select public.record_payment_event('{}')$$, '42501', null),
            ('0020', 'service', 'reports a payment', $$select public.record_payment_event('{"provider": "paypal", "event_id": "rls-<alice>", "event_type": "payment_captured", "payment_ref": "rls-<alice>", "user_id": "<alice>", "plan_code": "pro", "amount_minor": 49900, "currency_code": "PHP"}')$$, 'applied', null),
            ('0020', 'alice', 'has the paid plan', $$select p.plan_code from public.v_user_current_plan as p$$, 'pro', null),
            ('0020', 'alice', 'reads her own payment', $$select sum(p.captured_minor) from public.payments as p$$, '49900', null),
            ('0020', 'bob', 'reads no payment of another user', $$select count(*) from public.payments$$, '0', null),
            ('0020', 'alice', 'cannot read the provider''s original data', $$select count(e.raw) from public.payment_events as e$$, '42501', null),
            ('0020', 'alice', 'reads no ledger posting', $$select count(*) from public.ledger_postings$$, '0', null),
            ('0020', 'service', 'cannot change ledger postings', $$update public.ledger_postings set amount_minor = 1$$, '42501', null),
            ('0020', 'bob', 'cannot claim a payment', $$select public.claim_payment(gen_random_uuid(), '<bob>', 'vip')$$, '42501', null),
            ('0020', 'anon', 'reads no payment', $$select count(*) from public.payments$$, '42501', null),

            -- 0023: reconciliation
            ('0023', 'alice', 'reads no finding', $$select count(*) from public.recon_findings$$, '0', null),
            ('0023', 'alice', 'cannot request an audit', $$select public.recon_enqueue_daily('entitlements_audit', '2026-01-01', '2026-01-01')$$, '42501', null),
            ('0023', 'admin', 'requests an audit', $$select public.recon_enqueue_daily('entitlements_audit', '2026-01-01', '2026-01-01')$$, '*', 'audit'),
            ('0023', 'admin', 'cannot start the audit', $$select public.recon_run_start('<audit>')$$, '42501', null),
            ('0023', 'service', 'starts the audit', $$select public.recon_run_start('<audit>')$$, '*', null),
            ('0023', 'service', 'cannot change a finding', $$update public.recon_findings set resolution = 'x'$$, '42501', null),
            ('0023', 'admin', 'cannot close an unknown finding', $$select public.recon_mark_resolved(gen_random_uuid(), 'x')$$, 'P0002', null),
            ('0023', 'anon', 'reads no finding', $$select count(*) from public.v_recon_open$$, '42501', null)
        ) as c (migration, who, name, sql, expected, keeps)
        order by number
    loop
        -- Safe checks do not count: they are in the log even if the rest of the migration is pending.
        if not exists (
            select
            from extensions.databasechangelog as l
            where l.author = 'polaris' and l.id like test.migration || '-%' and l.id not like test.migration || '-safe-checks%'
        ) then
            skipped := skipped + 1;
            report := report || format('SKIP  %s  %s', rpad(test.who || ' ' || test.name, 58), test.migration);
            continue;
        end if;
        statement := test.sql;
        for item in select g.key, g.value from jsonb_each_text(given) as g loop
            statement := replace(statement, '<' || item.key || '>', item.value);
        end loop;
        perform
            set_config('role', case test.who when 'anon' then 'anon' when 'service' then 'service_role' else 'authenticated' end, true),
            set_config('request.jwt.claims', case test.who
                when 'anon' then '{"role": "anon"}'
                when 'service' then '{"role": "service_role"}'
                else json_build_object('role', 'authenticated', 'sub', given ->> test.who)::text
            end, true);
        refused := false;
        begin
            if statement like 'select%' or statement like '% returning %' then
                execute statement into came;
            else
                execute statement;
                get diagnostics changed = row_count;
                came := changed || ' rows';
            end if;
        exception
            when others then
                refused := true;
                came := sqlstate;
                if came <> test.expected then
                    came := came || ' ' || sqlerrm;
                end if;
        end;
        perform set_config('role', 'none', true), set_config('request.jwt.claims', '', true);
        if came is not distinct from test.expected or test.expected = '*' and not refused then
            passed := passed + 1;
            report := report || format('PASS  %s  %s', rpad(test.who || ' ' || test.name, 58), case test.expected when '*' then 'done' else came end);
        else
            failed := failed + 1;
            report := report || format('FAIL  %s  %s, expected %s', rpad(test.who || ' ' || test.name, 58), coalesce(came, 'nothing'), replace(test.expected, '*', 'success'));
        end if;
        if test.keeps is not null then
            given := given || jsonb_build_object(test.keeps, coalesce(case when not refused then came end, gen_random_uuid()::text));
        end if;
    end loop;

    report := report || format('%s passed, %s failed%s; everything was rolled back', passed, failed, case when skipped > 0 then format(', %s skipped', skipped) else '' end);
    perform set_config('rls.report', array_to_string(report, E'\n'), true);
    perform set_config('rls.failed', failed::text, true);
end
$rls$;

select current_setting('rls.report');

do $$
begin
    if current_setting('rls.failed') <> '0' then
        raise exception 'rls: % failed', current_setting('rls.failed');
    end if;
end
$$;

rollback;
