-- Says whether a database is as the changelog left it and its data is sound: a line a check, then "N passed, N failed".
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/connect/verify.sql
--
-- Reads only, all of it in one state of the database, and takes no lock that anyone would notice. Exits with 3 where a check failed.
-- Before go-live it checks the astro fields, and that nothing of Connect is there; what Liquibase's log says decides which.
-- PASS or FAIL comes with the number of offending rows or objects; INFO is for people and fails nothing.
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
    live boolean := false;
    item record;
    offending bigint;
    verdict text;
    report text[] := '{}';
    passed integer := 0;
    failed integer := 0;
begin
    if to_regclass('extensions.databasechangelog') is not null then
        execute $$
            select exists (select from extensions.databasechangelog as l where l.author = 'connect' and l.id ~ '^000[2-9]-')
        $$
        into live;
    end if;
    report := report || format('INFO  %s', case when live then 'Connect is live' else 'Connect waits for go-live' end);

    for item in
        select c.part, c.kind, c.name, c.query
        from (values
            ('astro', 'FAIL', 'core tables of the product are there', $$
                select count(*)
                from unnest(array['users', 'checkins', 'identities', 'conversations', 'messages', 'events', 'reminders']) as core (name)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass('public.' || core.name) and c.relkind in ('r', 'p')
                )
            $$),
            ('astro', 'FAIL', 'the eleven astro fields have their types', $$
                select count(*)
                from (values
                    ('birth_time_known', 'boolean'),
                    ('birth_city', 'text'),
                    ('birth_country', 'text'),
                    ('birth_latitude', 'numeric(10,7)'),
                    ('birth_longitude', 'numeric(10,7)'),
                    ('astrology_enabled', 'boolean'),
                    ('human_design_enabled', 'boolean'),
                    ('hd_type', 'text'),
                    ('hd_profile', 'text'),
                    ('hd_authority', 'text'),
                    ('hd_strategy', 'text')
                ) as expected (name, type)
                where not exists (
                    select
                    from pg_catalog.pg_attribute as a
                    where a.attrelid = to_regclass('public.users')
                        and a.attname = expected.name
                        and not a.attisdropped
                        and format_type(a.atttypid, a.atttypmod) = expected.type
                )
            $$),
            ('astro', 'FAIL', 'birthplaces are checked', $$
                select 2 - count(*)
                from pg_catalog.pg_constraint as k
                where k.conrelid = to_regclass('public.users')
                    and k.conname in ('users_birth_latitude_range', 'users_birth_longitude_range')
                    and k.convalidated
                    -- Before version 18 every constraint is enforced.
                    and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
            $$),
            ('astro', 'FAIL', 'birthplaces are on the globe', $$
                select count(*)
                from public.users as u
                where u.birth_latitude not between -90 and 90 or u.birth_longitude not between -180 and 180
            $$),
            ('astro', 'FAIL', 'Liquibase''s log is closed to the API', $$
                select count(*) + (to_regclass('extensions.databasechangelog') is null)::integer
                from pg_catalog.pg_class as c,
                    aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as a
                where c.relname in ('databasechangelog', 'databasechangeloglock')
                    and c.relkind = 'r'
                    and case
                        when a.grantee = 0 then true
                        else pg_has_role('anon', a.grantee, 'usage') or pg_has_role('authenticated', a.grantee, 'usage')
                    end
            $$),
            ('waiting', 'FAIL', 'nothing of Connect is there', $$
                select count(*)
                from (values
                    ('public.connect_profiles'),
                    ('public.matches'),
                    ('public.blind_chats'),
                    ('public.blind_chat_messages'),
                    ('public.reveals'),
                    ('public.match_feedback')
                ) as expected (relation)
                where to_regclass(expected.relation) is not null
            $$),
            ('live', 'INFO', 'rows in public.matches', $$
                select count(*) from public.matches
            $$),
            ('live', 'INFO', 'rows in public.blind_chat_messages', $$
                select count(*) from public.blind_chat_messages
            $$),
            ('live', 'FAIL', 'the six tables are there', $$
                select count(*)
                from (values
                    ('public.connect_profiles'),
                    ('public.matches'),
                    ('public.blind_chats'),
                    ('public.blind_chat_messages'),
                    ('public.reveals'),
                    ('public.match_feedback')
                ) as expected (relation)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass(expected.relation) and c.relkind in ('r', 'p')
                )
            $$),
            ('live', 'FAIL', 'constraints are there and validated', $$
                select count(*)
                from (values
                    ('public.connect_profiles', 'connect_profiles_pkey'),
                    ('public.connect_profiles', 'idx_connect_profiles_user'),
                    ('public.connect_profiles', 'connect_profiles_user_id_fkey'),
                    ('public.connect_profiles', 'connect_profiles_active_with_consent'),
                    ('public.connect_profiles', 'connect_profiles_ages_check'),
                    ('public.connect_profiles', 'connect_profiles_consent_version_check'),
                    ('public.connect_profiles', 'connect_profiles_distance_km_check'),
                    ('public.connect_profiles', 'connect_profiles_excluded_genders_check'),
                    ('public.connect_profiles', 'connect_profiles_language_pref_check'),
                    ('public.connect_profiles', 'connect_profiles_max_age_check'),
                    ('public.connect_profiles', 'connect_profiles_min_age_check'),
                    ('public.connect_profiles', 'connect_profiles_mode_check'),
                    ('public.connect_profiles', 'connect_profiles_pause_reason_check'),
                    ('public.connect_profiles', 'connect_profiles_preferred_genders_check'),
                    ('public.connect_profiles', 'connect_profiles_timezone_pref_check'),
                    ('public.matches', 'matches_pkey'),
                    ('public.matches', 'matches_user_a_fkey'),
                    ('public.matches', 'matches_user_b_fkey'),
                    ('public.matches', 'matches_astro_score_check'),
                    ('public.matches', 'matches_communication_score_check'),
                    ('public.matches', 'matches_hd_score_check'),
                    ('public.matches', 'matches_open_with_both'),
                    ('public.matches', 'matches_readiness_score_check'),
                    ('public.matches', 'matches_status_check'),
                    ('public.matches', 'matches_total_score_check'),
                    ('public.matches', 'matches_two_people'),
                    ('public.matches', 'matches_values_score_check'),
                    ('public.blind_chats', 'blind_chats_pkey'),
                    ('public.blind_chats', 'blind_chats_match_id_key'),
                    ('public.blind_chats', 'blind_chats_match_id_fkey'),
                    ('public.blind_chats', 'blind_chats_ended_check'),
                    ('public.blind_chats', 'blind_chats_pseudonym_a_check'),
                    ('public.blind_chats', 'blind_chats_pseudonym_b_check'),
                    ('public.blind_chats', 'blind_chats_pseudonyms_differ'),
                    ('public.blind_chats', 'blind_chats_reveal_state_check'),
                    ('public.blind_chat_messages', 'blind_chat_messages_pkey'),
                    ('public.blind_chat_messages', 'blind_chat_messages_blind_chat_id_fkey'),
                    ('public.blind_chat_messages', 'blind_chat_messages_sender_user_id_fkey'),
                    ('public.blind_chat_messages', 'blind_chat_messages_content_ciphertext_check'),
                    ('public.blind_chat_messages', 'blind_chat_messages_content_preview_check'),
                    ('public.blind_chat_messages', 'blind_chat_messages_sender_side_check'),
                    ('public.reveals', 'reveals_pkey'),
                    ('public.reveals', 'reveals_match_id_fkey'),
                    ('public.reveals', 'reveals_requested_by_fkey'),
                    ('public.reveals', 'reveals_requested_to_fkey'),
                    ('public.reveals', 'reveals_pending_with_both'),
                    ('public.reveals', 'reveals_requested_side_check'),
                    ('public.reveals', 'reveals_status_check'),
                    ('public.reveals', 'reveals_two_people'),
                    ('public.match_feedback', 'match_feedback_pkey'),
                    ('public.match_feedback', 'idx_match_feedback_match'),
                    ('public.match_feedback', 'match_feedback_match_id_fkey'),
                    ('public.match_feedback', 'match_feedback_user_id_fkey'),
                    ('public.match_feedback', 'match_feedback_communication_score_check'),
                    ('public.match_feedback', 'match_feedback_fit_score_check'),
                    ('public.match_feedback', 'match_feedback_notes_check'),
                    ('public.match_feedback', 'match_feedback_rating_check'),
                    ('public.match_feedback', 'match_feedback_reasons_check'),
                    ('public.match_feedback', 'match_feedback_safety_score_check')
                ) as expected (relation, name)
                where not exists (
                    select
                    from pg_catalog.pg_constraint as k
                    where k.conrelid = to_regclass(expected.relation)
                        and k.conname = expected.name
                        and k.convalidated
                        and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
                )
            $$),
            ('live', 'FAIL', 'indexes are there and valid', $$
                select count(*)
                from (values
                    ('public.idx_connect_profiles_active'),
                    ('public.idx_matches_open_pair'),
                    ('public.idx_matches_total_score'),
                    ('public.idx_matches_user_a_status'),
                    ('public.idx_matches_user_b_status'),
                    ('public.idx_blind_chats_active'),
                    ('public.idx_blind_chat_messages_chat_time'),
                    ('public.idx_blind_chat_messages_sender'),
                    ('public.idx_reveals_match'),
                    ('public.idx_reveals_pending'),
                    ('public.idx_reveals_requested_by'),
                    ('public.idx_reveals_requested_to_status'),
                    ('public.idx_match_feedback_user')
                ) as expected (name)
                where not exists (
                    select
                    from pg_catalog.pg_index as i
                    where i.indexrelid = to_regclass(expected.name) and i.indisvalid and i.indisready
                )
            $$),
            ('live', 'FAIL', 'triggers are there and enabled', $$
                select (
                    select count(*)
                    from (values
                        ('public.connect_profiles', 'trg_connect_profiles_updated_at'),
                        ('public.matches', 'trg_matches_account_deleted'),
                        ('public.matches', 'trg_matches_ended'),
                        ('public.matches', 'trg_matches_updated_at'),
                        ('public.blind_chats', 'trg_blind_chats_updated_at'),
                        ('public.blind_chat_messages', 'trg_blind_chat_messages_stamp'),
                        ('public.reveals', 'trg_reveals_stamp')
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
                    join pg_catalog.pg_constraint as k on k.oid = t.tgconstraint
                    where k.conrelid in (to_regclass('public.connect_profiles'), to_regclass('public.matches'), to_regclass('public.blind_chats'), to_regclass('public.blind_chat_messages'), to_regclass('public.reveals'), to_regclass('public.match_feedback'))
                        and t.tgenabled not in ('O', 'A')
                )
            $$),
            ('live', 'FAIL', 'row security is on', $$
                select count(*)
                from (values
                    ('public.connect_profiles'),
                    ('public.matches'),
                    ('public.blind_chats'),
                    ('public.blind_chat_messages'),
                    ('public.reveals'),
                    ('public.match_feedback')
                ) as expected (relation)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass(expected.relation) and c.relrowsecurity
                )
            $$),
            ('live', 'FAIL', 'policies of owner, participant and service are there', $$
                select count(*)
                from (values
                    ('public.connect_profiles', 'connect_profiles_all_service', '*', 'service_role', 'true', 'true'),
                    ('public.connect_profiles', 'connect_profiles_select_own', 'r', 'authenticated', '(user_id = ( SELECT auth.uid()))', ''),
                    ('public.connect_profiles', 'connect_profiles_insert_own', 'a', 'authenticated', '', '(user_id = ( SELECT auth.uid()))'),
                    ('public.connect_profiles', 'connect_profiles_update_own', 'w', 'authenticated', '(user_id = ( SELECT auth.uid()))', '(user_id = ( SELECT auth.uid()))'),
                    ('public.connect_profiles', 'connect_profiles_delete_own', 'd', 'authenticated', '(user_id = ( SELECT auth.uid()))', ''),
                    ('public.matches', 'matches_all_service', '*', 'service_role', 'true', 'true'),
                    ('public.matches', 'matches_select_participant', 'r', 'authenticated', '((user_a = ( SELECT auth.uid())) OR (user_b = ( SELECT auth.uid())))', ''),
                    ('public.blind_chats', 'blind_chats_all_service', '*', 'service_role', 'true', 'true'),
                    ('public.blind_chats', 'blind_chats_select_participant', 'r', 'authenticated', '(match_id = ANY (ARRAY( SELECT s.match_id FROM private.list_my_match_sides() s)))', ''),
                    ('public.blind_chat_messages', 'blind_chat_messages_all_service', '*', 'service_role', 'true', 'true'),
                    ('public.blind_chat_messages', 'blind_chat_messages_select_participant', 'r', 'authenticated', '(blind_chat_id = ANY (ARRAY( SELECT s.blind_chat_id FROM private.list_my_blind_chat_sides() s)))', ''),
                    ('public.blind_chat_messages', 'blind_chat_messages_insert_participant', 'a', 'authenticated', '', '((sender_user_id = ( SELECT auth.uid())) AND (blind_chat_id = ANY (ARRAY( SELECT private.list_my_active_blind_chat_ids()))))'),
                    ('public.reveals', 'reveals_all_service', '*', 'service_role', 'true', 'true'),
                    ('public.reveals', 'reveals_select_participant', 'r', 'authenticated', '(match_id = ANY (ARRAY( SELECT s.match_id FROM private.list_my_match_sides() s)))', ''),
                    ('public.match_feedback', 'match_feedback_all_service', '*', 'service_role', 'true', 'true'),
                    ('public.match_feedback', 'match_feedback_select_own', 'r', 'authenticated', '(user_id = ( SELECT auth.uid()))', ''),
                    ('public.match_feedback', 'match_feedback_insert_own', 'a', 'authenticated', '', '((user_id = ( SELECT auth.uid())) AND (match_id = ANY (ARRAY( SELECT s.match_id FROM private.list_my_match_sides() s))))'),
                    ('public.match_feedback', 'match_feedback_update_own', 'w', 'authenticated', '(user_id = ( SELECT auth.uid()))', '((user_id = ( SELECT auth.uid())) AND (match_id = ANY (ARRAY( SELECT s.match_id FROM private.list_my_match_sides() s))))')
                ) as expected (relation, name, command, role, using_expression, check_expression)
                where not exists (
                    select
                    from pg_catalog.pg_policy as p
                    where p.polrelid = to_regclass(expected.relation)
                        and p.polname = expected.name
                        and p.polcmd::text = expected.command
                        and p.polpermissive
                        and p.polroles = array[expected.role::regrole::oid]
                        -- Without the names that a server gives to columns.
                        and regexp_replace(
                            regexp_replace(
                                concat_ws('|', coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')),
                                '\s+', ' ', 'g'
                            ),
                            ' AS \w+|\((match_id|blind_chat_id), side\)', '', 'g'
                        ) = expected.using_expression || '|' || expected.check_expression
                )
            $$),
            ('live', 'FAIL', 'no policy goes beyond these', $$
                select greatest(count(*) - 18, 0)
                from pg_catalog.pg_policy as p
                where p.polpermissive
                    and p.polrelid in (to_regclass('public.connect_profiles'), to_regclass('public.matches'), to_regclass('public.blind_chats'), to_regclass('public.blind_chat_messages'), to_regclass('public.reveals'), to_regclass('public.match_feedback'))
            $$),
            ('live', 'FAIL', 'anon has no privilege', $$
                select count(*)
                from (
                    select a.grantee
                    from pg_catalog.pg_class as c,
                        aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as a
                    where c.relnamespace = 'public'::regnamespace
                        and c.relname in ('connect_profiles', 'matches', 'blind_chats', 'blind_chat_messages', 'reveals', 'match_feedback', 'my_matches', 'my_blind_chats', 'my_blind_chat_messages', 'my_reveals')
                    union all
                    select a.grantee
                    from pg_catalog.pg_attribute as c,
                        aclexplode(c.attacl) as a
                    where c.attrelid in (to_regclass('public.connect_profiles'), to_regclass('public.matches'), to_regclass('public.blind_chats'), to_regclass('public.blind_chat_messages'), to_regclass('public.reveals'), to_regclass('public.match_feedback'))
                    union all
                    select a.grantee
                    from pg_catalog.pg_proc as f,
                        aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
                    where f.pronamespace in (to_regnamespace('private'), 'public'::regnamespace)
                        and f.proname in (
                            'is_match_participant', 'is_blind_chat_participant', 'list_my_match_sides', 'list_my_blind_chat_sides', 'list_my_active_blind_chat_ids',
                            'lock_my_match', 'settle_reveal', 'refuse_data_loss', 'cancel_reveal', 'consent_to_connect', 'end_blind_chat',
                            'request_reveal', 'respond_to_match', 'respond_to_reveal', 'get_revealed_partner', 'withdraw_connect_consent'
                        )
                ) as holds
                where case when holds.grantee = 0 then true else pg_has_role('anon', holds.grantee, 'usage') end
            $$),
            ('live', 'FAIL', 'authenticated and service_role have what they were granted', $$
                with expected as (
                    select e.relation, e.grantee, p.privilege, c.name as "column"
                    from (values
                        ('blind_chats', 'authenticated', array['SELECT'], array['']),
                        ('connect_profiles', 'authenticated', array['SELECT', 'DELETE'], array['']),
                        ('match_feedback', 'authenticated', array['SELECT'], array['']),
                        ('my_blind_chat_messages', 'authenticated', array['SELECT'], array['']),
                        ('my_blind_chats', 'authenticated', array['SELECT'], array['']),
                        ('my_matches', 'authenticated', array['SELECT'], array['']),
                        ('my_reveals', 'authenticated', array['SELECT'], array['']),
                        ('blind_chat_messages', 'service_role', array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], array['']),
                        ('blind_chats', 'service_role', array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], array['']),
                        ('connect_profiles', 'service_role', array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], array['']),
                        ('match_feedback', 'service_role', array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], array['']),
                        ('matches', 'service_role', array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], array['']),
                        ('reveals', 'service_role', array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], array['']),
                        ('blind_chat_messages', 'authenticated', array['INSERT'], array[
                            'blind_chat_id', 'sender_user_id', 'content_ciphertext', 'content_preview'
                        ]),
                        ('blind_chat_messages', 'authenticated', array['SELECT'], array[
                            'id', 'blind_chat_id', 'sender_side', 'content_ciphertext', 'content_preview', 'created_at'
                        ]),
                        ('connect_profiles', 'authenticated', array['INSERT'], array[
                            'user_id', 'is_active', 'mode', 'min_age', 'max_age', 'distance_km', 'preferred_genders',
                            'excluded_genders', 'language_pref', 'timezone_pref', 'pause_reason'
                        ]),
                        ('connect_profiles', 'authenticated', array['UPDATE'], array[
                            'user_id', 'is_active', 'mode', 'min_age', 'max_age', 'distance_km', 'preferred_genders',
                            'excluded_genders', 'language_pref', 'timezone_pref', 'pause_reason'
                        ]),
                        ('match_feedback', 'authenticated', array['INSERT'], array[
                            'match_id', 'user_id', 'rating', 'fit_score', 'safety_score', 'communication_score', 'reasons',
                            'notes'
                        ]),
                        ('match_feedback', 'authenticated', array['UPDATE'], array[
                            'match_id', 'user_id', 'rating', 'fit_score', 'safety_score', 'communication_score', 'reasons',
                            'notes'
                        ]),
                        ('matches', 'authenticated', array['SELECT'], array[
                            'id', 'status', 'astro_score', 'hd_score', 'values_score', 'communication_score', 'readiness_score',
                            'total_score', 'score_breakdown', 'explanation', 'engine_version', 'proposed_at', 'expires_at',
                            'accepted_at_a', 'accepted_at_b', 'closed_at', 'created_at', 'updated_at'
                        ]),
                        ('reveals', 'authenticated', array['SELECT'], array[
                            'id', 'match_id', 'requested_side', 'status', 'requested_at', 'responded_at', 'expires_at',
                            'created_at'
                        ])
                    ) as e (relation, grantee, privileges, columns),
                        unnest(e.privileges) as p (privilege),
                        unnest(e.columns) as c (name)
                ),
                actual as (
                    select c.relname::text as relation, a.grantee::regrole::text as grantee, a.privilege_type as privilege, '' as "column"
                    from pg_catalog.pg_class as c,
                        aclexplode(c.relacl) as a
                    where c.relnamespace = 'public'::regnamespace
                        and c.relname in ('connect_profiles', 'matches', 'blind_chats', 'blind_chat_messages', 'reveals', 'match_feedback', 'my_matches', 'my_blind_chats', 'my_blind_chat_messages', 'my_reveals')
                        and a.grantee in ('authenticated'::regrole, 'service_role'::regrole)
                    union all
                    select c.relname::text, a.grantee::regrole::text, a.privilege_type, f.attname::text
                    from pg_catalog.pg_class as c
                    join pg_catalog.pg_attribute as f on f.attrelid = c.oid,
                        aclexplode(f.attacl) as a
                    where c.oid in (to_regclass('public.connect_profiles'), to_regclass('public.matches'), to_regclass('public.blind_chats'), to_regclass('public.blind_chat_messages'), to_regclass('public.reveals'), to_regclass('public.match_feedback'))
                        and a.grantee in ('authenticated'::regrole, 'service_role'::regrole)
                )
                select (select count(*) from (table expected except table actual) as missing)
                    + (select count(*) from (table actual except table expected) as extra)
            $$),
            ('live', 'FAIL', 'functions can be called by people, with their own rights', $$
                select count(*)
                from (values
                    ('cancel_reveal(uuid)'),
                    ('consent_to_connect(text)'),
                    ('end_blind_chat(uuid)'),
                    ('request_reveal(uuid)'),
                    ('respond_to_match(uuid, boolean)'),
                    ('respond_to_reveal(uuid, boolean)'),
                    ('get_revealed_partner(uuid)'),
                    ('withdraw_connect_consent()')
                ) as expected (signature)
                where not exists (
                    select
                    from pg_catalog.pg_proc as outer_function
                    join pg_catalog.pg_proc as inner_function
                        on inner_function.oid = to_regprocedure('private.' || expected.signature)
                    where outer_function.oid = to_regprocedure('public.' || expected.signature)
                        and not outer_function.prosecdef
                        and inner_function.prosecdef
                        and inner_function.proconfig @> array['search_path=""']
                        and has_function_privilege('authenticated', outer_function.oid, 'execute')
                        and has_function_privilege('authenticated', inner_function.oid, 'execute')
                )
            $$),
            ('live', 'FAIL', 'views show what the caller may see', $$
                select count(*)
                from unnest(array['my_matches', 'my_blind_chats', 'my_blind_chat_messages', 'my_reveals']) as expected (name)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass('public.' || expected.name)
                        and c.relkind = 'v'
                        and c.reloptions @> array['security_invoker=true']
                )
            $$),
            ('live', 'FAIL', 'whoever is active has consented', $$
                select count(*) from public.connect_profiles as p where p.is_active and p.consented_at is null
            $$),
            ('live', 'FAIL', 'a pair has one open match', $$
                select count(*)
                from (
                    select from public.matches as m
                    where m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed')
                    group by least(m.user_a, m.user_b), greatest(m.user_a, m.user_b)
                    having count(*) > 1
                ) as twice
            $$),
            ('live', 'FAIL', 'open matches have both their people', $$
                select count(*)
                from public.matches as m
                where m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed')
                    and (
                        not exists (select from public.users as u where u.id = m.user_a)
                        or not exists (select from public.users as u where u.id = m.user_b)
                    )
            $$),
            ('live', 'FAIL', 'active chats belong to open matches', $$
                select count(*)
                from public.blind_chats as c
                left join public.matches as m on m.id = c.match_id
                where c.is_active and (m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed')) is not true
            $$),
            ('live', 'FAIL', 'messages belong to chats that exist, and have a side', $$
                select count(*)
                from public.blind_chat_messages as m
                where m.sender_side is null or not exists (select from public.blind_chats as c where c.id = m.blind_chat_id)
            $$),
            ('live', 'FAIL', 'previews tell nothing', $$
                select count(*)
                from public.blind_chat_messages as m
                where m.content_preview not in ('[message]', '[image]', '[voice]', '[file]')
            $$),
            ('live', 'FAIL', 'requests to reveal go from one of the two to the other', $$
                select count(*)
                from public.reveals as r
                left join public.matches as m on m.id = r.match_id
                where m.id is null
                    or r.requested_by <> case r.requested_side when 'a' then m.user_a else m.user_b end
                    or r.requested_to <> case r.requested_side when 'a' then m.user_b else m.user_a end
            $$)
        ) as c (part, kind, name, query)
        where c.part = 'astro' or c.part = case when live then 'live' else 'waiting' end
    loop
        begin
            execute item.query into offending;
            verdict := case
                when item.kind = 'FAIL' and offending > 0 then 'FAIL'
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
