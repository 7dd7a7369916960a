package changelogs.polaris.support;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.sql.Statement;
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

/** State changes of tickets: by messages, by staff and users, and by the SLA job. */
class TicketLifeTest {

    private static final List<String> STATES = List.of("open", "pending_admin", "pending_user", "resolved", "closed", "archived");
    /** Allowed state transitions for staff. */
    private static final Map<String, Set<String>> NEXT = Map.of(
            "open", Set.of("pending_admin", "pending_user", "resolved", "closed"),
            "pending_admin", Set.of("pending_user", "resolved", "closed"),
            "pending_user", Set.of("pending_admin", "resolved", "closed"),
            "resolved", Set.of("pending_admin", "closed"),
            "closed", Set.of("pending_admin", "archived"),
            "archived", Set.of());
    /** State transitions allowed to the user of the ticket. */
    private static final Map<String, Set<String>> NEXT_FOR_ITS_PERSON = Map.of(
            "open", Set.of("resolved", "closed"),
            "pending_admin", Set.of("resolved", "closed"),
            "pending_user", Set.of("resolved", "closed"),
            "resolved", Set.of("pending_admin", "closed"),
            "closed", Set.of(),
            "archived", Set.of());
    private static final Map<String, List<String>> PATHS = Map.of(
            "open", List.of(),
            "pending_admin", List.of("pending_admin"),
            "pending_user", List.of("pending_user"),
            "resolved", List.of("resolved"),
            "closed", List.of("closed"),
            "archived", List.of("closed", "archived"));

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session admin;
    private Session service;

    @BeforeEach
    void people() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
        admin = polaris.as(ADMIN);
        service = polaris.as(SERVICE);
    }

    @Test
    void stateTransitionsAreLimitedByRole() {
        for (String from : STATES) {
            for (String to : STATES) {
                assertThat(moved(service, from, to)).as("service: %s to %s", from, to).isEqualTo(expected(NEXT, from, to));
                assertThat(moved(admin, from, to)).as("admin: %s to %s", from, to).isEqualTo(expected(NEXT, from, to));
                String answer = moved(alice, from, to);
                if (from.equals(to) || NEXT_FOR_ITS_PERSON.get(from).contains(to)) {
                    assertThat(answer).as("person: %s to %s", from, to).isEqualTo(to);
                } else {
                    assertThat(answer).as("person: %s to %s", from, to).isIn(INSUFFICIENT_PRIVILEGE, CHECK_VIOLATION);
                }
            }
        }
        assertThat(moved(admin, "open", "lost")).isEqualTo(CHECK_VIOLATION);
    }

    private static String expected(Map<String, Set<String>> next, String from, String to) {
        return from.equals(to) || next.get(from).contains(to) ? to : CHECK_VIOLATION;
    }

    private String moved(Session session, String from, String to) {
        UUID ticket = ticketThatIs(from);
        try {
            return session.value(String.class, "select (public.ticket_set_state(?, ?)).state", ticket, to);
        } catch (SqlFailed e) {
            return e.state();
        }
    }

    @Test
    void stateFollowsMessages() {
        Map<String, Map<String, String>> after = Map.of(
                "user", Map.of("open", "pending_admin", "pending_admin", "pending_admin", "pending_user", "pending_admin", "resolved", "pending_admin"),
                "admin", Map.of("open", "pending_user", "pending_admin", "pending_user", "pending_user", "pending_user", "resolved", "resolved"),
                "ai_system", Map.of("open", "open", "pending_admin", "pending_admin", "pending_user", "pending_user", "resolved", "resolved"));
        after.forEach((author, states) -> states.forEach((before, becomes) -> {
            UUID ticket = ticketThatIs(before);

            write(author, ticket, "public");

            Map<String, Object> row = ticket(ticket);
            assertThat(row).as("%s writes in a ticket that is %s", author, before).containsEntry("state", becomes).containsEntry("last_author", author);
            assertThat(row.get("waiting_since") != null).as("waiting for staff").isEqualTo(Set.of("open", "pending_admin").contains(becomes));
            assertThat(row.get("sla_due_at") != null).isEqualTo(row.get("waiting_since") != null);
        }));
    }

    @Test
    void openedTicketIsOpenAndLogged() {
        UUID ticket = alice.value(UUID.class, "select public.open_ticket('Harm', 'Somebody threatens me.', 'safety', p_coach_key => 'demo')");

        assertThat(ticket(ticket)).containsEntry("state", "open").containsEntry("priority", "high").containsEntry("last_author", "user")
                .containsEntry("coach_key", "demo").containsEntry("channel", "in_app");
        assertThat(alice.value(String.class, "select metadata ->> 'ticket_id' from public.events where name = 'ticket_opened'")).isEqualTo(ticket.toString());
        polaris.owner().update("insert into public.coaches (key, display_name, is_active) values ('hidden', 'Not announced', false)");
        for (String coach : List.of("nobody", "hidden")) {
            assertThatThrownBy(() -> alice.rows("select public.open_ticket('x', 'y', p_coach_key => ?)", coach)).as(coach).is(sqlState(NO_DATA_FOUND))
                    .hasMessageContaining("no coach " + coach);
        }
        polaris.owner().update("update public.profiles set active_coach_key = 'hidden' where id = ?", ALICE.account());
        assertThat(alice.rows("select public.open_ticket('x', 'y', p_coach_key => 'hidden')")).as("about her own coach").hasSize(1);
    }

    @Test
    void closedTicketAcceptsOnlyNotesAndArchivedTicketNothing() {
        UUID closed = ticketThatIs("closed");
        assertThatThrownBy(() -> alice.rows("select public.reply_ticket(?, 'Again')", closed)).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> admin.rows("select public.reply_ticket(?, 'Again')", closed)).is(sqlState(WRONG_STATE));
        write("admin", closed, "internal");

        UUID archived = ticketThatIs("archived");
        assertThatThrownBy(() -> admin.rows("select public.reply_ticket(?, 'Note', '[]', 'internal')", archived)).is(sqlState(WRONG_STATE));
        assertThat(ticket(closed)).containsEntry("state", "closed");
    }

    @Test
    void repeatedRequestReturnsTheSameTicketAndMessage() {
        UUID request = UUID.randomUUID();
        Set<UUID> answers = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            UUID ticket = alice.value(UUID.class, "select public.open_ticket('Once', 'Once.', p_id => ?)", request);
            answers.add(ticket);
            answers.add(alice.value(UUID.class, "select public.reply_ticket(?, 'Twice?', p_id => ?)", ticket, request));
        }
        assertThat(answers).as("a ticket and a message").hasSize(2);
        assertThat(polaris.count("public.tickets")).isOne();
        assertThat(polaris.count("public.ticket_messages")).isEqualTo(2);
    }

    @Test
    void requestIdOfAnotherUserIsAnsweredLikeAnyOther() {
        Session bob = polaris.as(Caller.BOB);
        UUID request = UUID.randomUUID();
        UUID hers = alice.value(UUID.class, "select public.open_ticket('Hers', 'Hers.', p_id => ?)", request);
        UUID message = alice.value(UUID.class, "select public.reply_ticket(?, 'More.', p_id => ?)", hers, request);

        for (UUID id : new UUID[] {request, hers, message, UUID.randomUUID()}) {
            UUID his = bob.value(UUID.class, "select public.open_ticket('His', 'His.', p_id => ?)", id);
            UUID reply = bob.value(UUID.class, "select public.reply_ticket(?, 'More.', p_id => ?)", his, id);
            assertThat(admin.value(UUID.class, "select public.reply_ticket(?, 'Hello.', p_id => ?)", his, id)).isNotEqualTo(reply);
            assertThat(bob.column(UUID.class, "select id from public.tickets")).contains(his).doesNotContain(hers);
            assertThat(List.of(his, reply)).doesNotContain(request, hers, message);
        }
        assertThat(alice.column(UUID.class, "select id from public.tickets")).containsExactly(hers);
    }

    @Test
    void userHasAtMostTwentyOpenTickets() {
        for (int i = 0; i < 20; i++) {
            alice.value(UUID.class, "select public.open_ticket('Again', 'And again.')");
        }
        assertThatThrownBy(() -> alice.rows("select public.open_ticket('Again', 'And again.')")).is(sqlState(WRONG_STATE));
        service.value(UUID.class, "select public.open_ticket_for(?, 'Mail', 'By mail.', p_reporter_email => 'alice@example.com')", ALICE.account());

        alice.rows("select public.ticket_set_state(id, 'resolved') from (select id from public.tickets limit 2) as t");
        alice.value(UUID.class, "select public.open_ticket('Again', 'And again.')");
    }

    @Test
    void mailFromUnknownSenderCreatesATicketWithoutAccount() {
        UUID ticket = service.value(UUID.class, "select public.open_ticket_for(null, 'Price', 'What does it cost?', 'visitor@example.com', 'A visitor')");

        assertThat(ticket(ticket)).containsEntry("channel", "email").containsEntry("reporter_email", "visitor@example.com").containsEntry("user_id", null);
        assertThat(owner.value(String.class, "select author_type from public.ticket_messages")).isEqualTo("user");
        admin.value(UUID.class, "select public.reply_ticket(?, 'Nothing, to begin with.')", ticket);
        assertThat(ticket(ticket)).containsEntry("state", "pending_user");
        assertThatThrownBy(() -> service.rows("select public.open_ticket_for(null, 'x', 'y')")).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> service.rows("select public.open_ticket_for(gen_random_uuid(), 'x', 'y')")).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void ticketOpenedByAnAdminWaitsForTheUser() {
        UUID ticket = admin.value(UUID.class, "select public.open_ticket_for(?, 'Your plan', 'It ends soon.', p_priority => 'low', p_channel => 'in_app')", ALICE.account());

        assertThat(ticket(ticket)).containsEntry("state", "pending_user").containsEntry("priority", "low");
        assertThat(alice.column(String.class, "select author_type from public.ticket_messages")).containsExactly("admin");
    }

    @Test
    void waitingTimeStartsAtTheFirstUnansweredMessage() {
        UUID ticket = ticketThatIs("open");
        owner.update("alter table public.tickets disable trigger tickets_guard");
        owner.update("update public.tickets set created_at = now() - interval '3 days', waiting_since = now() - interval '3 days', sla_due_at = now() - interval '2 days'");
        owner.update("alter table public.tickets enable trigger tickets_guard");

        write("user", ticket, "public");
        assertThat(hoursWaiting(ticket)).as("hours waiting after a second message").isEqualTo(72);
        write("admin", ticket, "public");
        write("user", ticket, "public");
        assertThat(hoursWaiting(ticket)).as("hours waiting after an answer and a new message").isZero();
    }

    @Test
    void dueTimeFollowsThePriority() {
        UUID ticket = ticketThatIs("open");
        Map.of("urgent", 4, "high", 8, "normal", 24, "low", 72).forEach((priority, hours) -> {
            admin.update("update public.tickets set priority = ? where id = ?", priority, ticket);

            assertThat(hoursToAnswer(ticket)).as(priority).isEqualTo(hours);
            assertThat(alice.value(Boolean.class, "select public.compute_sla_due(?, now()) = now() + ? * interval '1 hour'", priority, hours)).isTrue();
        });
        assertThat(alice.rows("select where public.compute_sla_due('someday', now()) is null")).hasSize(1);
    }

    @Test
    void slaHoursAreConfigurableAndInvalidSettingsAreIgnored() {
        admin.update("insert into public.settings (key, value) values ('support_sla_hours', '{}')");
        Map.of("{\"normal\": 2}", 2, "{\"normal\": 100000}", 720, "{\"normal\": \"soon\"}", 24, "{\"high\": 1}", 24, "\"soon\"", 24, "[2]", 24, "{\"normal\": 1e400}", 720).forEach((setting, hours) -> {
            admin.update("update public.settings set value = ?::jsonb where key = 'support_sla_hours'", setting);

            assertThat(hoursToAnswer(ticketThatIs("open"))).as(setting).isEqualTo(hours);
        });
    }

    @Test
    void lateTicketsAreMarkedOncePerWait() {
        UUID late = ticketThatIs("open");
        UUID inTime = ticketThatIs("open");
        UUID answered = ticketThatIs("pending_user");
        admin.update("insert into public.settings (key, value) values ('support_sla_hours', '{\"urgent\": 0}')");
        owner.update("alter table public.tickets disable trigger tickets_guard");
        owner.update("update public.tickets set waiting_since = now() - interval '1 day' where id = ?", late);
        owner.update("alter table public.tickets enable trigger tickets_guard");
        admin.update("update public.tickets set priority = 'urgent' where id in (?, ?)", late, answered);

        assertThat(service.value(Integer.class, "select public.ticket_mark_sla_breaches()")).isOne();
        assertThat(service.value(Integer.class, "select public.ticket_mark_sla_breaches()")).isZero();
        assertThat(ticket(late).get("sla_breached_at")).isNotNull();
        assertThat(ticket(inTime).get("sla_breached_at")).isNull();
        assertThat(admin.value(Boolean.class, "select is_breached from public.v_tickets_inbox where id = ?", late)).isTrue();
        assertThat(owner.rows("select from public.ticket_events where event_type = 'sla_breached' and ticket_id = ? and jsonb_exists(data, 'due')", late)).hasSize(1);

        write("admin", late, "public");
        assertThat(ticket(late).get("sla_breached_at")).as("sla_breached_at after an answer").isNull();
    }

    @Test
    void jobMarksAtMostTheGivenNumber() {
        for (int i = 0; i < 3; i++) {
            ticketThatIs("open");
        }
        owner.update("alter table public.tickets disable trigger tickets_guard");
        owner.update("update public.tickets set waiting_since = now() - interval '3 days', sla_due_at = now() - interval '2 days'");
        owner.update("alter table public.tickets enable trigger tickets_guard");

        assertThat(service.value(Integer.class, "select public.ticket_mark_sla_breaches(2)")).isEqualTo(2);
        assertThat(service.value(Integer.class, "select public.ticket_mark_sla_breaches(2)")).isOne();
    }

    @Test
    void serviceCannotForgeTimesOrStates() {
        UUID ticket = ticketThatIs("resolved");
        Object resolved = ticket(ticket).get("resolved_at");

        service.update("update public.tickets set resolved_at = '2000-01-01', closed_at = now(), waiting_since = now(), sla_due_at = now() where id = ?", ticket);
        assertThat(ticket(ticket)).containsEntry("resolved_at", resolved).containsEntry("closed_at", null).containsEntry("waiting_since", null);
        for (String forged : List.of("state = 'archived'", "user_id = '" + Caller.BOB.account() + "'", "created_at = now() + interval '1 second'", "channel = 'web'", "id = gen_random_uuid()")) {
            assertThatThrownBy(() -> service.update("update public.tickets set " + forged + " where id = ?", ticket)).as(forged).is(sqlState(CHECK_VIOLATION));
        }
        assertThatThrownBy(() -> service.update("insert into public.tickets (subject, state) values ('x', 'closed')")).is(sqlState(CHECK_VIOLATION));
        for (String forged : List.of("visibility = 'internal', author_type = 'admin'", "ticket_id = gen_random_uuid()", "created_at = now() + interval '1 second'",
                "author_id = '" + Caller.BOB.account() + "'", "user_id = '" + Caller.BOB.account() + "'", "user_id = null")) {
            assertThatThrownBy(() -> service.update("update public.ticket_messages set " + forged + " where ticket_id = ?", ticket)).as(forged).is(sqlState(CHECK_VIOLATION));
        }
        assertThat(service.update("update public.ticket_messages set body_text = '(blacked out)', attachments = '[]' where ticket_id = ?", ticket)).isPositive();
        assertThatThrownBy(() -> service.update("insert into public.ticket_messages (ticket_id, author_type, visibility, body_text) values (?, 'user', 'internal', 'x')", ticket))
                .is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> service.update("insert into public.ticket_messages (ticket_id, author_type, body_text) values (gen_random_uuid(), 'user', 'x')"))
                .is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void messageOfTheServiceBelongsToTheUserOfTheTicket() {
        UUID ticket = ticketThatIs("open");

        service.update("insert into public.ticket_messages (ticket_id, user_id, author_type, author_id, body_text) values (?, ?, 'user', ?, 'By mail')",
                ticket, Caller.BOB.account(), Caller.BOB.account());

        assertThat(polaris.as(Caller.BOB).rows("select from public.ticket_messages")).isEmpty();
        assertThat(alice.column(UUID.class, "select author_id from public.ticket_messages where body_text = 'By mail'")).containsExactly(ALICE.account());
    }

    @Test
    @OfItsOwn
    void concurrentReplyToAClosingTicketIsRejected() throws Exception {
        UUID ticket = ticketThatIs("open");
        Session closing = polaris.operator();
        closing.connection().setAutoCommit(false);
        try (Statement statement = closing.connection().createStatement()) {
            statement.execute("update public.tickets set state = 'closed'");
        }

        CompletableFuture<String> answer = Meanwhile.get(() -> {
            try {
                return admin.value(UUID.class, "select public.reply_ticket(?, 'Done.')", ticket).toString();
            } catch (SqlFailed e) {
                return e.state();
            }
        });
        polaris.awaitWaiting(1);
        closing.connection().commit();

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(WRONG_STATE);
        assertThat(polaris.count("public.ticket_messages")).isOne();
    }

    @Test
    @OfItsOwn
    void concurrentMessagesLeaveTheStateOfTheLater() throws Exception {
        UUID ticket = ticketThatIs("pending_user");
        Session gate = polaris.operator();
        gate.connection().setAutoCommit(false);
        try (Statement statement = gate.connection().createStatement()) {
            statement.execute("select from public.tickets for update");
        }

        List<CompletableFuture<UUID>> writes = Stream.of(alice, admin)
                .map(session -> Meanwhile.get(() -> session.value(UUID.class, "select public.reply_ticket(?, 'At once')", ticket))).toList();
        polaris.awaitWaiting(2);
        gate.connection().commit();
        for (CompletableFuture<UUID> write : writes) {
            assertThat(write.get(20, TimeUnit.SECONDS)).isNotNull();
        }

        assertThat(polaris.count("public.ticket_messages")).isEqualTo(3);
        assertThat((String) ticket(ticket).get("state")).isIn("pending_admin", "pending_user");
        assertThat(owner.rows("select from public.ticket_events where event_type = 'message_added'")).hasSize(3);
    }

    @Test
    @OfItsOwn
    void concurrentJobsMarkEachTicketOnce() throws Exception {
        ticketThatIs("open");
        ticketThatIs("open");
        owner.update("alter table public.tickets disable trigger tickets_guard");
        owner.update("update public.tickets set waiting_since = now() - interval '3 days', sla_due_at = now() - interval '2 days'");
        owner.update("alter table public.tickets enable trigger tickets_guard");
        Session gate = polaris.operator();
        gate.connection().setAutoCommit(false);
        try (Statement statement = gate.connection().createStatement()) {
            statement.execute("select from public.tickets limit 1 for update");
        }

        assertThat(service.value(Integer.class, "select public.ticket_mark_sla_breaches()")).as("tickets marked while one is locked").isOne();
        gate.connection().rollback();
        assertThat(service.value(Integer.class, "select public.ticket_mark_sla_breaches()")).isOne();
        assertThat(owner.rows("select from public.ticket_events where event_type = 'sla_breached'")).hasSize(2);
    }

    private UUID ticketThatIs(String state) {
        UUID ticket = service.value(UUID.class, "select public.open_ticket_for(?, 'A drill does not open', 'It stays grey.', p_channel => 'in_app')", ALICE.account());
        for (String step : PATHS.get(state)) {
            service.rows("select public.ticket_set_state(?, ?)", ticket, step);
        }
        return ticket;
    }

    private void write(String author, UUID ticket, String visibility) {
        Session session = Map.of("user", alice, "admin", admin, "ai_system", service).get(author);
        session.value(UUID.class, "select public.reply_ticket(?, 'Words', '[]', ?)", ticket, visibility);
    }

    private Map<String, Object> ticket(UUID id) {
        return owner.rows("select * from public.tickets where id = ?", id).get(0);
    }

    private int hoursWaiting(UUID ticket) {
        return owner.value(Integer.class, "select round(extract(epoch from now() - waiting_since) / 3600)::integer from public.tickets where id = ?", ticket);
    }

    private int hoursToAnswer(UUID ticket) {
        return owner.value(Integer.class, "select round(extract(epoch from sla_due_at - waiting_since) / 3600)::integer from public.tickets where id = ?", ticket);
    }
}
