-- Checks that a database matches the changelog and that its data is consistent: one line per check, then "N passed, N failed".
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/connect/verify.sql
--
-- Reads everything from one snapshot and takes no lock that blocks other sessions. Exits with status 3 if a check failed.
-- Before go-live it checks the astro columns and that no object of Connect exists; Liquibase's log tells whether Connect is live.
-- PASS and FAIL lines end with the number of offending rows or objects; INFO lines do not affect the exit status.
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
0000-safe-checks-connect; context !production or connect-live
0000-safe-checks
0001-safe-checks
0001-private-schema
0001-refuse-data-loss
0001-users-astro-types
0001-users-astro-fields
0001-users-astro-checks
0001-users-astro-checks-validated
0002-safe-checks; context !production or connect-live
0002-set-updated-at; context !production or connect-live
0002-connect-profiles; context !production or connect-live
0002-connect-profiles-user; context !production or connect-live
0002-connect-profiles-once; context !production or connect-live
0002-connect-profiles-active-index; context !production or connect-live
0003-safe-checks; context !production or connect-live
0003-matches; context !production or connect-live
0003-matches-people; context !production or connect-live
0003-matches-one-a-pair; context !production or connect-live
0003-matches-user-a-index; context !production or connect-live
0003-matches-user-b-index; context !production or connect-live
0003-matches-score-index; context !production or connect-live
0004-safe-checks; context !production or connect-live
0004-blind-chats; context !production or connect-live
0004-blind-chats-match; context !production or connect-live
0004-blind-chats-once; context !production or connect-live
0004-blind-chats-active-index; context !production or connect-live
0005-safe-checks; context !production or connect-live
0005-blind-chat-messages; context !production or connect-live
0005-blind-chat-messages-keys; context !production or connect-live
0005-blind-chat-messages-chat-index; context !production or connect-live
0005-blind-chat-messages-sender-index; context !production or connect-live
0006-safe-checks; context !production or connect-live
0006-reveals; context !production or connect-live
0006-reveals-keys; context !production or connect-live
0006-reveals-one-pending; context !production or connect-live
0006-reveals-match-index; context !production or connect-live
0006-reveals-requested-by-index; context !production or connect-live
0006-reveals-requested-to-index; context !production or connect-live
0007-safe-checks; context !production or connect-live
0007-match-feedback; context !production or connect-live
0007-match-feedback-keys; context !production or connect-live
0007-match-feedback-once; context !production or connect-live
0007-match-feedback-user-index; context !production or connect-live
0008-safe-checks; context !production or connect-live
0008-is-match-participant; context !production or connect-live
0008-is-blind-chat-participant; context !production or connect-live
0008-list-my-match-sides; context !production or connect-live
0008-list-my-blind-chat-sides; context !production or connect-live
0008-is-my-active-blind-chat; context !production or connect-live
0008-close-match-of-deleted-account; context !production or connect-live
0008-end-match; context !production or connect-live
0008-guard-match; context !production or connect-live
0008-close-matches-without-consent; context !production or connect-live
0008-stamp-message; context !production or connect-live
0008-stamp-reveal; context !production or connect-live
0008-lock-my-match; context !production or connect-live
0008-settle-reveal; context !production or connect-live
0008-consent-to-connect; context !production or connect-live
0008-withdraw-connect-consent; context !production or connect-live
0008-respond-to-match; context !production or connect-live
0008-request-reveal; context !production or connect-live
0008-respond-to-reveal; context !production or connect-live
0008-cancel-reveal; context !production or connect-live
0008-end-blind-chat; context !production or connect-live
0008-get-revealed-partner; context !production or connect-live
0008-my-matches; context !production or connect-live
0008-my-blind-chats; context !production or connect-live
0008-my-blind-chat-messages; context !production or connect-live
0008-my-reveals; context !production or connect-live
0009-safe-checks; context !production or connect-live
0009-connect-profiles-access; context !production or connect-live
0009-matches-access; context !production or connect-live
0009-blind-chats-access; context !production or connect-live
0009-blind-chat-messages-access; context !production or connect-live
0009-reveals-access; context !production or connect-live
0009-match-feedback-access; context !production or connect-live
0009-my-matches-privileges; context !production or connect-live
0009-my-blind-chats-privileges; context !production or connect-live
0009-my-blind-chat-messages-privileges; context !production or connect-live
0009-my-reveals-privileges; context !production or connect-live
0009-functions-privileges; context !production or connect-live
$list$, true);
    -- The jobs in pg_cron: changeset, job, schedule and command.
    perform set_config('verify.jobs', $list$

$list$, true);
    -- A digest of each definition without white space and parentheses, because pg_dump and a restore change some of them.
    perform set_config('verify.definitions', $list$
function private.cancel_reveal(uuid) e1e7225aa7cb
function private.close_match_of_deleted_account() d216fd26eb10
function private.close_matches_without_consent() 6a46e087ea22
function private.consent_to_connect(text) de7a3e0f17a6
function private.end_blind_chat(uuid) a6bf1e0936d8
function private.end_match() aaf23fbf27f4
function private.get_revealed_partner(uuid) 1399797278f9
function private.guard_match() 6aa306a23e43
function private.is_blind_chat_participant(uuid,uuid) 9a1793ad564f
function private.is_match_participant(public.matches,uuid) 744a222a4e3a
function private.is_my_active_blind_chat(uuid) 16f447b97612
function private.list_my_blind_chat_sides() 4804c4659ea0
function private.list_my_match_sides() d9ecf8d552c1
function private.lock_my_match(uuid) a7bb0dfabb21
function private.refuse_data_loss(regclass,boolean,name) 6a9fbc50d2b6
function private.request_reveal(uuid) 940c311c6420
function private.respond_to_match(uuid,boolean) 2329a9f12a2b
function private.respond_to_reveal(uuid,boolean) 38cb7835ed79
function private.set_updated_at() e9e883ecc5a3
function private.settle_reveal(uuid,boolean) facf11cb1366
function private.stamp_blind_chat_message() 090d36bc811e
function private.stamp_reveal() 700cfb1459f3
function private.withdraw_connect_consent() 35574e331664
function public.cancel_reveal(uuid) 2fcb2608c7ed
function public.consent_to_connect(text) 6b5b50e71513
function public.end_blind_chat(uuid) dd6c1a093bff
function public.get_revealed_partner(uuid) d4f443f4e2de
function public.request_reveal(uuid) 77dbe29d40c9
function public.respond_to_match(uuid,boolean) 6db9884851ca
function public.respond_to_reveal(uuid,boolean) 67d000ffda02
function public.withdraw_connect_consent() 17d830b4931f
policy public.blind_chat_messages blind_chat_messages_all_service cbb9d68d03cb
policy public.blind_chat_messages blind_chat_messages_insert_participant e29ec2d83ad0
policy public.blind_chat_messages blind_chat_messages_select_participant 5197fd3475c2
policy public.blind_chats blind_chats_all_service cbb9d68d03cb
policy public.blind_chats blind_chats_select_participant d6c5935921b9
policy public.connect_profiles connect_profiles_all_service cbb9d68d03cb
policy public.connect_profiles connect_profiles_delete_own ffe6eda5aa56
policy public.connect_profiles connect_profiles_insert_own 216dcf65c48a
policy public.connect_profiles connect_profiles_select_own ca771a1d9c80
policy public.connect_profiles connect_profiles_update_own e490840379a8
policy public.match_feedback match_feedback_all_service cbb9d68d03cb
policy public.match_feedback match_feedback_insert_own 5be00ed3002f
policy public.match_feedback match_feedback_select_own ca771a1d9c80
policy public.match_feedback match_feedback_update_own 94ce8262ba42
policy public.matches matches_all_service cbb9d68d03cb
policy public.matches matches_select_participant 81d8a69e0b93
policy public.reveals reveals_all_service cbb9d68d03cb
policy public.reveals reveals_select_participant d6c5935921b9
trigger public.blind_chat_messages trg_blind_chat_messages_stamp 1b8a162c7e60
trigger public.blind_chats trg_blind_chats_updated_at 6c471eb9ecc8
trigger public.connect_profiles trg_connect_profiles_deleted 2be8f5a425e3
trigger public.connect_profiles trg_connect_profiles_updated_at 185bdfe0d400
trigger public.connect_profiles trg_connect_profiles_withdrawn 92f1ef365cbe
trigger public.matches trg_matches_account_deleted 5c325e1a4c97
trigger public.matches trg_matches_ended 0d1d6dbfab33
trigger public.matches trg_matches_guard e4934f5a6a02
trigger public.matches trg_matches_updated_at 1e06aa6a13b1
trigger public.reveals trg_reveals_stamp cf772ce51644
view public.my_blind_chat_messages b8a9703f693a
view public.my_blind_chats b723b17d93a4
view public.my_matches 260265c562c8
view public.my_reveals b265de417a62
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
                    select l.id from extensions.databasechangelog as l where l.author = 'connect'
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
    live boolean := false;
    item record;
    offending bigint;
    verdict text;
    report text[] := '{}';
    passed integer := current_setting('verify.passed')::integer;
    failed integer := current_setting('verify.failed')::integer;
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
            ('astro', 'FAIL', 'core tables of the product exist', $$
                select count(*)
                from unnest(array['users', 'checkins', 'identities', 'conversations', 'messages', 'events', 'reminders']) as core (name)
                where not exists (
                    select
                    from pg_catalog.pg_class as c
                    where c.oid = to_regclass('public.' || core.name) and c.relkind in ('r', 'p')
                )
            $$),
            ('astro', 'FAIL', 'the eleven astro columns have the right types', $$
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
            ('astro', 'FAIL', 'checks of the astrology columns exist', $$
                select 8 - count(*)
                from pg_catalog.pg_constraint as k
                where k.conrelid = to_regclass('public.users')
                    and k.conname in (
                        'users_birth_latitude_range', 'users_birth_longitude_range', 'users_birth_city_length', 'users_birth_country_length',
                        'users_hd_type_length', 'users_hd_profile_length', 'users_hd_authority_length', 'users_hd_strategy_length'
                    )
                    and k.convalidated
                    -- Before PostgreSQL 18, every constraint is enforced.
                    and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
            $$),
            ('astro', 'FAIL', 'birth coordinates are within their ranges', $$
                select count(*)
                from public.users as u
                where u.birth_latitude not between -90 and 90 or u.birth_longitude not between -180 and 180
            $$),
            ('astro', 'FAIL', 'API roles cannot access Liquibase''s log', $$
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
            ('waiting', 'FAIL', 'no object of Connect exists', $$
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
            ('live', 'FAIL', 'the six tables exist', $$
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
            ('live', 'FAIL', 'constraints exist and are validated', $$
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
            ('live', 'FAIL', 'indexes exist and are valid', $$
                select count(*)
                from (values
                    ('public.idx_connect_profiles_active'),
                    ('public.idx_matches_pair'),
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
            ('live', 'FAIL', 'triggers exist and are enabled', $$
                select (
                    select count(*)
                    from (values
                        ('public.connect_profiles', 'trg_connect_profiles_deleted'),
                        ('public.connect_profiles', 'trg_connect_profiles_updated_at'),
                        ('public.connect_profiles', 'trg_connect_profiles_withdrawn'),
                        ('public.matches', 'trg_matches_account_deleted'),
                        ('public.matches', 'trg_matches_ended'),
                        ('public.matches', 'trg_matches_guard'),
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
                    -- The triggers of foreign keys.
                    select count(*)
                    from pg_catalog.pg_trigger as t
                    join pg_catalog.pg_constraint as k on k.oid = t.tgconstraint
                    where k.conrelid in (to_regclass('public.connect_profiles'), to_regclass('public.matches'), to_regclass('public.blind_chats'), to_regclass('public.blind_chat_messages'), to_regclass('public.reveals'), to_regclass('public.match_feedback'))
                        and t.tgenabled not in ('O', 'A')
                )
            $$),
            ('live', 'FAIL', 'row level security is enabled', $$
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
            ('live', 'FAIL', 'policies of owner, participant and service exist', $$
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
                    ('public.blind_chat_messages', 'blind_chat_messages_insert_participant', 'a', 'authenticated', '', '((sender_user_id = ( SELECT auth.uid())) AND private.is_my_active_blind_chat(blind_chat_id))'),
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
                        -- Servers add different column aliases; remove them.
                        and regexp_replace(
                            regexp_replace(
                                concat_ws('|', coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')),
                                '\s+', ' ', 'g'
                            ),
                            ' AS \w+|\((match_id|blind_chat_id), side\)', '', 'g'
                        ) = expected.using_expression || '|' || expected.check_expression
                )
            $$),
            ('live', 'FAIL', 'no other policy exists', $$
                select greatest(count(*) - 18, 0)
                from pg_catalog.pg_policy as p
                where p.polpermissive
                    and p.polrelid in (to_regclass('public.connect_profiles'), to_regclass('public.matches'), to_regclass('public.blind_chats'), to_regclass('public.blind_chat_messages'), to_regclass('public.reveals'), to_regclass('public.match_feedback'))
            $$),
            ('live', 'FAIL', 'anon has no privileges', $$
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
                            'is_match_participant', 'is_blind_chat_participant', 'list_my_match_sides', 'list_my_blind_chat_sides', 'is_my_active_blind_chat',
                            'lock_my_match', 'settle_reveal', 'refuse_data_loss', 'cancel_reveal', 'consent_to_connect', 'end_blind_chat',
                            'request_reveal', 'respond_to_match', 'respond_to_reveal', 'get_revealed_partner', 'withdraw_connect_consent'
                        )
                ) as holds
                where case when holds.grantee = 0 then true else pg_has_role('anon', holds.grantee, 'usage') end
            $$),
            ('live', 'FAIL', 'grants of authenticated and service_role are complete', $$
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
            ('live', 'FAIL', 'users can call the functions, which are invokers', $$
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
            ('live', 'FAIL', 'views are security invokers', $$
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
            ('live', 'FAIL', 'active profiles have consented', $$
                select count(*) from public.connect_profiles as p where p.is_active and p.consented_at is null
            $$),
            ('live', 'FAIL', 'each pair has at most one match that did not expire', $$
                select count(*)
                from (
                    select from public.matches as m
                    where m.status <> 'expired' and m.user_a is not null and m.user_b is not null
                    group by least(m.user_a, m.user_b), greatest(m.user_a, m.user_b)
                    having count(*) > 1
                ) as twice
            $$),
            ('live', 'FAIL', 'open matches have both users', $$
                select count(*)
                from public.matches as m
                where m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed')
                    and (
                        not exists (select from public.users as u where u.id = m.user_a)
                        or not exists (select from public.users as u where u.id = m.user_b)
                    )
            $$),
            ('live', 'FAIL', 'both users of open matches have consented', $$
                select count(*)
                from public.matches as m
                where m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed')
                    and (
                        select count(*) from public.connect_profiles as p where p.user_id in (m.user_a, m.user_b) and p.consented_at is not null
                    ) <> 2
            $$),
            ('live', 'FAIL', 'active chats belong to open matches', $$
                select count(*)
                from public.blind_chats as c
                left join public.matches as m on m.id = c.match_id
                where c.is_active and (m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed')) is not true
            $$),
            ('live', 'FAIL', 'messages have a chat and a side', $$
                select count(*)
                from public.blind_chat_messages as m
                where m.sender_side is null or not exists (select from public.blind_chats as c where c.id = m.blind_chat_id)
            $$),
            ('live', 'FAIL', 'previews reveal no content', $$
                select count(*)
                from public.blind_chat_messages as m
                where m.content_preview not in ('[message]', '[image]', '[voice]', '[file]')
            $$),
            ('live', 'FAIL', 'reveal requests are between the two users of the match', $$
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
