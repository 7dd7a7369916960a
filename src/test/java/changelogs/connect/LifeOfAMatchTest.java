package changelogs.connect;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A match from proposal to feedback: permissions of both sides, a stranger, an anonymous caller and the service in each state. */
class LifeOfAMatchTest {

    private static final String NULL_VALUE = "22004";

    private static final String ANSWER = "select public.respond_to_match(?, ?)";
    private static final String ASK = "select public.request_reveal(?)";
    private static final String ANSWER_REVEAL = "select public.respond_to_reveal(?, ?)";
    private static final String CANCEL = "select public.cancel_reveal(?)";
    private static final String END = "select public.end_blind_chat(?)::text";
    private static final String PARTNER = "select * from public.get_revealed_partner(?)";
    private static final String WRITE =
            "insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext, content_preview) values (?, ?, ?, '[message]')";
    private static final String PROPOSE = "insert into public.matches (user_a, user_b) values (?, ?)";
    private static final String FEEDBACK = "insert into public.match_feedback (match_id, user_id, rating, fit_score) values (?, ?, 4, 78)";

    @RegisterExtension
    final Database connect = Database.of("connect");

    @Test
    void matchGoesFromProposalToFeedback() {
        Pair pair = Pair.proposed(connect);
        Session alice = connect.as(ALICE);
        Session bob = connect.as(BOB);

        assertThat(alice.rows("select status, my_side, accepted_by_me, accepted_by_them, total_score from public.my_matches"))
                .containsExactly(Map.of("status", "proposed", "my_side", "a", "accepted_by_me", false, "accepted_by_them", false, "total_score", 80));
        assertThat(alice.value(String.class, ANSWER, pair.match(), true)).isEqualTo("accepted_a");
        assertThat(bob.rows("select status, my_side, accepted_by_me, accepted_by_them from public.my_matches"))
                .containsExactly(Map.of("status", "accepted_a", "my_side", "b", "accepted_by_me", false, "accepted_by_them", true));
        assertThat(bob.value(String.class, ANSWER, pair.match(), true)).isEqualTo("accepted_both");

        pair.openChat();
        assertThat(alice.rows("select my_pseudonym, their_pseudonym, is_active from public.my_blind_chats"))
                .containsExactly(Map.of("my_pseudonym", "North Star", "their_pseudonym", "Quiet River", "is_active", true));
        assertThat(alice.update(WRITE, pair.chat(), ALICE.account(), "8f3a")).isOne();
        assertThat(bob.update(WRITE, pair.chat(), BOB.account(), "77c1")).isOne();
        assertThat(bob.column(String.class, "select sender || ' ' || content_ciphertext from public.my_blind_chat_messages order by sender desc"))
                .containsExactly("them 8f3a", "me 77c1");

        assertThat(alice.value(String.class, ASK, pair.match())).isEqualTo("pending");
        assertThat(bob.rows("select requested_by, status from public.my_reveals")).containsExactly(Map.of("requested_by", "them", "status", "pending"));
        assertThat(bob.value(String.class, ANSWER_REVEAL, pair.reveal(), true)).isEqualTo("accepted");
        assertThat(pair.status()).isEqualTo("revealed");
        assertThat(bob.value(String.class, "select reveal_state from public.my_blind_chats")).isEqualTo("mutual");
        assertThat(bob.rows(PARTNER, pair.match())).singleElement()
                .satisfies(partner -> assertThat(partner).containsEntry("user_id", ALICE.account()).containsEntry("display_name", "Alice"));
        assertThat(alice.rows(PARTNER, pair.match())).singleElement()
                .satisfies(partner -> assertThat(partner).containsEntry("user_id", BOB.account()).containsEntry("display_name", "Bob"));
        assertThat(alice.update(WRITE, pair.chat(), ALICE.account(), "a70b")).as("messages sent after the reveal").isOne();

        assertThat(bob.value(String.class, END, pair.chat())).isNotNull();
        assertThat(pair.status()).isEqualTo("closed");
        assertThat(alice.rows("select is_active, reveal_state from public.my_blind_chats")).containsExactly(Map.of("is_active", false, "reveal_state", "done"));
        assertThat(alice.rows("select from public.my_blind_chat_messages")).as("messages readable after the chat").hasSize(3);
        assertThat(alice.update(FEEDBACK, pair.match(), ALICE.account())).isOne();
        assertThat(alice.update("update public.match_feedback set notes = 'kind'")).isOne();
        assertThat(bob.rows("select from public.match_feedback")).as("feedback of the partner").isEmpty();
    }

    @Test
    void strangersHaveNoAccessToAMatch() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).update(WRITE, pair.chat(), ALICE.account(), "8f3a");
        connect.as(ALICE).value(String.class, ASK, pair.match());
        connect.as(ALICE).update(FEEDBACK, pair.match(), ALICE.account());
        Session stranger = connect.as(STRANGER);

        for (String relation : List.of("my_matches", "my_blind_chats", "my_blind_chat_messages", "my_reveals", "match_feedback", "connect_profiles", "blind_chats")) {
            assertThat(stranger.rows("select * from public." + relation)).as(relation).isEmpty();
        }
        for (String table : List.of("matches", "blind_chat_messages", "reveals")) {
            assertThat(stranger.rows("select id from public." + table)).as(table).isEmpty();
        }
        assertNotFound(() -> stranger.value(String.class, ANSWER, pair.match(), true));
        assertNotFound(() -> stranger.value(String.class, ASK, pair.match()));
        assertNotFound(() -> stranger.value(String.class, ANSWER_REVEAL, pair.reveal(), true));
        assertNotFound(() -> stranger.value(String.class, CANCEL, pair.reveal()));
        assertNotFound(() -> stranger.value(String.class, END, pair.chat()));
        assertNotFound(() -> stranger.rows(PARTNER, pair.match()));
        assertThatThrownBy(() -> stranger.update(WRITE, pair.chat(), STRANGER.account(), "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> stranger.update(FEEDBACK, pair.match(), STRANGER.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(pair.status()).isEqualTo("blind_chat_active");
        assertThat(pair.service().value(String.class, "select status from public.reveals")).isEqualTo("pending");
    }

    @Test
    void missingRowsAndRowsOfOthersGiveTheSameError() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());
        Session stranger = connect.as(STRANGER);
        UUID nothing = UUID.randomUUID();

        for (var call : Map.of(ASK, pair.match(), "select public.respond_to_match(?, true)", pair.match(), "select public.respond_to_reveal(?, true)", pair.reveal(),
                CANCEL, pair.reveal(), END, pair.chat(), PARTNER, pair.match()).entrySet()) {
            assertThat(answer(() -> stranger.rows(call.getKey(), call.getValue()))).as(call.getKey())
                    .isEqualTo(answer(() -> stranger.rows(call.getKey(), nothing)));
        }
        assertThat(answer(() -> stranger.update(WRITE, pair.chat(), STRANGER.account(), "x")))
                .isEqualTo(answer(() -> stranger.update(WRITE, nothing, STRANGER.account(), "x")));
    }

    @Test
    void errorsDoNotConfirmTheIdentityOfThePartner() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).update(FEEDBACK, pair.match(), ALICE.account());
        Session bob = connect.as(BOB);
        String profile = "insert into public.connect_profiles (user_id) values (?)";

        for (UUID wrong : new UUID[] {STRANGER.account(), UUID.randomUUID()}) {
            assertThat(answer(() -> bob.update(WRITE, pair.chat(), ALICE.account(), "x"))).isEqualTo(answer(() -> bob.update(WRITE, pair.chat(), wrong, "x")));
            assertThat(answer(() -> bob.update(FEEDBACK, pair.match(), ALICE.account()))).isEqualTo(answer(() -> bob.update(FEEDBACK, pair.match(), wrong)));
            assertThat(answer(() -> bob.update(profile, ALICE.account()))).isEqualTo(answer(() -> bob.update(profile, wrong)));
        }
    }

    @Test
    void anonymousCallerHasNoAccess() {
        Pair pair = Pair.chatting(connect);
        Session anon = connect.as(ANON);

        for (String relation : List.of("connect_profiles", "matches", "blind_chats", "blind_chat_messages", "reveals", "match_feedback",
                "my_matches", "my_blind_chats", "my_blind_chat_messages", "my_reveals")) {
            assertThatThrownBy(() -> anon.rows("select count(*) from public." + relation)).as(relation).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String call : List.of(ASK, "select public.respond_to_match(?, true)", "select public.respond_to_reveal(?, true)", CANCEL, END, PARTNER)) {
            assertThatThrownBy(() -> anon.rows(call, pair.match())).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> anon.rows("select public.consent_to_connect('v1')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> anon.rows("select public.withdraw_connect_consent()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void callerWithoutAnAccountInTheTokenHasNoAccess() {
        Pair pair = Pair.chatting(connect);
        Session nobody = connect.as(new Caller("authenticated", null));
        connect.operator().update("delete from auth.users where id = ?", BOB.account());

        assertThat(nobody.rows("select * from public.my_matches")).isEmpty();
        assertNotFound(() -> nobody.value(String.class, ANSWER, pair.match(), true));
        assertNotFound(() -> nobody.rows(PARTNER, pair.match()));
        assertThatThrownBy(() -> nobody.rows("select public.consent_to_connect('v1')")).is(sqlState("23502"));
    }

    @Test
    void repeatedAnswersAreIdempotent() {
        Pair pair = Pair.proposed(connect);
        Session alice = connect.as(ALICE);
        Session bob = connect.as(BOB);

        assertThat(alice.value(String.class, ANSWER, pair.match(), true)).isEqualTo("accepted_a");
        assertThat(alice.value(String.class, ANSWER, pair.match(), true)).isEqualTo("accepted_a");
        bob.value(String.class, ANSWER, pair.match(), true);
        assertThat(alice.value(String.class, ANSWER, pair.match(), true)).isEqualTo("accepted_both");
        pair.openChat();
        assertThat(alice.value(String.class, ASK, pair.match())).isEqualTo("pending");
        assertThat(alice.value(String.class, ASK, pair.match())).isEqualTo("pending");
        UUID reveal = pair.reveal();
        assertThat(bob.value(String.class, ANSWER_REVEAL, reveal, true)).isEqualTo("accepted");
        assertThat(bob.value(String.class, ANSWER_REVEAL, reveal, true)).isEqualTo("accepted");
        assertThat(alice.value(String.class, ASK, pair.match())).isEqualTo("accepted");
        String ended = alice.value(String.class, END, pair.chat());
        assertThat(bob.value(String.class, END, pair.chat())).isEqualTo(ended);
        assertThat(connect.count("public.reveals")).isOne();
    }

    @Test
    void declinedMatchStaysDeclined() {
        Pair pair = Pair.proposed(connect);
        Session alice = connect.as(ALICE);
        Session bob = connect.as(BOB);

        assertThat(bob.value(String.class, ANSWER, pair.match(), false)).isEqualTo("declined_b");
        assertThat(bob.value(String.class, ANSWER, pair.match(), false)).isEqualTo("declined_b");

        assertWrongState(() -> alice.value(String.class, ANSWER, pair.match(), true));
        assertWrongState(() -> bob.value(String.class, ANSWER, pair.match(), true));
        assertWrongState(() -> alice.value(String.class, ANSWER, pair.match(), false));
        assertWrongState(() -> alice.value(String.class, ASK, pair.match()));
        assertThat(pair.service().rows("select from public.matches where status = 'declined_b' and closed_at is not null")).hasSize(1);
    }

    @Test
    void acceptedMatchCanBeDeclinedUntilTheChatOpens() {
        Pair pair = Pair.proposed(connect);
        Session alice = connect.as(ALICE);
        alice.value(String.class, ANSWER, pair.match(), true);
        connect.as(BOB).value(String.class, ANSWER, pair.match(), true);

        assertThat(alice.value(String.class, ANSWER, pair.match(), false)).isEqualTo("declined_a");
    }

    @Test
    void matchWithAnOpenChatCannotBeDeclined() {
        Pair pair = Pair.chatting(connect);

        assertWrongState(() -> connect.as(ALICE).value(String.class, ANSWER, pair.match(), false));
        assertThat(pair.status()).isEqualTo("blind_chat_active");
    }

    @Test
    void expiredMatchCanBeDeclinedButNotAccepted() {
        Pair pair = Pair.proposed(connect);
        pair.service().update("update public.matches set expires_at = now() - interval '1 minute'");

        assertWrongState(() -> connect.as(ALICE).value(String.class, ANSWER, pair.match(), true));
        assertThat(connect.as(ALICE).value(String.class, ANSWER, pair.match(), false)).isEqualTo("declined_a");
    }

    @Test
    void nullAnswerIsRejected() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());

        assertThatThrownBy(() -> connect.as(ALICE).value(String.class, "select public.respond_to_match(?, null)", pair.match())).is(sqlState(NULL_VALUE));
        assertThatThrownBy(() -> connect.as(BOB).value(String.class, "select public.respond_to_reveal(?, null)", pair.reveal())).is(sqlState(NULL_VALUE));
    }

    @Test
    void revealNeedsAcceptanceByBothSides() {
        Pair pair = Pair.proposed(connect);
        Session alice = connect.as(ALICE);
        alice.value(String.class, ANSWER, pair.match(), true);

        assertWrongState(() -> alice.value(String.class, ASK, pair.match()));
        assertWrongState(() -> alice.rows(PARTNER, pair.match()));
    }

    @Test
    void onlyTheRecipientAnswersAndOnlyTheRequesterCancels() {
        Pair pair = Pair.chatting(connect);
        Session alice = connect.as(ALICE);
        Session bob = connect.as(BOB);
        alice.value(String.class, ASK, pair.match());
        UUID reveal = pair.reveal();

        assertNotFound(() -> alice.value(String.class, ANSWER_REVEAL, reveal, true));
        assertNotFound(() -> bob.value(String.class, CANCEL, reveal));
        assertThat(alice.value(String.class, CANCEL, reveal)).isEqualTo("cancelled");
        assertThat(alice.value(String.class, CANCEL, reveal)).isEqualTo("cancelled");
        assertWrongState(() -> bob.value(String.class, ANSWER_REVEAL, reveal, true));
        assertThat(bob.value(String.class, "select reveal_state from public.my_blind_chats")).isEqualTo("none");
        assertWrongState(() -> bob.rows(PARTNER, pair.match()));
    }

    @Test
    void declinedRequesterCannotAskAgainButThePartnerCan() {
        Pair pair = Pair.chatting(connect);
        Session alice = connect.as(ALICE);
        Session bob = connect.as(BOB);
        alice.value(String.class, ASK, pair.match());
        UUID reveal = pair.reveal();

        assertThat(bob.value(String.class, ANSWER_REVEAL, reveal, false)).isEqualTo("declined");
        assertThat(bob.value(String.class, ANSWER_REVEAL, reveal, false)).isEqualTo("declined");
        assertWrongState(() -> bob.value(String.class, ANSWER_REVEAL, reveal, true));
        assertWrongState(() -> alice.value(String.class, CANCEL, reveal));
        assertWrongState(() -> alice.value(String.class, ASK, pair.match()));
        assertWrongState(() -> alice.rows(PARTNER, pair.match()));
        assertThat(alice.value(String.class, "select reveal_state from public.my_blind_chats")).isEqualTo("one_sided");
        assertThat(bob.value(String.class, ASK, pair.match())).isEqualTo("pending");
        assertThat(alice.value(String.class, ASK, pair.match())).as("request while the partner's request is pending").isEqualTo("accepted");
    }

    @Test
    void expiredRequestCannotBeAcceptedAndCanBeRepeated() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());
        UUID reveal = pair.reveal();
        pair.service().update("update public.reveals set expires_at = now() - interval '1 minute'");

        assertWrongState(() -> connect.as(BOB).value(String.class, ANSWER_REVEAL, reveal, true));
        assertThat(connect.as(ALICE).value(String.class, ASK, pair.match())).isEqualTo("pending");
        assertThat(pair.service().column(String.class, "select status from public.reveals order by status")).containsExactly("expired", "pending");
    }

    @Test
    void endedChatRejectsMessagesAndRequests() {
        Pair pair = Pair.chatting(connect);
        Session alice = connect.as(ALICE);
        alice.value(String.class, ASK, pair.match());

        connect.as(BOB).value(String.class, END, pair.chat());

        assertWrongState(() -> alice.update(WRITE, pair.chat(), ALICE.account(), "x"));
        assertWrongState(() -> alice.value(String.class, ASK, pair.match()));
        assertWrongState(() -> connect.as(BOB).value(String.class, ANSWER_REVEAL, pair.reveal(), true));
        assertThat(pair.service().value(String.class, "select status from public.reveals")).isEqualTo("cancelled");
        assertThat(connect.count("public.blind_chat_messages")).isZero();
    }

    @Test
    void pairIsNotMatchedAgainAfterTheMatchEnded() {
        Pair pair = Pair.chatting(connect);

        assertThatThrownBy(() -> pair.service().update(PROPOSE, BOB.account(), ALICE.account())).is(sqlState(UNIQUE_VIOLATION));
        connect.as(ALICE).value(String.class, END, pair.chat());

        assertThatThrownBy(() -> pair.service().update(PROPOSE, ALICE.account(), BOB.account())).is(sqlState(UNIQUE_VIOLATION));
        assertThatThrownBy(() -> pair.service().update(PROPOSE, BOB.account(), ALICE.account())).is(sqlState(UNIQUE_VIOLATION));
    }

    @Test
    void pairIsNotMatchedAgainAfterOneDeclined() {
        Pair pair = Pair.proposed(connect);

        connect.as(BOB).value(String.class, ANSWER, pair.match(), false);

        assertThatThrownBy(() -> pair.service().update(PROPOSE, ALICE.account(), BOB.account())).is(sqlState(UNIQUE_VIOLATION));
    }

    @Test
    void pairIsMatchedAgainAfterTheProposalExpired() {
        Pair pair = Pair.proposed(connect);
        pair.service().update("update public.matches set status = 'expired'");

        assertThat(pair.service().update(PROPOSE, BOB.account(), ALICE.account())).isOne();
    }

    @Test
    void proposalNeedsActiveProfilesOfBothSides() {
        Pair.people(connect);
        Session service = connect.as(SERVICE);

        assertWrongState(() -> service.update(PROPOSE, ALICE.account(), BOB.account()));
        Pair.takePart(connect, ALICE);
        assertWrongState(() -> service.update(PROPOSE, ALICE.account(), BOB.account()));
        assertWrongState(() -> service.update(PROPOSE, BOB.account(), ALICE.account()));
        assertWrongState(() -> service.update(PROPOSE, ALICE.account(), null));
        Pair.takePart(connect, BOB);
        connect.as(BOB).update("update public.connect_profiles set is_active = false");
        assertWrongState(() -> service.update(PROPOSE, ALICE.account(), BOB.account()));
        connect.as(BOB).update("update public.connect_profiles set is_active = true");

        assertThat(service.update(PROPOSE, ALICE.account(), BOB.account())).isOne();
    }

    @Test
    void pausedUserKeepsOpenMatches() {
        Pair pair = Pair.chatting(connect);

        connect.as(ALICE).update("update public.connect_profiles set is_active = false, pause_reason = 'holidays'");

        assertThat(connect.as(BOB).update(WRITE, pair.chat(), BOB.account(), "x")).isOne();
        assertThat(pair.status()).isEqualTo("blind_chat_active");
    }

    @Test
    void withdrawalOfConsentEndsMatchChatAndRequest() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());

        connect.as(ALICE).rows("select public.withdraw_connect_consent()");

        assertEnded(pair);
        connect.as(ALICE).rows("select public.consent_to_connect('v1')");
        assertEnded(pair);
    }

    @Test
    void deletedProfileEndsMatchChatAndRequest() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());

        connect.as(ALICE).update("delete from public.connect_profiles");

        assertEnded(pair);
    }

    @Test
    void withdrawalOfConsentByTheServiceEndsProposals() {
        Pair pair = Pair.proposed(connect);

        pair.service().update("update public.connect_profiles set consented_at = null, is_active = false where user_id = ?", BOB.account());

        assertThat(pair.status()).isEqualTo("closed");
        assertWrongState(() -> connect.as(ALICE).value(String.class, ANSWER, pair.match(), true));
    }

    @Test
    void partnerIsShownOnlyUntilTheMatchEnds() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());
        connect.as(BOB).value(String.class, ASK, pair.match());
        assertThat(connect.as(ALICE).rows(PARTNER, pair.match())).hasSize(1);

        connect.as(BOB).value(String.class, END, pair.chat());

        assertWrongState(() -> connect.as(ALICE).rows(PARTNER, pair.match()));
        assertWrongState(() -> connect.as(BOB).rows(PARTNER, pair.match()));
    }

    @Test
    void partnerIsNotShownAfterOneWithdrewConsent() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());
        connect.as(BOB).value(String.class, ASK, pair.match());

        connect.as(ALICE).rows("select public.withdraw_connect_consent()");

        assertWrongState(() -> connect.as(BOB).rows(PARTNER, pair.match()));
        assertWrongState(() -> connect.as(ALICE).rows(PARTNER, pair.match()));
    }

    @Test
    void revealedMatchWithoutAChatCanBeDeclined() {
        Pair pair = Pair.proposed(connect);
        for (Caller caller : List.of(ALICE, BOB)) {
            connect.as(caller).value(String.class, ANSWER, pair.match(), true);
        }
        connect.as(ALICE).value(String.class, ASK, pair.match());
        connect.as(BOB).value(String.class, ASK, pair.match());

        assertThat(connect.as(BOB).value(String.class, ANSWER, pair.match(), false)).isEqualTo("declined_b");

        assertWrongState(() -> connect.as(ALICE).rows(PARTNER, pair.match()));
    }

    @Test
    void endedMatchStaysEndedAndSidesDoNotChange() {
        Pair pair = Pair.proposed(connect);
        Pair.takePart(connect, STRANGER);
        for (String side : List.of("user_a", "user_b")) {
            assertThatThrownBy(() -> pair.service().update("update public.matches set " + side + " = ?", STRANGER.account())).as(side)
                    .is(sqlState(CHECK_VIOLATION));
        }

        connect.as(BOB).value(String.class, ANSWER, pair.match(), false);

        for (String status : List.of("proposed", "blind_chat_active", "revealed", "expired")) {
            assertWrongState(() -> pair.service().update("update public.matches set status = ?", status));
        }
        assertThat(pair.status()).isEqualTo("declined_b");
    }

    @Test
    void messagesNeedAnAcceptedMatchEvenInAnExistingChat() {
        Pair pair = Pair.proposed(connect);
        pair.service().update("insert into public.blind_chats (id, match_id, pseudonym_a, pseudonym_b) values (?, ?, 'North Star', 'Quiet River')",
                pair.chat(), pair.match());

        assertThatThrownBy(() -> connect.as(ALICE).update(WRITE, pair.chat(), ALICE.account(), "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(pair.service().update(WRITE, pair.chat(), ALICE.account(), "x")).as("messages of the service").isOne();
    }

    @Test
    void userSendsAtMost60MessagesPerMinute() {
        Pair pair = Pair.chatting(connect);
        Session alice = connect.as(ALICE);
        String many = "insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) select ?, auth.uid(), 'x' from generate_series(1, ?)";

        assertThatThrownBy(() -> alice.update(many, pair.chat(), 61)).is(sqlState("PT429"));
        assertThat(alice.update(many, pair.chat(), 60)).isEqualTo(60);
        assertThatThrownBy(() -> alice.update(many, pair.chat(), 1)).is(sqlState("PT429"));

        assertThat(connect.as(BOB).update(many, pair.chat(), 1)).as("messages of the other side").isOne();
        connect.operator().update("update public.blind_chat_messages set created_at = now() - interval '61 seconds'");
        assertThat(alice.update(many, pair.chat(), 1)).as("messages a minute later").isOne();
    }

    @Test
    void participantsUpsertFeedbackLikeTheApi() {
        Pair pair = Pair.chatting(connect);
        String upsert = """
                insert into public.match_feedback (match_id, user_id, rating) values (?, ?, ?)
                on conflict (match_id, user_id) do update set match_id = excluded.match_id, user_id = excluded.user_id, rating = excluded.rating
                """;
        Session alice = connect.as(ALICE);

        alice.update(upsert, pair.match(), ALICE.account(), 3);
        alice.update(upsert, pair.match(), ALICE.account(), 5);

        assertThat(alice.column(Integer.class, "select rating from public.match_feedback")).containsExactly(5);
    }

    @Test
    void serviceWritesAllTablesDirectly() {
        Pair pair = Pair.proposed(connect);
        Session service = connect.as(SERVICE);

        service.update("insert into public.connect_profiles (user_id, is_active, consented_at, mode) values (?, true, now(), 'both')", STRANGER.account());
        service.update("update public.connect_profiles set values_vector = '[0.1]', emotional_readiness_score = 7.5, vector_updated_at = now()");
        service.update("insert into public.blind_chats (id, match_id, pseudonym_a, pseudonym_b) values (?, ?, 'North Star', 'Quiet River')", pair.chat(), pair.match());
        service.update(WRITE, pair.chat(), ALICE.account(), "8f3a");
        service.update("insert into public.reveals (match_id, requested_by, requested_to, status) values (?, ?, ?, 'pending')",
                pair.match(), ALICE.account(), BOB.account());
        service.update(FEEDBACK, pair.match(), ALICE.account());
        service.update("update public.match_feedback set vector_delta = '{\"trust\": 0.1}'");
        assertThat(service.update("update public.matches set total_score = 90, status = 'expired'")).isOne();

        assertThat(service.value(String.class, "select status from public.reveals")).isEqualTo("cancelled");
        assertThat(service.value(Boolean.class, "select is_active from public.blind_chats")).isFalse();
        assertThat(service.update("delete from public.matches")).isOne();
        for (String table : List.of("blind_chats", "blind_chat_messages", "reveals", "match_feedback")) {
            assertThat(connect.count("public." + table)).as("rows of the deleted match: %s", table).isZero();
        }
    }

    @Test
    void serviceReadsUpdatesAndDeletesEachRow() {
        Pair pair = Pair.chatting(connect);
        Session alice = connect.as(ALICE);
        alice.update(WRITE, pair.chat(), ALICE.account(), "8f3a");
        alice.value(String.class, ASK, pair.match());
        alice.update(FEEDBACK, pair.match(), ALICE.account());
        Session service = pair.service();

        assertThat(service.rows("select from public.connect_profiles")).hasSize(2);
        assertThat(service.update("update public.blind_chat_messages set content_preview = '[image]'")).isOne();
        for (String table : List.of("blind_chat_messages", "reveals", "match_feedback", "blind_chats")) {
            assertThat(service.update("delete from public." + table)).as(table).isOne();
        }
        assertThat(service.update("delete from public.connect_profiles")).isEqualTo(2);
    }

    @Test
    void matchHasOneChatAndOnePendingRequest() {
        Pair pair = Pair.chatting(connect);
        assertThatThrownBy(() -> pair.service().update("insert into public.blind_chats (match_id, pseudonym_a, pseudonym_b) values (?, 'Ash', 'Yew')", pair.match()))
                .is(sqlState(UNIQUE_VIOLATION));
        String ask = "insert into public.reveals (match_id, requested_by, requested_to) values (?, ?, ?)";
        pair.service().update(ask, pair.match(), ALICE.account(), BOB.account());

        assertThatThrownBy(() -> pair.service().update(ask, pair.match(), BOB.account(), ALICE.account())).is(sqlState(UNIQUE_VIOLATION));
    }

    @Test
    void withdrawingConsentAffectsOnlyTheCallersProfile() {
        Pair pair = Pair.proposed(connect);

        connect.as(ALICE).rows("select public.withdraw_connect_consent()");

        assertThat(pair.service().column(UUID.class, "select user_id from public.connect_profiles where consented_at is not null and is_active"))
                .containsExactly(BOB.account());
        assertThat(pair.service().rows("select from public.connect_profiles where consented_at is null and not is_active")).hasSize(1);
    }

    @Test
    void usersReadAndDeleteTheirProfile() {
        Pair.proposed(connect);

        assertThat(connect.as(ALICE).column(UUID.class, "select user_id from public.connect_profiles")).containsExactly(ALICE.account());
        assertThat(connect.as(ALICE).update("delete from public.connect_profiles")).isOne();
    }

    @Test
    void triggerSetsUpdatedAtOnEveryUpdate() {
        Pair.chatting(connect);

        for (String table : List.of("matches", "blind_chats", "connect_profiles")) {
            connect.operator().update("update public." + table + " set updated_at = '1999-01-01'");

            assertThat(connect.operator().value(Boolean.class, "select bool_and(updated_at > '2000-01-01') from public." + table)).as(table).isTrue();
        }
    }

    @Test
    void serviceCannotCreateRevealsBetweenNonParticipants() {
        Pair pair = Pair.chatting(connect);
        String ask = "insert into public.reveals (match_id, requested_by, requested_to) values (?, ?, ?)";

        assertThatThrownBy(() -> pair.service().update(ask, pair.match(), STRANGER.account(), BOB.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> pair.service().update(ask, pair.match(), ALICE.account(), STRANGER.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> pair.service().update(ask, pair.match(), ALICE.account(), ALICE.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> pair.service().update(WRITE, pair.chat(), STRANGER.account(), "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    @OfItsOwn
    void deletingAccountsKeepsRowsForModerationWithoutTheUsers() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).update(WRITE, pair.chat(), ALICE.account(), "8f3a");
        connect.as(BOB).update(WRITE, pair.chat(), BOB.account(), "77c1");
        connect.as(ALICE).value(String.class, ASK, pair.match());
        connect.as(ALICE).update(FEEDBACK, pair.match(), ALICE.account());

        connect.operator().update("delete from auth.users where id = ?", ALICE.account());

        Session bob = connect.as(BOB);
        assertThat(pair.service().rows("select status, user_a, closed_at is not null as closed from public.matches")).singleElement()
                .satisfies(match -> assertThat(match).containsEntry("status", "closed").containsEntry("user_a", null).containsEntry("closed", true));
        assertThat(pair.service().value(Boolean.class, "select is_active from public.blind_chats")).isFalse();
        assertThat(pair.service().value(String.class, "select status from public.reveals")).isEqualTo("cancelled");
        assertThat(pair.service().column(String.class, "select coalesce(sender_user_id::text, 'deleted') || ' ' || sender_side from public.blind_chat_messages"))
                .hasSize(2).contains("deleted a", Pair.BOB_ID + " b");
        assertThat(pair.service().rows("select from public.match_feedback where user_id is null")).hasSize(1);
        assertThat(pair.service().column(UUID.class, "select user_id from public.connect_profiles")).containsExactly(BOB.account());
        assertThat(bob.column(String.class, "select sender || ' ' || content_ciphertext from public.my_blind_chat_messages order by created_at"))
                .containsExactly("them 8f3a", "me 77c1");
        assertWrongState(() -> bob.update(WRITE, pair.chat(), BOB.account(), "x"));
        assertWrongState(() -> bob.rows(PARTNER, pair.match()));
        connect.operator().update("delete from auth.users where id = ?", BOB.account());
        assertThat(pair.service().rows("select from public.matches where user_a is null and user_b is null")).as("matches without users").hasSize(1);
        assertThat(pair.service().rows("select from public.reveals where requested_by is null and requested_to is null")).as("reveals without users").hasSize(1);
        assertThat(connect.count("public.blind_chat_messages")).as("messages after both accounts are deleted").isEqualTo(2);
    }

    @Test
    void deletedPartnerIsNotShownAfterTheReveal() {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, ASK, pair.match());
        connect.as(BOB).value(String.class, ASK, pair.match());

        connect.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertWrongState(() -> connect.as(BOB).rows(PARTNER, pair.match()));
    }

    /** The match is closed for both sides, with its chat and Alice's request to reveal. */
    private void assertEnded(Pair pair) {
        assertThat(pair.service().rows("select from public.matches where status = 'closed' and closed_at is not null")).hasSize(1);
        assertThat(pair.service().rows("select from public.blind_chats where not is_active and ended_at is not null")).hasSize(1);
        assertThat(pair.service().value(String.class, "select status from public.reveals")).isEqualTo("cancelled");
        for (Caller caller : List.of(ALICE, BOB)) {
            Session session = connect.as(caller);
            assertWrongState(() -> session.value(String.class, ANSWER, pair.match(), true));
            assertWrongState(() -> session.update(WRITE, pair.chat(), caller.account(), "x"));
            assertWrongState(() -> session.value(String.class, ASK, pair.match()));
        }
        assertWrongState(() -> connect.as(BOB).value(String.class, ANSWER_REVEAL, pair.reveal(), true));
        assertThatThrownBy(() -> pair.service().update(PROPOSE, ALICE.account(), BOB.account())).isInstanceOf(SqlFailed.class);
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call).is(sqlState(NO_DATA_FOUND));
    }

    private static void assertWrongState(ThrowingCallable call) {
        assertThatThrownBy(call).is(sqlState(WRONG_STATE));
    }

    private static SqlFailed.Answer answer(ThrowingCallable call) {
        return catchThrowableOfType(SqlFailed.class, call).answer();
    }
}
