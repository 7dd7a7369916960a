package changelogs.polaris.support;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
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
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Admin messages: permissions for writing and state changes, and what recipients see. */
class AdminMessageAccessTest {

    private static final List<String> STATES = List.of("draft", "approved", "scheduled", "sending", "sent", "canceled", "archived");
    private static final Map<String, Set<String>> NEXT = Map.of(
            "draft", Set.of("approved", "canceled"),
            "approved", Set.of("draft", "scheduled", "canceled"),
            "scheduled", Set.of("approved", "sending", "canceled"),
            "sending", Set.of("sent", "canceled"),
            "sent", Set.of("archived"),
            "canceled", Set.of("archived"),
            "archived", Set.of());
    private static final Map<String, List<String>> PATHS = Map.of(
            "draft", List.of(),
            "approved", List.of("approved"),
            "scheduled", List.of("approved", "scheduled"),
            "sending", List.of("approved", "scheduled", "sending"),
            "sent", List.of("approved", "scheduled", "sending", "sent"),
            "canceled", List.of("canceled"),
            "archived", List.of("canceled", "archived"));

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session bob;
    private Session admin;
    private Session service;

    @BeforeEach
    void people() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
        bob = polaris.as(BOB);
        admin = polaris.as(ADMIN);
        service = polaris.as(SERVICE);
    }

    @Test
    void messageStatesFollowTheWorkflowAndOnlyTheServiceSends() {
        for (String from : STATES) {
            for (String to : STATES) {
                String allowed = from.equals(to) || NEXT.get(from).contains(to) ? to : CHECK_VIOLATION;
                assertThat(moved(service, from, to)).as("service: %s to %s", from, to).isEqualTo(allowed);
                boolean sending = !from.equals(to) && Set.of("sending", "sent").contains(to);
                assertThat(moved(admin, from, to)).as("admin: %s to %s", from, to)
                        .isEqualTo(sending && !allowed.equals(CHECK_VIOLATION) ? INSUFFICIENT_PRIVILEGE : allowed);
            }
        }
        UUID draft = messageThatIs("draft");
        for (Caller caller : List.of(ALICE, BOB, STRANGER, ANON)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select public.admin_message_set_state(?, 'approved')", draft)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> admin.rows("select public.admin_message_set_state(gen_random_uuid(), 'approved')")).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> admin.rows("select public.admin_message_set_state(?, 'approved', now())", draft)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> service.update("insert into public.admin_messages (title, body_text, state) values ('x', 'y', 'sent')")).is(sqlState(CHECK_VIOLATION));
    }

    private String moved(Session session, String from, String to) {
        UUID message = messageThatIs(from);
        try {
            return session.value(String.class, "select (public.admin_message_set_state(?, ?)).state", message, to);
        } catch (SqlFailed e) {
            return e.state();
        }
    }

    @Test
    void approvalRecordsTheAdminAndTheTime() {
        UUID message = messageThatIs("draft");
        admin.rows("select public.admin_message_set_state(?, 'approved')", message);
        assertThat(message(message)).containsEntry("approved_by", ADMIN.account()).extractingByKey("approved_at").isNotNull();
        admin.rows("select public.admin_message_set_state(?, 'scheduled', '2030-01-01')", message);
        assertThat(admin.rows("select (public.admin_message_set_state(?, 'scheduled', '2031-01-01')).send_at", message)).hasSize(1);
        assertThat(owner.value(Integer.class, "select extract(year from send_at)::integer from public.admin_messages where id = ?", message)).isEqualTo(2031);
        admin.rows("select public.admin_message_set_state(?, 'approved')", message);
        assertThat(message(message)).containsEntry("send_at", null).containsEntry("approved_by", ADMIN.account());
        admin.rows("select public.admin_message_set_state(?, 'draft')", message);
        assertThat(message(message)).containsEntry("approved_by", null).containsEntry("approved_at", null);
        admin.rows("select public.admin_message_set_state(?, 'canceled')", message);
        assertThat(message(message).get("canceled_at")).isNotNull();

        assertThat(admin.column(UUID.class, "select actor_user_id from public.audit_logs where table_name = 'public.admin_messages' and row_id = ? and jsonb_exists(patch, 'state')",
                message.toString())).containsOnly(ADMIN.account()).hasSize(6);
    }

    @Test
    void approvedMessageIsImmutable() {
        for (String state : List.of("approved", "scheduled", "sending", "sent", "canceled", "archived")) {
            UUID message = messageThatIs(state);
            for (String change : List.of("title = 'Another'", "body_text = 'Another'", "audience_filter = '{\"tiers\": [\"vip\"]}'", "channels = '{email}'", "is_marketing = true",
                    "cta_label = 'x', cta_url = '/x'", "importance = 'urgent'", "hero_image_url = 'https://example.com/x.png'", "body_html = '<p>'")) {
                for (Session session : List.of(admin, service)) {
                    assertThatThrownBy(() -> session.update("update public.admin_messages set " + change + " where id = ?", message)).as(state).is(sqlState(WRONG_STATE));
                }
            }
            assertThat(admin.update("update public.admin_messages set tags = '{old}', meta = '{\"seen\": true}' where id = ?", message)).isOne();
        }
        UUID draft = messageThatIs("draft");
        assertThat(admin.update("update public.admin_messages set title = 'Another', audience_filter = '{\"tiers\": [\"vip\"]}' where id = ?", draft)).isOne();
        for (String forged : List.of("id = gen_random_uuid()", "created_at = now() - interval '1 day'", "author_id = '" + BOB.account() + "'")) {
            assertThatThrownBy(() -> service.update("update public.admin_messages set " + forged + " where id = ?", draft)).as(forged).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void onlyAdminsWriteMessagesInTheirOwnName() {
        String insert = "insert into public.admin_messages (title, body_text) values ('News', 'There is news.')";
        for (Caller caller : List.of(ALICE, STRANGER, ANON)) {
            assertThatThrownBy(() -> polaris.as(caller).update(insert)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(admin.update(insert)).isOne();
        assertThat(owner.rows("select author_id, state from public.admin_messages")).containsExactly(Map.of("author_id", ADMIN.account(), "state", "draft"));

        assertThat(alice.update("update public.admin_messages set title = 'Free for all'")).isZero();
        assertThat(alice.update("delete from public.admin_messages")).isZero();
        for (String forged : List.of("author_id = auth.uid()", "state = 'sent'", "sent_at = now()", "approved_by = auth.uid()", "send_at = now()", "expanded_at = now()", "canceled_at = null")) {
            for (Session session : List.of(alice, admin)) {
                assertThatThrownBy(() -> session.update("update public.admin_messages set " + forged)).as(forged).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> admin.update("insert into public.admin_messages (title, body_text, author_id) values ('x', 'y', ?)", BOB.account()))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        UUID approved = messageThatIs("approved");
        assertThat(admin.update("delete from public.admin_messages")).as("deleted messages; only drafts can be deleted").isOne();
        assertThat(owner.column(UUID.class, "select id from public.admin_messages")).containsExactly(approved);
    }

    @Test
    void recipientsReadOnlyMessagesSentToThem() {
        UUID toBoth = sent("{\"user_ids\": [\"" + ALICE.account() + "\", \"" + BOB.account() + "\"]}");
        UUID toBob = sent("{\"user_ids\": [\"" + BOB.account() + "\"]}");
        messageThatIs("scheduled");

        assertThat(alice.column(UUID.class, "select message_id from public.v_my_admin_messages")).containsExactly(toBoth);
        assertThat(bob.column(UUID.class, "select message_id from public.v_my_admin_messages")).containsExactlyInAnyOrder(toBoth, toBob);
        assertThat(polaris.as(STRANGER).rows("select from public.v_my_admin_messages")).isEmpty();
        assertThat(alice.rows("select from public.admin_messages")).as("rows of admin_messages visible to a recipient").isEmpty();
        assertThat(alice.column(UUID.class, "select user_id from public.admin_message_deliveries")).containsExactly(ALICE.account());
        for (String relation : List.of("v_admin_messages_outbox", "v_admin_messages_stats")) {
            assertThat(alice.rows("select from public." + relation)).as(relation).isEmpty();
        }
        assertThat(alice.rows("select from public.admin_messages_due(now() + interval '10 years')")).isEmpty();
        for (String relation : List.of("admin_messages", "admin_message_deliveries", "v_my_admin_messages", "v_admin_messages_outbox", "v_admin_messages_stats")) {
            assertThatThrownBy(() -> polaris.as(ANON).rows("select from public." + relation)).as(relation).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(admin.rows("select from public.admin_message_deliveries")).hasSize(3);
        assertThat(alice.rows("select * from public.v_my_admin_messages").get(0)).doesNotContainKeys("audience_filter", "author_id", "meta", "tags");
    }

    @Test
    void unsentDeliveriesAreHidden() {
        UUID message = sending("{}", "{email,in_app}");

        assertThat(alice.column(String.class, "select channel from public.admin_message_deliveries")).containsExactly("in_app");
        UUID mail = owner.value(UUID.class, "select id from public.admin_message_deliveries where user_id = ? and channel = 'email'", ALICE.account());
        assertThatThrownBy(() -> alice.rows("select public.mark_admin_message(?)", mail)).is(sqlState(NO_DATA_FOUND));

        admin.rows("select public.admin_message_set_state(?, 'canceled')", message);
        assertThat(alice.rows("select from public.v_my_admin_messages")).as("canceled message").isEmpty();
        admin.rows("select public.admin_message_set_state(?, 'archived')", message);
        assertThat(alice.rows("select from public.v_my_admin_messages")).as("canceled and archived message").isEmpty();

        UUID done = sent("{}");
        admin.rows("select public.admin_message_set_state(?, 'archived')", done);
        assertThat(alice.rows("select from public.v_my_admin_messages")).as("archived message that was sent").hasSize(1);
    }

    @Test
    void recipientsMarkTheirDeliveriesAndTheFirstTimeCounts() {
        sent("{}");
        UUID delivery = alice.value(UUID.class, "select delivery_id from public.v_my_admin_messages");
        for (Caller caller : List.of(BOB, STRANGER, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select public.mark_admin_message(?)", delivery)).is(sqlState(NO_DATA_FOUND));
        }
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.mark_admin_message(?)", delivery)).is(sqlState(INSUFFICIENT_PRIVILEGE));

        alice.rows("select public.mark_admin_message(?)", delivery);
        Map<String, Object> read = alice.rows("select read_at, clicked_at from public.v_my_admin_messages").get(0);
        assertThat(read.get("read_at")).isNotNull();
        assertThat(read.get("clicked_at")).isNull();
        alice.rows("select public.mark_admin_message(?, true)", delivery);
        service.rows("select public.mark_admin_message(?, true)", delivery);
        assertThat(alice.rows("select read_at from public.v_my_admin_messages").get(0)).containsEntry("read_at", read.get("read_at"));
        assertThat(admin.rows("select deliveries, sent, failed, read, clicked from public.v_admin_messages_stats"))
                .containsExactly(Map.of("deliveries", 4L, "sent", 4L, "failed", 0L, "read", 1L, "clicked", 1L));

        for (String attack : List.of("update public.admin_message_deliveries set read_at = now()", "update public.admin_message_deliveries set user_id = auth.uid()",
                "insert into public.admin_message_deliveries (message_id, user_id, sent_at) select message_id, auth.uid(), now() from public.v_my_admin_messages",
                "delete from public.admin_message_deliveries", "truncate public.admin_message_deliveries")) {
            for (Session session : List.of(alice, admin)) {
                assertThatThrownBy(() -> session.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        for (String forged : List.of("sent_at = now() - interval '1 day'", "read_at = null, clicked_at = null", "channel = 'push'", "user_id = '" + BOB.account() + "'")) {
            assertThatThrownBy(() -> service.update("update public.admin_message_deliveries set " + forged + " where id = ?", delivery)).as(forged).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void onlyTheServiceSends() {
        UUID message = sending("{}", "{email}");
        for (Caller caller : List.of(ALICE, ADMIN, ANON)) {
            Session session = polaris.as(caller);
            for (String call : List.of("public.run_admin_message_drip()", "public.enqueue_admin_message('" + message + "')", "public.claim_deliveries('email', 10, 'me')",
                    "public.mark_deliveries_sent('{}')", "public.mark_delivery_failed(gen_random_uuid(), 'me', 'no')")) {
                assertThatThrownBy(() -> session.rows("select " + call)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
    }

    @Test
    void audienceFilterAcceptsOnlyKnownKeysAndValues() {
        String someone = ALICE.account().toString();
        for (String good : List.of("{}", "{\"tiers\": [\"free\", \"vip\"]}", "{\"roles\": [\"user\"], \"languages\": [\"fil-PH\", \"en\"]}", "{\"countries\": [\"PH\"]}",
                "{\"coach_keys\": [\"demo\"]}", "{\"user_ids\": [\"" + someone + "\"]}")) {
            assertThat(admin.update("insert into public.admin_messages (title, body_text, audience_filter) values ('x', 'y', ?::jsonb)", good)).as(good).isOne();
        }
        for (String bad : List.of("[]", "\"all\"", "{\"tier\": [\"free\"]}", "{\"tiers\": \"free\"}", "{\"tiers\": []}", "{\"tiers\": [\"gold\"]}", "{\"tiers\": [[\"free\"]]}", "{\"tiers\": null}",
                "{\"roles\": [\"root\"]}", "{\"countries\": [\"ph\"]}", "{\"countries\": [1]}", "{\"coach_keys\": [\"Demo Coach\"]}", "{\"languages\": [\"x\"]}", "{\"user_ids\": [\"me\"]}",
                "{\"user_ids\": [\"" + someone + "\", 1]}", "{\"user_ids\": {\"a\": \"" + someone + "\"}}", "{\"tiers\": [\"free\"], \"everyone\": [\"yes\"]}")) {
            assertThatThrownBy(() -> admin.update("insert into public.admin_messages (title, body_text, audience_filter) values ('x', 'y', ?::jsonb)", bad)).as(bad)
                    .is(sqlState(CHECK_VIOLATION));
        }
        assertThatThrownBy(() -> admin.update("""
                insert into public.admin_messages (title, body_text, audience_filter)
                select 'x', 'y', jsonb_build_object('user_ids', jsonb_agg(gen_random_uuid())) from generate_series(1, 1001)
                """)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void invalidMessageIsRejected() {
        for (String bad : List.of("('', 'y', default, null, null, null)", "('x', null, default, null, null, null)", "('x', 'y', '{}', null, null, null)",
                "('x', 'y', '{email,email}', null, null, null)", "('x', 'y', '{fax}', null, null, null)", "('x', 'y', '{in_app,null}', null, null, null)",
                "('x', 'y', default, 'Go', null, null)", "('x', 'y', default, null, '/x', null)", "('x', 'y', default, 'Go', 'javascript:alert(1)', null)",
                "('x', 'y', default, 'Go', 'http://example.com', null)", "('x', 'y', default, 'Go', '//example.com', null)", "('x', 'y', default, 'Go', '/\\example.com', null)",
                "('x', 'y', default, 'Go', 'https://a b', null)", "('x', 'y', default, null, null, 'http://example.com/x.png')")) {
            assertThatThrownBy(() -> admin.update("insert into public.admin_messages (title, body_text, channels, cta_label, cta_url, hero_image_url) values " + bad)).as(bad)
                    .is(sqlState(CHECK_VIOLATION));
        }
        assertThat(admin.update("""
                insert into public.admin_messages (title, body_html, channels, cta_label, cta_url, hero_image_url)
                values ('x', '<p>y</p>', '{push,email}', 'Go', '/drills?new=1', 'https://example.com/x.png'), ('x', '<p>y</p>', default, 'Go', 'https://example.com', null)
                """)).isEqualTo(2);
    }

    @Test
    void deletingAnAccountDeletesItsDeliveriesAndKeepsMessages() {
        UUID message = sent("{}");
        polaris.operator().update("delete from auth.users where id in (?, ?)", ALICE.account(), ADMIN.account());

        assertThat(message(message)).containsEntry("author_id", null).containsEntry("approved_by", null).containsEntry("state", "sent");
        assertThat(owner.rows("select from public.admin_message_deliveries")).hasSize(2);
    }

    private UUID messageThatIs(String state) {
        UUID message = admin.value(UUID.class, "with made as (insert into public.admin_messages (title, body_text) values ('News', 'There is news.') returning id) select id from made");
        for (String step : PATHS.get(state)) {
            service.rows("select public.admin_message_set_state(?, ?)", message, step);
        }
        return message;
    }

    private UUID sending(String audience, String channels) {
        UUID message = admin.value(UUID.class, """
                with made as (insert into public.admin_messages (title, body_text, audience_filter, channels) values ('News', 'There is news.', ?::jsonb, ?::text[]) returning id)
                select id from made
                """, audience, channels);
        admin.rows("select public.admin_message_set_state(?, 'approved')", message);
        admin.rows("select public.admin_message_set_state(?, 'scheduled')", message);
        service.rows("select public.run_admin_message_drip()");
        return message;
    }

    private UUID sent(String audience) {
        UUID message = sending(audience, "{in_app}");
        assertThat(message(message)).containsEntry("state", "sent");
        return message;
    }

    private Map<String, Object> message(UUID id) {
        return owner.rows("select * from public.admin_messages where id = ?", id).get(0);
    }
}
