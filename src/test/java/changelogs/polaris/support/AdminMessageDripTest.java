package changelogs.polaris.support;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sending of due messages: every user in the audience gets one delivery per channel. */
class AdminMessageDripTest {

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session admin;
    private Session service;

    @BeforeEach
    void people() {
        owner = People.signUp(polaris);
        admin = polaris.as(ADMIN);
        service = polaris.as(SERVICE);
    }

    @Test
    void dueMessageIsSentOnce() {
        UUID later = scheduled("{}", "{in_app}", false, "now() + interval '1 hour'");
        UUID now = scheduled("{}", "{in_app}", false, "now() - interval '1 minute'");
        assertThat(service.column(UUID.class, "select id from public.admin_messages_due()")).containsExactly(now);
        assertThat(admin.column(UUID.class, "select id from public.admin_messages_due(now() + interval '2 hours')")).containsExactly(now, later);

        assertThat(drip()).isEqualTo("1 4 0 1");
        assertThat(drip()).isEqualTo("0 0 0 0");
        assertThat(message(now)).containsEntry("state", "sent");
        assertThat(message(later)).containsEntry("state", "scheduled");
        assertThat(polaris.as(ALICE).column(UUID.class, "select message_id from public.v_my_admin_messages")).containsExactly(now);
    }

    @Test
    void audienceMatchesAllFilters() {
        owner.update("update public.profiles set tier = 'pro', country_code = 'PH', language = 'fil-PH', active_coach_key = 'demo' where id = ?", ALICE.account());
        owner.update("update public.profiles set tier = 'pro', country_code = 'PG', marketing_opt_in = true where id = ?", BOB.account());

        assertThat(reached("{}", false)).containsExactlyInAnyOrder(ALICE, BOB, STRANGER, ADMIN);
        assertThat(reached("{\"tiers\": [\"pro\", \"vip\"]}", false)).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(reached("{\"tiers\": [\"pro\"], \"countries\": [\"PH\"]}", false)).containsExactly(ALICE);
        assertThat(reached("{\"tiers\": [\"free\"], \"countries\": [\"PH\"]}", false)).isEmpty();
        assertThat(reached("{\"roles\": [\"admin\"]}", false)).containsExactly(ADMIN);
        assertThat(reached("{\"coach_keys\": [\"demo\"]}", false)).containsExactly(ALICE);
        assertThat(reached("{\"languages\": [\"fil-PH\", \"en\"]}", false)).containsExactly(ALICE);
        assertThat(reached("{\"user_ids\": [\"" + BOB.account() + "\", \"" + UUID.randomUUID() + "\"]}", false)).containsExactly(BOB);
        assertThat(reached("{}", true)).as("marketing reaches only opted-in users").containsExactly(BOB);
        assertThat(reached("{\"user_ids\": [\"" + ALICE.account() + "\"]}", true)).as("marketing to a named user without opt-in").isEmpty();
    }

    @Test
    void batchesResumeWhereTheLastEnded() {
        crowd(25);
        UUID message = sending("{}", "{in_app,email}");

        List<Integer> batches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            batches.add(service.value(Integer.class, "select public.enqueue_admin_message(?, 10)", message));
        }
        // The 25 additional users have no email address.
        assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(29 + 4);
        assertThat(batches.subList(3, 5)).containsOnly(0);
        assertThat(message(message).get("expanded_at")).isNotNull();
        assertThat(owner.rows("select from public.admin_message_deliveries where sent_at is null and channel = 'in_app' or sent_at is not null and channel = 'email'")).isEmpty();
        assertThatThrownBy(() -> service.rows("select public.enqueue_admin_message(gen_random_uuid())")).is(sqlState(NO_DATA_FOUND));
        for (String bad : List.of("0", "-1", "10001", "null::integer")) {
            assertThatThrownBy(() -> service.rows("select public.enqueue_admin_message(?, " + bad + ")", message)).is(sqlState(INVALID_PARAMETER));
        }
    }

    @Test
    void existingDeliveriesAreNotDuplicated() {
        UUID message = sending("{}", "{in_app}");
        service.update("insert into public.admin_message_deliveries (message_id, user_id) values (?, ?)", message, ALICE.account());

        assertThat(service.value(Integer.class, "select public.enqueue_admin_message(?)", message)).isEqualTo(3);
        assertThat(polaris.count("public.admin_message_deliveries")).isEqualTo(4);
    }

    @Test
    void dripIsLimitedPerRunAndResumes() {
        crowd(1500);
        UUID message = scheduled("{}", "{in_app}", false, "now()");

        assertThat(drip(1000)).isEqualTo("1 1000 0 0");
        assertThat(message(message)).containsEntry("state", "sending");
        assertThat(drip(1000)).isEqualTo("0 504 0 1");
        assertThat(message(message)).containsEntry("state", "sent");
        assertThatThrownBy(() -> service.rows("select public.run_admin_message_drip(1)")).is(sqlState(INVALID_PARAMETER));
    }

    @Test
    @OfItsOwn
    void concurrentWorkersCreateEachDeliveryOnce() throws Exception {
        crowd(3000);
        UUID message = sending("{}", "{in_app}");

        List<CompletableFuture<Integer>> workers = Stream.of(polaris.as(SERVICE), polaris.as(SERVICE)).map(worker -> Meanwhile.get(() -> {
            int made = 0;
            while (worker.rows("select from public.admin_messages where expanded_at is null").size() == 1) {
                made += worker.value(Integer.class, "select public.enqueue_admin_message(?, 100)", message);
            }
            return made;
        })).toList();
        int made = 0;
        for (CompletableFuture<Integer> worker : workers) {
            made += worker.get(30, TimeUnit.SECONDS);
        }

        assertThat(made).isEqualTo(3004);
        assertThat(polaris.count("public.admin_message_deliveries")).isEqualTo(3004);
    }

    @Test
    @OfItsOwn
    void dripSkipsLockedMessages() throws Exception {
        UUID held = sending("{}", "{in_app}");
        UUID free = scheduled("{}", "{in_app}", false, "now()");
        Session gate = polaris.operator();
        gate.connection().setAutoCommit(false);
        try (Statement statement = gate.connection().createStatement()) {
            statement.execute("select from public.admin_messages where id = '" + held + "' for update");
        }

        assertThat(drip()).isEqualTo("1 4 0 1");
        gate.connection().rollback();
        assertThat(message(free)).containsEntry("state", "sent");
        assertThat(drip()).isEqualTo("0 4 0 1");
    }

    @Test
    void sendersClaimDifferentDeliveriesAndTheLastCompletesTheMessage() {
        UUID message = sending("{}", "{email}");
        service.rows("select public.enqueue_admin_message(?)", message);
        assertThat(admin.column(String.class, "select email from public.v_admin_messages_outbox")).hasSize(4).allMatch(email -> email.endsWith("@example.com"));

        List<UUID> first = claim("one", 3);
        List<UUID> second = claim("two", 3);
        assertThat(first).hasSize(3);
        assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
        assertThat(claim("three", 3)).as("deliveries left to claim").isEmpty();
        assertThat(service.rows("select public.claim_deliveries('push', 3, 'one')")).isEmpty();

        assertThat(markSent(first)).isEqualTo(3);
        assertThat(markSent(first)).as("deliveries marked a second time").isZero();
        assertThat(drip()).isEqualTo("0 0 0 0");
        assertThat(message(message)).containsEntry("state", "sending");
        assertThat(markSent(second)).isOne();
        assertThat(drip()).isEqualTo("0 0 0 1");
        assertThat(service.rows("select from public.v_admin_messages_outbox")).isEmpty();
        assertThat(owner.rows("select from public.admin_message_deliveries where claimed_by is not null")).isEmpty();
        assertThat(polaris.as(ALICE).column(String.class, "select channel from public.v_my_admin_messages")).containsExactly("email");
    }

    @Test
    @OfItsOwn
    void concurrentSendersClaimEachDeliveryOnce() throws Exception {
        crowd(400);
        owner.update("update public.profiles set email = id || '@example.com'");
        UUID message = sending("{}", "{email}");
        service.rows("select public.enqueue_admin_message(?)", message);

        List<CompletableFuture<List<UUID>>> senders = Stream.of("one", "two").map(name -> {
            Session session = polaris.as(SERVICE);
            return Meanwhile.get(() -> {
                List<UUID> taken = new ArrayList<>();
                for (int i = 0; i < 25; i++) {
                    taken.addAll(session.column(UUID.class, "select id from public.claim_deliveries('email', 10, ?)", name));
                }
                return taken;
            });
        }).toList();
        List<UUID> taken = new ArrayList<>();
        for (CompletableFuture<List<UUID>> sender : senders) {
            taken.addAll(sender.get(30, TimeUnit.SECONDS));
        }

        assertThat(taken).doesNotHaveDuplicates().hasSize(404);
    }

    @Test
    void failedDeliveryIsRetriedFiveTimesWithBackoff() {
        UUID message = sending("{\"user_ids\": [\"" + ALICE.account() + "\"]}", "{email}");
        service.rows("select public.enqueue_admin_message(?)", message);
        List<Integer> minutes = new ArrayList<>();
        for (int attempt = 1; attempt <= 5; attempt++) {
            UUID delivery = claim("one", 1).get(0);
            assertThat(service.column(Object.class, "select public.mark_delivery_failed(?, 'two', 'not mine')", delivery)).as("failure reported by a sender without the claim").containsOnlyNulls();
            assertThat(service.value(Boolean.class, "select public.mark_delivery_failed(?, 'one', 'mailbox full')", delivery)).isEqualTo(attempt < 5);
            assertThat(claim("one", 1)).as("deliveries before the next attempt").isEmpty();
            minutes.add(owner.value(Integer.class, "select round(extract(epoch from next_attempt_at - now()) / 60)::integer from public.admin_message_deliveries"));
            owner.update("update public.admin_message_deliveries set next_attempt_at = now()");
        }
        assertThat(minutes.subList(0, 4)).containsExactly(2, 4, 8, 16);
        assertThat(admin.rows("select failed, sent from public.v_admin_messages_stats")).containsExactly(Map.of("failed", 1L, "sent", 0L));
        assertThat(polaris.as(ALICE).rows("select from public.v_my_admin_messages")).isEmpty();
        assertThat(drip()).isEqualTo("0 0 0 1");
    }

    @Test
    void permanentFailureIsNotRetried() {
        UUID message = sending("{}", "{email}");
        service.rows("select public.enqueue_admin_message(?)", message);
        UUID delivery = claim("one", 1).get(0);

        assertThat(service.value(Boolean.class, "select public.mark_delivery_failed(?, 'one', 'no such address', true)", delivery)).isFalse();
        assertThat(owner.value(String.class, "select last_error from public.admin_message_deliveries where failed_at is not null")).isEqualTo("no such address");
    }

    @Test
    void deliveryOfADeadSenderIsReclaimedUpToFiveTimes() {
        UUID message = sending("{\"user_ids\": [\"" + ALICE.account() + "\"]}", "{email}");
        service.rows("select public.enqueue_admin_message(?)", message);
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(claim("sender " + attempt, 1)).hasSize(1);
            assertThat(drip()).isEqualTo("0 0 0 0");
            owner.update("update public.admin_message_deliveries set next_attempt_at = now() - interval '1 second'");
        }
        assertThat(claim("the sixth", 1)).isEmpty();
        assertThat(drip()).isEqualTo("0 0 1 1");

        UUID delivery = owner.value(UUID.class, "select id from public.admin_message_deliveries");
        assertThat(markSent(List.of(delivery))).as("late success of the fifth sender").isOne();
        assertThat(polaris.as(ALICE).rows("select from public.v_my_admin_messages")).hasSize(1);
    }

    @Test
    void claimArgumentsAreChecked() {
        for (String bad : List.of("'fax', 1, 'one'", "'in_app', 1, 'one'", "null, 1, 'one'", "'email', 0, 'one'", "'email', 1001, 'one'", "'email', null, 'one'", "'email', 1, ''",
                "'email', 1, null")) {
            assertThatThrownBy(() -> service.rows("select public.claim_deliveries(" + bad + ")")).as(bad).is(sqlState(INVALID_PARAMETER));
        }
        assertThatThrownBy(() -> service.update("insert into public.admin_message_deliveries (message_id, user_id, channel) values (?, ?, 'fax')",
                sending("{}", "{email}"), ALICE.account())).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void cancelingStopsTheSenders() {
        UUID message = sending("{}", "{in_app,email}");
        service.rows("select public.enqueue_admin_message(?, 2)", message);
        admin.rows("select public.admin_message_set_state(?, 'canceled')", message);

        assertThat(claim("one", 10)).isEmpty();
        assertThat(service.value(Integer.class, "select public.enqueue_admin_message(?)", message)).isZero();
        assertThat(drip()).isEqualTo("0 0 0 0");
        assertThat(service.rows("select from public.v_admin_messages_outbox")).isEmpty();
    }

    @Test
    void optedOutUsersGetNoMarketing() {
        owner.update("update public.profiles set marketing_opt_in = true");
        UUID news = marketing("{email}");
        UUID notice = sending("{}", "{email}");
        service.rows("select public.enqueue_admin_message(?)", news);
        service.rows("select public.enqueue_admin_message(?)", notice);

        polaris.as(ALICE).update("update public.profiles set marketing_opt_in = false where id = auth.uid()");

        assertThat(owner.rows("select message_id, last_error from public.admin_message_deliveries where user_id = ? and failed_at is not null", ALICE.account()))
                .containsExactly(Map.of("message_id", news, "last_error", "opted out"));
        assertThat(claim("one", 100)).hasSize(7);
    }

    @Test
    @OfItsOwn
    void usersOptingOutDuringEnqueueGetNoMarketing() throws Exception {
        owner.update("update public.profiles set marketing_opt_in = true");
        UUID news = marketing("{email}");
        Session making = polaris.operator();
        making.connection().setAutoCommit(false);
        try (Statement statement = making.connection().createStatement()) {
            statement.execute("select public.enqueue_admin_message('" + news + "')");
        }

        CompletableFuture<Integer> optsOut = Meanwhile.get(() -> polaris.as(ALICE).update("update public.profiles set marketing_opt_in = false where id = auth.uid()"));
        polaris.awaitWaiting(1);
        making.connection().commit();

        assertThat(optsOut.get(20, TimeUnit.SECONDS)).isOne();
        assertThat(owner.column(UUID.class, "select user_id from public.admin_message_deliveries where failed_at is not null")).containsExactly(ALICE.account());
    }

    @Test
    @OfItsOwn
    void enqueueDoesNotBlockPractice() throws Exception {
        UUID message = sending("{}", "{in_app,email}");
        Session making = polaris.operator();
        making.connection().setAutoCommit(false);
        try (Statement statement = making.connection().createStatement()) {
            statement.execute("select public.enqueue_admin_message('" + message + "')");
        }

        UUID practice = Meanwhile.get(() -> polaris.as(ALICE).value(UUID.class, "select public.start_session(?)", ALICE.account())).get(5, TimeUnit.SECONDS);
        assertThat(practice).isNotNull();
        making.connection().commit();
        assertThat(polaris.count("public.admin_message_deliveries")).isEqualTo(8);
    }

    private UUID message(String audience, String channels, boolean marketing) {
        UUID message = admin.value(UUID.class, """
                with made as (
                    insert into public.admin_messages (title, body_text, audience_filter, channels, is_marketing) values ('News', 'There is news.', ?::jsonb, ?::text[], ?) returning id
                )
                select id from made
                """, audience, channels, marketing);
        admin.rows("select public.admin_message_set_state(?, 'approved')", message);
        return message;
    }

    private UUID scheduled(String audience, String channels, boolean marketing, String when) {
        UUID message = message(audience, channels, marketing);
        admin.rows("select public.admin_message_set_state(?, 'scheduled', " + when + ")", message);
        return message;
    }

    /** A message in the state sending, before its deliveries are created. */
    private UUID sending(String audience, String channels) {
        UUID message = scheduled(audience, channels, false, "now()");
        service.rows("select public.admin_message_set_state(?, 'sending')", message);
        return message;
    }

    private UUID marketing(String channels) {
        UUID message = scheduled("{}", channels, true, "now()");
        service.rows("select public.admin_message_set_state(?, 'sending')", message);
        return message;
    }

    private Set<Caller> reached(String audience, boolean marketing) {
        UUID message = scheduled(audience, "{in_app}", marketing, "now()");
        drip();
        assertThat(message(message)).as(audience).containsEntry("state", "sent");
        Set<Caller> callers = new HashSet<>();
        for (UUID user : owner.column(UUID.class, "select user_id from public.admin_message_deliveries where message_id = ?", message)) {
            callers.add(Stream.of(ALICE, BOB, STRANGER, ADMIN).filter(caller -> caller.account().equals(user)).findFirst().orElseThrow());
        }
        return callers;
    }

    /** Numbers of started, enqueued, abandoned and finished items of a run. */
    private String drip() {
        return drip(10_000);
    }

    private String drip(int limit) {
        return service.value(String.class, """
                select concat_ws(' ', d ->> 'started', d ->> 'enqueued', d ->> 'gave_up', d ->> 'finished') from public.run_admin_message_drip(?) as d
                """, limit);
    }

    private List<UUID> claim(String worker, int limit) {
        return service.column(UUID.class, "select id from public.claim_deliveries('email', ?, ?)", limit, worker);
    }

    private int markSent(List<UUID> deliveries) {
        return service.value(Integer.class, "select public.mark_deliveries_sent(?::uuid[])", "{" + String.join(",", deliveries.stream().map(UUID::toString).toList()) + "}");
    }

    private Map<String, Object> message(UUID id) {
        return owner.rows("select * from public.admin_messages where id = ?", id).get(0);
    }

    private void crowd(int size) {
        polaris.operator().script("insert into auth.users (id) select gen_random_uuid() from generate_series(1, " + size + ")");
    }
}
