-- Plays a match from proposal to end with two existing users, as the service, as each user and as anon; prints PASS or FAIL for each step.
--
--     psql -X -v ON_ERROR_STOP=1 -v user_a=<id> -v user_b=<id> -f ops/connect/smoke.sql
--
-- user_a and user_b are the ids of two rows of public.users that were never matched, other than by a proposal that expired. Everything is
-- one transaction that is always rolled back. Exits with status 3 if a step failed. Run it as the role that runs the changelog, which may set the other roles.
-- Lines that begin with a backslash, and what stands between \if and \endif, are for psql; the rest is SQL that any client can run.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

\if :{?user_a}
select set_config('smoke.user_a', :'user_a', false) \g /dev/null
\endif
\if :{?user_b}
select set_config('smoke.user_b', :'user_b', false) \g /dev/null
\endif

start transaction;
set local search_path = '';
set local statement_timeout = '1min';
set local lock_timeout = '5s';

do $smoke$
declare
    user_a text := nullif(current_setting('smoke.user_a', true), '');
    user_b text := nullif(current_setting('smoke.user_b', true), '');
    match text := gen_random_uuid();
    chat text := gen_random_uuid();
    reveal text := gen_random_uuid();
    step record;
    statement text;
    came text;
    changed bigint;
    report text[] := '{}';
    passed integer := 0;
    failed integer := 0;
begin
    if user_a is null or user_b is null then
        raise exception 'user_a and user_b are missing'
            using hint = 'Pass the ids of two rows of public.users: -v user_a=<id> -v user_b=<id>';
    end if;
    if to_regclass('public.matches') is null then
        raise exception 'table public.matches does not exist' using hint = 'Check PGHOST and PGDATABASE; if they are right, Connect is not live in this database.';
    end if;
    if (select count(*) from public.users as u where u.id in (user_a::uuid, user_b::uuid)) <> 2 then
        raise exception 'user_a and user_b must be two different rows of public.users';
    end if;

    for step in
        select s.number, s.who, s.name, s.sql, s.expected
        from (values
            (1, 'service', 'adds both users to Connect', $$
                insert into public.connect_profiles (user_id, is_active, consented_at, mode)
                values ('<a>', true, now(), 'both'), ('<b>', true, now(), 'both')
                on conflict (user_id) do update set is_active = excluded.is_active, consented_at = excluded.consented_at
            $$, '2 rows'),
            (2, 'service', 'proposes a match', $$
                insert into public.matches (id, user_a, user_b, status, total_score, engine_version)
                values ('<match>', '<a>', '<b>', 'proposed', 80, 'connect-v1')
            $$, '1 rows'),
            (3, 'service', 'opens the chat of the proposed match', $$
                insert into public.blind_chats (id, match_id, pseudonym_a, pseudonym_b)
                values ('<chat>', '<match>', 'North Star', 'Quiet River')
            $$, '1 rows'),
            (4, 'service', 'adds a message for a', $$
                insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext, content_preview)
                values ('<chat>', '<a>', 'ciphertext-placeholder', '[message]')
            $$, '1 rows'),
            (5, 'service', 'adds a reveal request from a to b', $$
                insert into public.reveals (id, match_id, requested_by, requested_to, status)
                values ('<reveal>', '<match>', '<a>', '<b>', 'pending')
            $$, '1 rows'),
            (6, 'service', 'adds the feedback of a', $$
                insert into public.match_feedback (match_id, user_id, rating, fit_score, safety_score, communication_score)
                values ('<match>', '<a>', 4, 78, 88, 74)
                on conflict (match_id, user_id) do update set rating = excluded.rating
            $$, '1 rows'),
            (7, 'service', 'reads all these rows', $$
                select concat_ws(
                    ' ',
                    (select count(*) from public.connect_profiles as p where p.user_id in ('<a>', '<b>')),
                    (select count(*) from public.matches as m where m.id = '<match>'),
                    (select count(*) from public.blind_chats as c where c.match_id = '<match>'),
                    (select count(*) from public.blind_chat_messages as m where m.blind_chat_id = '<chat>' and m.sender_side = 'a'),
                    (select count(*) from public.reveals as r where r.match_id = '<match>'),
                    (select count(*) from public.match_feedback as f where f.match_id = '<match>')
                )
            $$, '2 1 1 1 1 1'),
            (8, 'a', 'sees the match', $$
                select m.status || ' ' || m.my_side from public.my_matches as m where m.id = '<match>'
            $$, 'proposed a'),
            (9, 'a', 'cannot read the id of b', $$
                select m.user_b::text from public.matches as m where m.id = '<match>'
            $$, '42501'),
            (10, 'a', 'cannot get the partner before the reveal', $$
                select p.user_id::text from public.get_revealed_partner('<match>') as p
            $$, '55000'),
            (11, 'a', 'cannot raise the score', $$
                update public.matches set total_score = 100 where id = '<match>'
            $$, '42501'),
            (12, 'b', 'cannot write before both have accepted', $$
                insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values ('<chat>', '<b>', 'x')
            $$, '42501'),
            (13, 'a', 'accepts', $$
                select public.respond_to_match('<match>', true)
            $$, 'accepted_a'),
            (14, 'b', 'accepts', $$
                select public.respond_to_match('<match>', true)
            $$, 'accepted_both'),
            (15, 'b', 'adds a message', $$
                insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values ('<chat>', '<b>', 'x')
            $$, '1 rows'),
            (16, 'b', 'cannot add a message as a', $$
                insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values ('<chat>', '<a>', 'x')
            $$, '42501'),
            (17, 'b', 'sees the sender of each message', $$
                select string_agg(m.sender, ' ' order by m.sender)
                from public.my_blind_chat_messages as m
                where m.blind_chat_id = '<chat>'
            $$, 'me them'),
            (18, 'b', 'cannot read the feedback of a', $$
                select count(*)::text from public.match_feedback as f where f.match_id = '<match>'
            $$, '0'),
            (19, 'a', 'cannot answer its own request', $$
                select public.respond_to_reveal('<reveal>', true)
            $$, 'P0002'),
            (20, 'b', 'accepts the reveal', $$
                select public.respond_to_reveal('<reveal>', true)
            $$, 'accepted'),
            (21, 'a', 'gets the partner', $$
                select (p.user_id = '<b>')::text from public.get_revealed_partner('<match>') as p
            $$, 'true'),
            (22, 'nobody', 'reads no match', $$
                select count(*)::text from public.my_matches
            $$, '42501'),
            (23, 'a', 'ends the chat', $$
                select (public.end_blind_chat('<chat>') is not null)::text
            $$, 'true'),
            (24, 'a', 'cannot get the partner after the end', $$
                select p.user_id::text from public.get_revealed_partner('<match>') as p
            $$, '55000'),
            (25, 'service', 'cannot propose the pair again', $$
                insert into public.matches (user_a, user_b) values ('<b>', '<a>')
            $$, '23505'),
            (26, 'b', 'cannot add a message to the ended chat', $$
                insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values ('<chat>', '<b>', 'x')
            $$, '55000'),
            (27, 'service', 'finds the match and chat closed', $$
                select m.status || ' ' || c.reveal_state
                from public.matches as m
                join public.blind_chats as c on c.match_id = m.id
                where m.id = '<match>' and not c.is_active
            $$, 'closed done')
        ) as s (number, who, name, sql, expected)
        order by s.number
    loop
        statement := replace(replace(replace(replace(replace(step.sql, '<a>', user_a), '<b>', user_b), '<match>', match), '<chat>', chat), '<reveal>', reveal);
        perform
            set_config('role', case step.who when 'service' then 'service_role' when 'nobody' then 'anon' else 'authenticated' end, true),
            set_config('request.jwt.claims', case step.who
                when 'a' then json_build_object('role', 'authenticated', 'sub', user_a)::text
                when 'b' then json_build_object('role', 'authenticated', 'sub', user_b)::text
                else ''
            end, true);
        begin
            if ltrim(statement, E' \n') like 'select%' then
                execute statement into came;
            else
                execute statement;
                get diagnostics changed = row_count;
                came := changed || ' rows';
            end if;
        exception
            when others then
                came := sqlstate;
                if came <> step.expected then
                    came := came || ' ' || sqlerrm;
                end if;
        end;
        perform set_config('role', 'none', true);
        if came is not distinct from step.expected then
            passed := passed + 1;
            report := report || format('PASS  %s  %s  %s', rpad(step.who, 7), rpad(step.name, 45), came);
        else
            failed := failed + 1;
            report := report || format('FAIL  %s  %s  %s, expected %s', rpad(step.who, 7), rpad(step.name, 45), coalesce(came, 'nothing'), step.expected);
        end if;
    end loop;

    report := report || format('%s  %s steps passed, %s failed; everything was rolled back', case when failed = 0 then 'PASS' else 'FAIL' end, passed, failed);
    perform set_config('smoke.report', array_to_string(report, E'\n'), true);
    perform set_config('smoke.failed', failed::text, true);
end
$smoke$;

select current_setting('smoke.report');

do $$
begin
    if current_setting('smoke.failed') <> '0' then
        raise exception 'smoke: % failed', current_setting('smoke.failed');
    end if;
end
$$;

rollback;
