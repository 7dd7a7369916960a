package changelogs.polaris.support;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access to tickets, their messages and their history. */
class TicketAccessTest {

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private UUID ticket;

    @BeforeEach
    void aliceAsks() {
        owner = People.signUp(polaris);
        ticket = open(ALICE, "A drill does not open");
    }

    @Test
    void usersReadTheirTicketsAndAdminsAll() {
        open(BOB, "A receipt");
        polaris.as(SERVICE).value(UUID.class, "select public.open_ticket_for(null, 'Price', 'What does it cost?', 'visitor@example.com')");

        assertThat(subjects(ALICE)).containsExactly("A drill does not open");
        assertThat(subjects(BOB)).containsExactly("A receipt");
        assertThat(subjects(STRANGER)).isEmpty();
        assertThat(subjects(ADMIN)).containsExactlyInAnyOrder("A drill does not open", "A receipt", "Price");
        assertThat(subjects(SERVICE)).hasSize(3);
        for (String table : List.of("tickets", "ticket_messages", "ticket_events", "v_tickets_inbox")) {
            assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public." + table)).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void internalMessagesAreInvisibleToTheUser() {
        String seen = seenBy(ALICE);

        UUID note = polaris.as(ADMIN).value(UUID.class, "select public.reply_ticket(?, 'Third one this week.', '[]', 'internal')", ticket);
        polaris.as(SERVICE).value(UUID.class, "select public.reply_ticket(?, 'Likely a duplicate.', '[]', 'internal')", ticket);

        assertThat(seenBy(ALICE)).as("everything that Alice can read").isEqualTo(seen);
        assertThat(polaris.as(ALICE).rows("select from public.ticket_messages where id = ?", note)).isEmpty();
        assertThat(polaris.as(ADMIN).column(String.class, "select visibility from public.ticket_messages where ticket_id = ? order by visibility", ticket))
                .containsExactly("internal", "internal", "public");
        assertThat(polaris.as(ADMIN).column(String.class, "select event_type from public.ticket_events where ticket_id = ? and event_type = 'note_added'", ticket))
                .hasSize(2);
        assertThat(polaris.as(BOB).rows("select from public.ticket_messages")).isEmpty();
    }

    @Test
    void onlyAdminsReadTheHistory() {
        assertThat(polaris.as(ALICE).rows("select from public.ticket_events")).isEmpty();
        assertThat(polaris.as(ADMIN).column(String.class, "select event_type from public.ticket_events order by event_type"))
                .containsExactly("message_added", "opened");
    }

    @Test
    void clientsWriteTicketsOnlyThroughFunctions() {
        List<String> attacks = List.of(
                "insert into public.tickets (user_id, subject) values (auth.uid(), 'Mine')",
                "insert into public.ticket_messages (ticket_id, author_type, body_text) select id, 'admin', 'Refunded.' from public.tickets",
                "insert into public.ticket_messages (ticket_id, author_type, visibility, body_text) select id, 'user', 'public', 'x' from public.tickets",
                "insert into public.ticket_events (ticket_id, event_type) select id, 'opened' from public.tickets",
                "update public.tickets set state = 'resolved'",
                "update public.tickets set sla_due_at = now()",
                "update public.tickets set waiting_since = '2000-01-01'",
                "update public.tickets set user_id = '57a96e00-0000-4000-8000-000000000003'",
                "update public.tickets set subject = 'Another'",
                "update public.ticket_messages set body_text = 'Another'",
                "update public.ticket_messages set visibility = 'public'",
                "update public.ticket_events set data = '{}'",
                "delete from public.tickets",
                "delete from public.ticket_messages",
                "delete from public.ticket_events",
                "truncate public.tickets cascade");
        for (Caller caller : List.of(ALICE, BOB, ADMIN)) {
            Session session = polaris.as(caller);
            for (String attack : attacks) {
                assertThatThrownBy(() -> session.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThat(polaris.as(ADMIN).column(String.class, "select body_text from public.ticket_messages")).containsExactly("It stays grey.");
    }

    @Test
    void onlyAdminsTriageTickets() {
        String sort = "update public.tickets set assigned_to = '" + ADMIN.account() + "', priority = 'urgent', category = 'technical', tags = '{grey}', coach_key = 'demo'";

        assertThat(polaris.as(ALICE).update(sort)).isZero();
        assertThat(polaris.as(BOB).update(sort)).isZero();
        assertThatThrownBy(() -> polaris.as(ANON).update(sort)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ADMIN).update(sort)).isOne();

        assertThat(polaris.as(ALICE).value(String.class, "select priority from public.tickets")).isEqualTo("urgent");
        assertThat(owner.column(UUID.class, "select assigned_to from public.ticket_events where event_type = 'assigned'")).containsExactly(ADMIN.account());
        assertThat(history("priority_changed")).containsExactly(Map.entry("from", "normal"), Map.entry("to", "urgent"));
        assertThat(owner.value(UUID.class, "select actor_id from public.ticket_events where event_type = 'category_changed'")).isEqualTo(ADMIN.account());
    }

    @Test
    void ticketsAreAssignedOnlyToAdmins() {
        assertThatThrownBy(() -> polaris.as(ADMIN).update("update public.tickets set assigned_to = ?", BOB.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> polaris.as(SERVICE).update("insert into public.tickets (subject, reporter_email, assigned_to) values ('x', 'a@b.c', ?)",
                BOB.account())).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void ticketsOfOthersAreNotFound() {
        for (UUID id : List.of(ticket, UUID.randomUUID())) {
            for (Caller caller : List.of(BOB, STRANGER)) {
                Session session = polaris.as(caller);
                assertThatThrownBy(() -> session.value(UUID.class, "select public.reply_ticket(?, 'Me too.')", id)).is(sqlState(NO_DATA_FOUND));
                assertThatThrownBy(() -> session.rows("select public.ticket_set_state(?, 'closed')", id)).is(sqlState(NO_DATA_FOUND));
            }
        }
        assertThat(owner.value(String.class, "select state from public.tickets")).isEqualTo("open");
    }

    @Test
    void visitorsCannotCallTicketFunctions() {
        Session anon = polaris.as(ANON);
        for (String call : List.of("public.open_ticket('x', 'y')", "public.open_ticket_for(null, 'x', 'y', 'a@b.c')", "public.reply_ticket(gen_random_uuid(), 'x')",
                "public.ticket_set_state(gen_random_uuid(), 'closed')", "public.ticket_mark_sla_breaches()", "public.compute_sla_due('low', now())")) {
            assertThatThrownBy(() -> anon.rows("select " + call)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void usersCannotOpenTicketsForOthersOrSetThePriority() {
        Session alice = polaris.as(ALICE);

        assertThatThrownBy(() -> alice.rows("select public.open_ticket_for(?, 'x', 'y')", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select public.open_ticket_for(?, 'x', 'y', p_priority => 'urgent')", ALICE.account()))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select public.open_ticket_for(?, 'x', 'y', 'boss@example.com', p_channel => 'web')", ALICE.account()))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select public.open_ticket('x', 'y', p_channel => 'email')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select public.reply_ticket(?, 'Note', '[]', 'internal')", ticket)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select public.ticket_mark_sla_breaches()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select private.guard_ticket()")).is(sqlState(INSUFFICIENT_PRIVILEGE));

        alice.value(UUID.class, "select public.reply_ticket(?, 'Still grey.')", ticket);
        assertThat(owner.rows("select distinct author_type, author_id, user_id from public.ticket_messages"))
                .containsExactly(Map.of("author_type", "user", "author_id", ALICE.account(), "user_id", ALICE.account()));
    }

    @Test
    void adminIsAUserInTheirOwnTicket() {
        UUID own = open(ADMIN, "My own");
        polaris.as(ADMIN).value(UUID.class, "select public.reply_ticket(?, 'More')", own);

        assertThat(owner.column(String.class, "select distinct author_type from public.ticket_messages where ticket_id = ?", own)).containsExactly("user");
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.reply_ticket(?, 'Note', '[]', 'internal')", own)).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void usersAttachOnlyTheirFiles() {
        String own = "[{\"path\": \"" + ALICE.account() + "/grey.png\", \"name\": \"grey.png\"}]";
        polaris.as(ALICE).value(UUID.class, "select public.reply_ticket(?, 'See', ?::jsonb)", ticket, own);

        for (String path : List.of(BOB.account() + "/secret.png", "grey.png", ALICE.account() + "x/grey.png")) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.reply_ticket(?, 'See', jsonb_build_array(jsonb_build_object('path', ?)))", ticket, path))
                    .as(path).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(polaris.as(ADMIN).value(UUID.class, "select public.reply_ticket(?, 'See', '[{\"path\": \"help/grey.pdf\"}]')", ticket)).isNotNull();
    }

    @Test
    void attachmentsAreAtMostTenValidPaths() {
        Session service = polaris.as(SERVICE);
        String eleven = "[" + "{\"path\": \"u/x\"},".repeat(10) + "{\"path\": \"u/x\"}]";
        for (String attachments : List.of(eleven, "{}", "\"x\"", "[1]", "[null]", "[{}]", "[{\"name\": \"x\"}]", "[{\"path\": 1}]", "[{\"path\": [\"u/x\"]}]",
                "[[{\"path\": \"u/x\"}]]", "[{\"path\": \"\"}]", "[{\"path\": \"/etc/x\"}]", "[{\"path\": \"u/../x\"}]", "[{\"path\": \"u/..\"}]",
                "[{\"path\": \"u//x\"}]", "[{\"path\": \"./x\"}]", "[{\"path\": \"u/x\"}, {\"path\": \"../x\"}]", "[{\"path\": \"" + "x".repeat(256) + "\"}]")) {
            assertThatThrownBy(() -> service.update("""
                    insert into public.ticket_messages (ticket_id, author_type, body_text, attachments) values (?, 'ai_system', 'x', ?::jsonb)
                    """, ticket, attachments)).as(attachments).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void ticketNeedsAValidSubjectAndMessage() {
        Session alice = polaris.as(ALICE);
        for (String call : List.of("'', 'y'", "repeat('x', 201), 'y'", "'x', ''", "'x', repeat('y', 20001)", "'x', 'y', 'gossip'", "'x', 'y', p_channel => 'fax'",
                "'x', 'y', p_meta => '[]'", "'x', 'y', p_meta => jsonb_build_object('x', repeat('y', 20000))")) {
            assertThatThrownBy(() -> alice.rows("select public.open_ticket(" + call + ")")).as(call).is(sqlState(CHECK_VIOLATION));
        }
        assertThat(polaris.count("public.tickets")).isOne();
    }

    @Test
    void onlyStaffReadTheInbox() {
        open(BOB, "A receipt");
        owner.update("update public.profiles set full_name = 'Bob', tier = 'pro' where id = ?", BOB.account());

        assertThat(polaris.as(ALICE).rows("select from public.v_tickets_inbox")).isEmpty();
        assertThat(polaris.as(ADMIN).column(String.class, "select subject from public.v_tickets_inbox")).containsExactly("A drill does not open", "A receipt");
        assertThat(polaris.as(SERVICE).rows("select person_name, tier, is_breached from public.v_tickets_inbox where subject = 'A receipt'"))
                .containsExactly(Map.of("person_name", "Bob", "tier", "pro", "is_breached", false));
    }

    @Test
    void deletingAnAccountErasesItsTickets() {
        UUID mailed = polaris.as(SERVICE).value(UUID.class, "select public.open_ticket_for(?, 'Mail', 'Hello', 'alice@example.com', 'Alice')", ALICE.account());
        polaris.as(ADMIN).value(UUID.class, "select public.reply_ticket(?, 'Hello Alice')", mailed);
        polaris.as(ADMIN).update("update public.tickets set assigned_to = ?", ADMIN.account());
        polaris.as(SERVICE).rows("select public.ticket_set_state(?, 'closed')", ticket);
        polaris.as(SERVICE).rows("select public.ticket_set_state(?, 'archived')", ticket);

        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(owner.rows("select user_id, reporter_email, reporter_name from public.tickets where not (user_id, reporter_email, reporter_name) is null")).isEmpty();
        assertThat(polaris.count("public.ticket_messages")).isZero();
        assertThat(polaris.as(ADMIN).rows("select subject, meta::text, state from public.tickets order by state")).containsExactly(
                Map.of("subject", "Erased", "meta", "{}", "state", "archived"), Map.of("subject", "Erased", "meta", "{}", "state", "closed"));

        polaris.operator().update("delete from auth.users where id = ?", ADMIN.account());
        assertThat(owner.rows("select from public.tickets where assigned_to is not null")).isEmpty();
        assertThat(owner.rows("select from public.ticket_events where actor_id is not null or assigned_to is not null")).isEmpty();
    }

    @Test
    void historyIsImmutableUntilTheTicketIsDeleted() {
        for (Session session : List.of(owner, polaris.operator())) {
            assertThatThrownBy(() -> session.update("update public.ticket_events set data = '{}', actor_id = null")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> session.update("delete from public.ticket_events")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> session.script("truncate public.ticket_events")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(polaris.as(SERVICE).update("delete from public.tickets")).isOne();
        assertThat(polaris.count("public.ticket_events")).isZero();
        assertThat(polaris.count("public.ticket_messages")).isZero();
    }

    private UUID open(Caller caller, String subject) {
        return polaris.as(caller).value(UUID.class, "select public.open_ticket(?, 'It stays grey.')", subject);
    }

    private List<String> subjects(Caller caller) {
        return polaris.as(caller).column(String.class, "select subject from public.tickets");
    }

    /** All rows of the ticket relations, events and audit_logs that the caller can read. */
    private String seenBy(Caller caller) {
        Session session = polaris.as(caller);
        StringBuilder seen = new StringBuilder();
        for (String relation : List.of("tickets", "ticket_messages", "ticket_events", "v_tickets_inbox", "events", "audit_logs")) {
            seen.append(session.rows("select * from public." + relation + " as r order by r::text"));
        }
        return seen.toString();
    }

    private List<Map.Entry<String, String>> history(String type) {
        return owner.rows("select d.key, d.value #>> '{}' as value from public.ticket_events, jsonb_each(data) as d where event_type = ? order by 1", type).stream()
                .map(row -> Map.entry((String) row.get("key"), String.valueOf(row.get("value")))).toList();
    }
}
