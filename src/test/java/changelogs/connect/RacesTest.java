package changelogs.connect;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two callers act concurrently, each on its own connection. */
class RacesTest {

    @RegisterExtension
    final Database connect = Database.ofItsOwn("connect");

    @RepeatedTest(2)
    void bothAcceptAtOnceAndItIsAcceptedOnce() throws Exception {
        Pair pair = Pair.proposed(connect);

        List<String> answers = atOnce("matches",
                call(ALICE, "select public.respond_to_match(?, true)", pair.match()),
                call(BOB, "select public.respond_to_match(?, true)", pair.match()));

        assertThat(answers).containsOnlyOnce("accepted_both").hasSize(2);
        assertThat(pair.service().rows("select from public.matches where status = 'accepted_both' and accepted_at_a is not null and accepted_at_b is not null"))
                .hasSize(1);
    }

    @RepeatedTest(2)
    void oneAcceptsWhileTheOtherDeclinesAndItIsDeclined() throws Exception {
        Pair pair = Pair.proposed(connect);

        List<String> answers = atOnce("matches",
                call(ALICE, "select public.respond_to_match(?, true)", pair.match()),
                call(BOB, "select public.respond_to_match(?, false)", pair.match()));

        assertThat(answers.get(0)).isIn("accepted_a", WRONG_STATE);
        assertThat(answers.get(1)).isEqualTo("declined_b");
        assertThat(pair.status()).isEqualTo("declined_b");
    }

    @RepeatedTest(2)
    void bothAskForTheRevealAtOnceAndItIsMutual() throws Exception {
        Pair pair = Pair.chatting(connect);

        List<String> answers = atOnce("matches",
                call(ALICE, "select public.request_reveal(?)", pair.match()),
                call(BOB, "select public.request_reveal(?)", pair.match()));

        assertThat(answers).containsExactlyInAnyOrder("pending", "accepted");
        assertThat(pair.service().column(String.class, "select status from public.reveals")).containsExactly("accepted");
        assertThat(pair.status()).isEqualTo("revealed");
        assertThat(pair.service().value(String.class, "select reveal_state from public.blind_chats")).isEqualTo("mutual");
    }

    @RepeatedTest(2)
    void requestIsAcceptedOrTakenBackButNotBoth() throws Exception {
        Pair pair = Pair.chatting(connect);
        connect.as(ALICE).value(String.class, "select public.request_reveal(?)", pair.match());
        UUID reveal = pair.reveal();

        List<String> answers = atOnce("matches",
                call(ALICE, "select public.cancel_reveal(?)", reveal),
                call(BOB, "select public.respond_to_reveal(?, true)", reveal));

        assertThat(answers).isIn(List.of("cancelled", WRONG_STATE), List.of(WRONG_STATE, "accepted"));
        boolean accepted = answers.get(1).equals("accepted");
        assertThat(pair.service().value(String.class, "select status from public.reveals")).isEqualTo(accepted ? "accepted" : "cancelled");
        assertThat(pair.status()).isEqualTo(accepted ? "revealed" : "blind_chat_active");
    }

    @RepeatedTest(2)
    void bothEndTheChatAtOnceAndItEndsOnce() throws Exception {
        Pair pair = Pair.chatting(connect);

        List<String> answers = atOnce("matches",
                call(ALICE, "select public.end_blind_chat(?)::text", pair.chat()),
                call(BOB, "select public.end_blind_chat(?)::text", pair.chat()));

        assertThat(answers.get(0)).isEqualTo(answers.get(1));
        assertThat(pair.status()).isEqualTo("closed");
    }

    @Test
    void messageIsRejectedIfTheMatchEndsConcurrently() throws Exception {
        Pair pair = Pair.chatting(connect);
        Session ending = connect.operator();
        ending.connection().setAutoCommit(false);
        try (Statement statement = ending.connection().createStatement()) {
            statement.execute("update public.matches set status = 'closed'");
        }

        CompletableFuture<String> message = Meanwhile.get(call(ALICE, """
                insert into public.blind_chat_messages (blind_chat_id, sender_user_id, content_ciphertext) values (?, auth.uid(), 'x')
                """, pair.chat()));
        connect.awaitWaiting(1);
        ending.connection().commit();

        assertThat(message.get(20, TimeUnit.SECONDS)).isEqualTo(WRONG_STATE);
        assertThat(connect.count("public.blind_chat_messages")).isZero();
    }

    @RepeatedTest(2)
    void pairIsProposedOnceEvenTheOtherWayRound() throws Exception {
        Pair.people(connect);
        Pair.takePart(connect, ALICE, BOB);
        String propose = "insert into public.matches (user_a, user_b) values (?, ?)";

        List<String> answers = atOnce("users",
                call(SERVICE, propose, ALICE.account(), BOB.account()),
                call(SERVICE, propose, BOB.account(), ALICE.account()));

        assertThat(answers).containsExactlyInAnyOrder("done", "23505");
        assertThat(connect.count("public.matches")).isOne();
    }

    @Test
    void proposalDuringAWithdrawalOfConsentIsRejected() throws Exception {
        Pair.people(connect);
        Pair.takePart(connect, ALICE, BOB);
        Session withdrawing = connect.operator();
        withdrawing.connection().setAutoCommit(false);
        try (Statement statement = withdrawing.connection().createStatement()) {
            statement.execute("update public.connect_profiles set consented_at = null, is_active = false where user_id = '" + Pair.BOB_ID + "'");
        }

        CompletableFuture<String> proposal = Meanwhile.get(call(SERVICE, "insert into public.matches (user_a, user_b) values (?, ?)", ALICE.account(), BOB.account()));
        connect.awaitWaiting(1);
        withdrawing.connection().commit();

        assertThat(proposal.get(20, TimeUnit.SECONDS)).isEqualTo(WRONG_STATE);
    }

    @Test
    void withdrawalOfConsentClosesAMatchProposedConcurrently() throws Exception {
        Pair.people(connect);
        Pair.takePart(connect, ALICE, BOB);
        Session proposing = connect.operator();
        proposing.connection().setAutoCommit(false);
        try (Statement statement = proposing.connection().createStatement()) {
            statement.execute("insert into public.matches (user_a, user_b) values ('" + Pair.ALICE_ID + "', '" + Pair.BOB_ID + "')");
        }

        CompletableFuture<String> withdrawal = Meanwhile.get(call(BOB, "select public.withdraw_connect_consent()::text"));
        connect.awaitWaiting(1);
        proposing.connection().commit();

        withdrawal.get(20, TimeUnit.SECONDS);
        assertThat(connect.operator().value(String.class, "select status from public.matches")).isEqualTo("closed");
    }

    /** The result of the call, or the SQLSTATE of the error. */
    private Supplier<String> call(Caller caller, String sql, Object... arguments) {
        Session session = connect.as(caller);
        return () -> {
            try {
                if (sql.strip().startsWith("select")) {
                    return session.value(String.class, sql, arguments);
                }
                session.update(sql, arguments);
                return "done";
            } catch (SqlFailed e) {
                return e.state();
            }
        };
    }

    /** Locks the rows of a table until both calls wait for them, then releases the locks. */
    private List<String> atOnce(String table, Supplier<String> first, Supplier<String> second) throws Exception {
        Session gate = connect.operator();
        gate.connection().setAutoCommit(false);
        try (Statement statement = gate.connection().createStatement()) {
            statement.execute("select from public." + table + " for update");
        }
        CompletableFuture<String> one = Meanwhile.get(first);
        CompletableFuture<String> two = Meanwhile.get(second);
        connect.awaitWaiting(2);
        gate.connection().commit();
        return List.of(one.get(20, TimeUnit.SECONDS), two.get(20, TimeUnit.SECONDS));
    }
}
