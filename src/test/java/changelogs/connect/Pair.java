package changelogs.connect;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.UUID;

/** A match of Alice (side a) and Bob (side b) created by the service, and a stranger. */
final class Pair {

    static final String ALICE_ID = ALICE.account().toString();
    static final String BOB_ID = BOB.account().toString();
    static final String STRANGER_ID = STRANGER.account().toString();

    private static final UUID MATCH = UUID.fromString("3a7c4000-0000-4000-8000-000000000001");
    private static final UUID CHAT = UUID.fromString("c4a70000-0000-4000-8000-000000000001");

    private final Session service;

    private Pair(Session service) {
        this.service = service;
    }

    /** A match in the state proposed. */
    static Pair proposed(Database connect) {
        people(connect);
        takePart(connect, ALICE, BOB);
        Pair pair = new Pair(connect.as(SERVICE));
        pair.service.update("insert into public.matches (id, user_a, user_b, total_score, engine_version) values (?, ?, ?, 80, 'connect-v1')",
                MATCH, ALICE.account(), BOB.account());
        return pair;
    }

    /** A match with an open blind chat. */
    static Pair chatting(Database connect) {
        Pair pair = proposed(connect);
        pair.service.update("update public.matches set status = 'accepted_both', accepted_at_a = now(), accepted_at_b = now()");
        pair.openChat();
        return pair;
    }

    static void people(Database connect) {
        Session operator = connect.operator();
        for (Caller person : new Caller[] {ALICE, BOB, STRANGER}) {
            operator.update("insert into auth.users (id, raw_user_meta_data) values (?, jsonb_build_object('display_name', ?))",
                    person.account(), person.equals(ALICE) ? "Alice" : person.equals(BOB) ? "Bob" : "Stranger");
        }
    }

    /** Records consent and activates the profiles, so that these users can be matched. */
    static void takePart(Database connect, Caller... people) {
        for (Caller person : people) {
            connect.as(person).rows("select public.consent_to_connect('v1')");
            connect.as(person).update("update public.connect_profiles set is_active = true");
        }
    }

    /** Opens the chat, as the service does after both have accepted. */
    void openChat() {
        service.update("insert into public.blind_chats (id, match_id, pseudonym_a, pseudonym_b) values (?, ?, 'North Star', 'Quiet River')", CHAT, MATCH);
        service.update("update public.matches set status = 'blind_chat_active'");
    }

    UUID match() {
        return MATCH;
    }

    UUID chat() {
        return CHAT;
    }

    String status() {
        return service.value(String.class, "select status from public.matches");
    }

    /** Id of the only reveal request. */
    UUID reveal() {
        return service.value(UUID.class, "select id from public.reveals");
    }

    Session service() {
        return service;
    }
}
