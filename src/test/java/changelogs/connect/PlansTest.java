package changelogs.connect;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Reads of a user use indexes with 20,000 matches and 100,000 messages of others. {@code -Dconnect.rows=full} takes minutes: it uses
 * 1,000,000 matches with 5,000,000 messages and also prints the plans.
 */
class PlansTest {

    private static final boolean FULL = "full".equals(System.getProperty("connect.rows"));
    private static final int PEOPLE = FULL ? 20_000 : 2_000;
    private static final int MATCHES_EACH = FULL ? 50 : 10;
    private static final int MESSAGES_EACH = 5;

    @RegisterExtension
    final Database connect = Database.ofItsOwn("connect");

    @Test
    void readsOfAUserAndTheirHelperFunctionsUseIndexes() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).update("insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values (?, auth.uid(), 'x')", pair.chat());
        connect.as(ALICE).value(String.class, "select public.request_reveal(?)", pair.match());
        crowd(connect.operator());
        Map<String, String> values = Map.of("public.blind_chats.id", pair.chat().toString(), "public.matches.id", pair.match().toString());

        PlannedQuery.of("connect", "reads").forEach(query -> print(query.sql(), query.assertPlan(connect, values::get)));
        assertHelpersStayOnIndexes(connect.operator(), pair);
    }

    /** A plan shows a function as one node, so the bodies of the helper functions are explained separately. */
    private static void assertHelpersStayOnIndexes(Session operator, Pair pair) {
        Map<String, String> bodies = new LinkedHashMap<>();
        for (String function : new String[] {"list_my_match_sides", "list_my_blind_chat_sides"}) {
            bodies.put(function, operator.value(String.class, "select substring(prosrc from 'return query(.*);\\s+end') from pg_proc where proname = ?", function)
                    .replace("(select auth.uid())", "'" + BOB.account() + "'::uuid")
                    .replace("private.list_my_match_sides()", "(select m.id as match_id, 'b' as side from public.matches as m where m.user_b = '" + BOB.account() + "')"));
        }
        bodies.put("is_my_active_blind_chat", operator.value(String.class, "select substring(prosrc from 'return exists \\((.*)\\);\\s+end') from pg_proc where proname = 'is_my_active_blind_chat'")
                .replace("p_chat", "'" + pair.chat() + "'"));
        bodies.put("lock_my_match", "select * from public.matches as m where m.id = '" + pair.match() + "' and private.is_match_participant(m, '"
                + BOB.account() + "') for update");
        bodies.forEach((function, body) -> {
            String plan = operator.plan(body);
            print(function, plan);
            assertThat(plan).as(function).contains("Index").doesNotContain("Seq Scan");
        });
    }

    private static void print(String what, String plan) {
        if (FULL) {
            System.out.println(what + "\n" + plan.indent(4));
        }
    }

    /** Loads other users, each with matches, chats and messages with the next few; triggers and foreign keys are disabled for speed. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                create temp table person on commit drop as
                    select i, md5('person' || i)::uuid as id from generate_series(0, %1$d - 1) as i;
                insert into public.users (id) select id from person;
                insert into public.connect_profiles (user_id, is_active, consented_at) select id, true, now() from person;
                create temp table pair on commit drop as
                    select md5(a.i || '-' || j)::uuid as id, a.id as user_a, b.id as user_b, j
                    from person as a cross join generate_series(1, %2$d) as j join person as b on b.i = (a.i + j) %% %1$d;
                insert into public.matches (id, user_a, user_b, status, total_score, created_at)
                    select id, user_a, user_b, (array['proposed', 'accepted_both', 'blind_chat_active', 'closed', 'declined_a'])[1 + j %% 5], j, now() - j * interval '1 hour'
                    from pair;
                insert into public.blind_chats (id, match_id, pseudonym_a, pseudonym_b) select id, id, 'Oak', 'Elm' from pair;
                insert into public.blind_chat_messages (blind_chat_id, sender_user_id, sender_side, content_ciphertext, created_at)
                    select id, user_a, 'a', 'x', now() - k * interval '1 minute' from pair cross join generate_series(1, %3$d) as k;
                insert into public.reveals (match_id, requested_by, requested_to, requested_side, status)
                    select id, user_a, user_b, 'a', 'declined' from pair;
                insert into public.match_feedback (match_id, user_id, rating) select id, user_a, 3 from pair;
                """.formatted(PEOPLE, MATCHES_EACH, MESSAGES_EACH));
        operator.script("analyze public.users, public.connect_profiles, public.matches, public.blind_chats, public.blind_chat_messages, public.reveals,"
                + " public.match_feedback");
    }
}
