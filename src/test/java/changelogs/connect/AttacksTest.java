package changelogs.connect;

import static changelogs.connect.Pair.ALICE_ID;
import static changelogs.connect.Pair.BOB_ID;
import static changelogs.connect.Pair.STRANGER_ID;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Alice and Bob have a blind chat and Alice has requested a reveal; Bob and the stranger are a proposed match. Every attack is rejected or
 * affects no row, and the data is unchanged afterwards.
 */
class AttacksTest {

    private static final String OTHER_MATCH = "07e4a7c4-0000-4000-8000-000000000001";
    private static final String OTHER_CHAT = "07e4c4a7-0000-4000-8000-000000000001";
    private static final String OLD_CHAT = "01dc4a70-0000-4000-8000-000000000001";
    private static final String OLD_MATCH = "01d3a7c4-0000-4000-8000-000000000001";
    private static final String ALICE_REVEAL = "3e7ea100-0000-4000-8000-000000000001";
    /** The statement runs but affects or returns no row. */
    private static final String NOTHING = "no rows";

    private record Attack(String name, Caller who, String sql, String outcome) {
    }

    private static Attack refused(String name, Caller who, String sql) {
        return new Attack(name, who, sql, INSUFFICIENT_PRIVILEGE);
    }

    private static final List<Attack> ATTACKS = List.of(
            // Identity of the partner
            refused("read the user ids of a match", BOB, "select user_a, user_b from public.matches"),
            refused("select * from a match", BOB, "select * from public.matches"),
            refused("read a match as a composite value", BOB, "select to_jsonb(m) from public.matches as m"),
            refused("find the partner with a filter", BOB, "select id from public.matches where user_a = '" + ALICE_ID + "'"),
            refused("find the partner with order by", BOB, "select id from public.matches order by user_a"),
            refused("find the partner with a join", BOB, "select m.id from public.matches as m join public.users as u on u.id = m.user_a"),
            refused("read the sender of a message", BOB, "select sender_user_id from public.blind_chat_messages"),
            refused("get the sender's id back from an insert", BOB,
                    "insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values ('<chat>', '" + BOB_ID
                            + "', 'x') returning sender_user_id"),
            refused("read the requester of a reveal", BOB, "select requested_by from public.reveals"),
            refused("read the recipient of a reveal request", ALICE, "select requested_to from public.reveals"),
            new Attack("see the partner before the reveal is answered", ALICE, "select * from public.get_revealed_partner('<match>')", WRONG_STATE),
            new Attack("see the partner in a match of other users", STRANGER, "select * from public.get_revealed_partner('<match>')", NO_DATA_FOUND),
            new Attack("read the partner's preferences", BOB, "select * from public.connect_profiles where user_id = '" + ALICE_ID + "'", NOTHING),
            new Attack("read the partner's account", BOB, "select * from public.users where id <> '" + BOB_ID + "'", NOTHING),
            new Attack("read the partner's feedback", BOB, "select * from public.match_feedback where user_id = '" + ALICE_ID + "'", NOTHING),
            refused("call a helper with the id of another user", BOB, "select private.is_blind_chat_participant('<chat>', '" + ALICE_ID + "')"),
            refused("call the helper that the policies use", BOB, "select * from private.list_my_match_sides()"),
            refused("call the private function behind the wrapper", BOB, "select private.respond_to_match('" + OTHER_MATCH + "', true)"),
            refused("call the function that locks and returns a match", BOB, "select private.lock_my_match('<match>')"),
            refused("call the function that settles a reveal without checks", BOB, "select private.settle_reveal('" + ALICE_REVEAL + "', true)"),
            new Attack("read messages with a cheap function that raises their text", STRANGER, """
                    create function pg_temp.tell(message text) returns boolean
                    language plpgsql
                    cost 0.0000001
                    as $$
                    begin
                        raise exception 'saw %', message;
                    end
                    $$;
                    select id from public.blind_chat_messages where pg_temp.tell(content_ciphertext)
                    """, NOTHING),
            // Changes of matches
            refused("raise the score", BOB, "update public.matches set total_score = 100"),
            refused("accept for the partner", BOB, "update public.matches set accepted_at_a = now()"),
            refused("replace the partner by a stranger", BOB, "update public.matches set user_b = '" + STRANGER_ID + "'"),
            refused("set the status of a match", BOB, "update public.matches set status = 'revealed'"),
            refused("propose a match", BOB, "insert into public.matches (user_a, user_b) values ('" + BOB_ID + "', '" + STRANGER_ID + "')"),
            refused("delete a match", BOB, "delete from public.matches"),
            // A view over a join is not updatable for any role.
            new Attack("change a match through the view", BOB, "update public.my_matches set status = 'revealed'", WRONG_STATE),
            new Attack("answer a match of other users", ALICE, "select public.respond_to_match('" + OTHER_MATCH + "', true)", NO_DATA_FOUND),
            new Attack("accept an ended match", ALICE, "select public.respond_to_match('" + OLD_MATCH + "', true)", WRONG_STATE),
            // Changes of chats
            refused("set a reveal to mutual", BOB, "update public.blind_chats set reveal_state = 'mutual'"),
            refused("change the partner's pseudonym", BOB, "update public.blind_chats set pseudonym_a = 'Alice?'"),
            refused("reopen a chat", BOB, "update public.blind_chats set is_active = true, ended_at = null"),
            refused("open a chat", BOB, "insert into public.blind_chats (match_id, pseudonym_a, pseudonym_b) values ('" + OTHER_MATCH + "', 'x', 'y')"),
            refused("delete a chat", BOB, "delete from public.blind_chats"),
            new Attack("end a chat of other users", STRANGER, "select public.end_blind_chat('<chat>')", NO_DATA_FOUND),
            // Messages
            refused("write a message as the partner", BOB, message("<chat>", ALICE_ID)),
            refused("write into a chat of other users", STRANGER, message("<chat>", STRANGER_ID)),
            refused("write into a chat of other users as one of them", STRANGER, message("<chat>", ALICE_ID)),
            refused("write before both have accepted", BOB, message(OTHER_CHAT, BOB_ID)),
            new Attack("write into an ended chat", ALICE, message(OLD_CHAT, ALICE_ID), WRONG_STATE),
            refused("set created_at of a message", BOB, "insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext, created_at)"
                    + " values ('<chat>', '" + BOB_ID + "', 'x', '1999-01-01')"),
            refused("set sender_side of a message", BOB, "insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext, sender_side)"
                    + " values ('<chat>', '" + BOB_ID + "', 'x', 'a')"),
            refused("edit a message", ALICE, "update public.blind_chat_messages set content_ciphertext = 'other'"),
            refused("delete a message", ALICE, "delete from public.blind_chat_messages"),
            new Attack("put plain text into content_preview", BOB, "insert into public.blind_chat_messages"
                    + " (blind_chat_id, sender_user_id, content_ciphertext, content_preview) values ('<chat>', '" + BOB_ID + "', 'x', 'hello')", CHECK_VIOLATION),
            new Attack("write a message of more than 64 KiB", BOB, "insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext)"
                    + " values ('<chat>', '" + BOB_ID + "', repeat('x', 65537))", CHECK_VIOLATION),
            // Reveals
            refused("insert an accepted reveal", BOB, "insert into public.reveals (match_id, requested_by, requested_to, status) values ('<match>', '"
                    + BOB_ID + "', '" + ALICE_ID + "', 'accepted')"),
            refused("accept a reveal for the partner", ALICE, "update public.reveals set status = 'accepted'"),
            refused("redirect a reveal request to a stranger", ALICE, "update public.reveals set requested_to = '" + STRANGER_ID + "'"),
            new Attack("answer the own reveal request", ALICE, "select public.respond_to_reveal('" + ALICE_REVEAL + "', true)", NO_DATA_FOUND),
            new Attack("answer a reveal request of other users", STRANGER, "select public.respond_to_reveal('" + ALICE_REVEAL + "', true)", NO_DATA_FOUND),
            new Attack("cancel the partner's reveal request", BOB, "select public.cancel_reveal('" + ALICE_REVEAL + "')", NO_DATA_FOUND),
            new Attack("request a reveal in a match of other users", STRANGER, "select public.request_reveal('<match>')", NO_DATA_FOUND),
            new Attack("request a reveal before both have accepted", BOB, "select public.request_reveal('" + OTHER_MATCH + "')", WRONG_STATE),
            // Feedback
            refused("give feedback on a match of other users", STRANGER, "insert into public.match_feedback (match_id, user_id, rating) values ('<match>', '" + STRANGER_ID + "', 1)"),
            refused("give feedback as the partner", BOB, "insert into public.match_feedback (match_id, user_id, rating) values ('<match>', '" + ALICE_ID + "', 1)"),
            refused("overwrite the partner's feedback", BOB, "insert into public.match_feedback (match_id, user_id, rating) values ('<match>', '" + ALICE_ID
                    + "', 1) on conflict (match_id, user_id) do update set rating = excluded.rating"),
            refused("insert feedback with a vector_delta", BOB, "insert into public.match_feedback (match_id, user_id, vector_delta) values ('<match>', '" + BOB_ID + "', '{\"me\": 9}')"),
            refused("update vector_delta of feedback", ALICE, "update public.match_feedback set vector_delta = '{\"me\": 9}'"),
            refused("move feedback to a match of other users", ALICE, "update public.match_feedback set match_id = '" + OTHER_MATCH + "'"),
            refused("move feedback to the partner", ALICE, "update public.match_feedback set user_id = '" + BOB_ID + "'"),
            refused("delete feedback", ALICE, "delete from public.match_feedback"),
            // Profiles
            refused("change a vector of the profile", ALICE, "update public.connect_profiles set values_vector = '[1]'"),
            refused("change the readiness score", ALICE, "update public.connect_profiles set emotional_readiness_score = 9.99"),
            refused("change the time of consent", ALICE, "update public.connect_profiles set consented_at = '1999-01-01'"),
            refused("change the version of the consent", ALICE, "update public.connect_profiles set consent_version = 'v9'"),
            new Attack("activate a profile without consent", ADMIN, "insert into public.connect_profiles (user_id, is_active) values (auth.uid(), true)", CHECK_VIOLATION),
            new Attack("set a minimum age above the maximum age", ALICE, "update public.connect_profiles set min_age = 90, max_age = 20", CHECK_VIOLATION),
            new Attack("set a minimum age below 18", ALICE, "update public.connect_profiles set min_age = 16", CHECK_VIOLATION),
            refused("change updated_at of a profile", ALICE, "update public.connect_profiles set updated_at = '1999-01-01'"),
            refused("create a profile for another user", BOB, "insert into public.connect_profiles (user_id) values ('" + STRANGER_ID + "')"),
            refused("detect another user's profile with on conflict do nothing", BOB, "insert into public.connect_profiles (user_id) values ('" + ALICE_ID + "') on conflict do nothing"),
            refused("move a profile to another user", ALICE, "update public.connect_profiles set user_id = '" + STRANGER_ID + "'"),
            new Attack("change another user's preferences", BOB, "update public.connect_profiles set mode = 'love' where user_id = '" + ALICE_ID + "'", NOTHING),
            new Attack("delete another user's profile", BOB, "delete from public.connect_profiles where user_id = '" + ALICE_ID + "'", NOTHING),
            new Attack("delete the profiles of all other users", STRANGER, "delete from public.connect_profiles where user_id <> auth.uid()", NOTHING),
            refused("insert a profile with consented_at", BOB, "insert into public.connect_profiles (user_id, consented_at) values ('" + BOB_ID + "', now())"),
            // Other commands, and the anonymous caller
            refused("truncate a table", BOB, "truncate public.match_feedback"),
            refused("lock a table exclusively", BOB, "lock table public.matches in access exclusive mode"),
            refused("disable row level security", BOB, "alter table public.matches disable row level security"),
            refused("create a trigger on messages", BOB,
                    "create trigger t before insert on public.blind_chat_messages for each row execute function suppress_redundant_updates_trigger()"),
            refused("rewrite Liquibase's log", BOB, "delete from extensions.databasechangelog"),
            refused("call the rollback's data loss check", BOB, "select private.refuse_data_loss('public.matches', true)"),
            refused("read as anon", ANON, "select id from public.matches"),
            refused("write as anon", ANON, message("<chat>", ALICE_ID)),
            refused("answer as anon", ANON, "select public.respond_to_match('<match>', true)"),
            refused("truncate a table as anon", ANON, "truncate public.blind_chat_messages"));

    private static String message(String chat, String sender) {
        return "insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values ('" + chat + "', '" + sender + "', 'x')";
    }

    @RegisterExtension
    final Database connect = Database.of("connect");

    @TestFactory
    Stream<DynamicTest> everyAttackFailsAndChangesNothing() {
        Pair pair = populate(connect);
        Session operator = connect.operator();
        List<DynamicTest> tests = new ArrayList<>();
        for (Attack attack : ATTACKS) {
            tests.add(DynamicTest.dynamicTest(attack.name(), () -> {
                String sql = attack.sql().replace("<match>", pair.match().toString()).replace("<chat>", pair.chat().toString());
                var before = everything(operator);

                String outcome = outcome(connect.as(attack.who()), sql);

                assertThat(outcome).as(sql).isEqualTo(attack.outcome());
                assertThat(everything(operator)).as("data after the attack").isEqualTo(before);
            }));
        }
        return tests.stream();
    }

    /** Returns "no rows", the SQLSTATE of the error, or the rows that were returned or changed. */
    private static String outcome(Session caller, String sql) {
        boolean reads = sql.strip().startsWith("select");
        List<Object> touched = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> {
            if (reads) {
                touched.addAll(caller.rows(sql));
            } else if (sql.contains("create function")) {
                caller.script(sql);
            } else if (caller.update(sql) > 0) {
                touched.add("rows");
            }
        });
        if (thrown != null) {
            return thrown instanceof SqlFailed failed ? failed.state() : thrown.toString();
        }
        return touched.isEmpty() ? NOTHING : touched.toString();
    }

    private static Pair populate(Database connect) {
        Pair pair = Pair.chatting(connect);
        Session service = pair.service();
        connect.operator().update("insert into auth.users (id) values (?)", ADMIN.account());
        Pair.takePart(connect, STRANGER);
        service.update("insert into public.matches (id, user_a, user_b) values (?::uuid, ?, ?)", OTHER_MATCH, BOB.account(), STRANGER.account());
        service.update("insert into public.blind_chats (id, match_id, pseudonym_a, pseudonym_b) values (?::uuid, ?::uuid, 'Oak', 'Elm')", OTHER_CHAT, OTHER_MATCH);
        service.update("insert into public.matches (id, user_a, user_b, status) values (?::uuid, ?, ?, 'closed')", OLD_MATCH, ALICE.account(), STRANGER.account());
        service.update("insert into public.blind_chats (id, match_id, pseudonym_a, pseudonym_b) values (?::uuid, ?::uuid, 'Ash', 'Yew')", OLD_CHAT, OLD_MATCH);
        service.update("update public.blind_chats set is_active = false, ended_at = now() where id = ?::uuid", OLD_CHAT);
        service.update(message(pair.chat().toString(), ALICE_ID));
        service.update("insert into public.reveals (id, match_id, requested_by, requested_to) values (?::uuid, ?, ?, ?)",
                ALICE_REVEAL, pair.match(), ALICE.account(), BOB.account());
        service.update("insert into public.match_feedback (match_id, user_id, rating) values (?, ?, 2)", pair.match(), ALICE.account());
        return pair;
    }

    private static Map<String, Object> everything(Session operator) {
        return operator.rows("""
                select
                    (select jsonb_agg(t order by t.id) from public.connect_profiles as t)::text as profiles,
                    (select jsonb_agg(t order by t.id) from public.matches as t)::text as matches,
                    (select jsonb_agg(t order by t.id) from public.blind_chats as t)::text as chats,
                    (select jsonb_agg(t order by t.id) from public.blind_chat_messages as t)::text as messages,
                    (select jsonb_agg(t order by t.id) from public.reveals as t)::text as reveals,
                    (select jsonb_agg(t order by t.id) from public.match_feedback as t)::text as feedback,
                    (select count(*) from pg_trigger)::text as triggers,
                    (select count(*) from extensions.databasechangelog)::text as log
                """).get(0);
    }
}
