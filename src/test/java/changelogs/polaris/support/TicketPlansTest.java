package changelogs.polaris.support;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of users and staff use indexes with 50,000 tickets, 500 of them waiting, and 50,000 messages. */
class TicketPlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsOfUsersAndStaffUseIndexes() {
        People.signUp(polaris);
        UUID ticket = polaris.as(ALICE).value(UUID.class, "select public.open_ticket('A drill does not open', 'It stays grey.')");
        crowd(polaris.operator());

        PlannedQuery.of("polaris", "tickets").forEach(query -> query.assertPlan(polaris, column -> ticket.toString()));

        Session alice = polaris.as(ALICE);
        assertThat(touched(alice, "select * from public.tickets order by last_message_at desc nulls last limit 20")).as("pages read for the user's tickets").isLessThan(200);
        assertThat(touched(alice, "select * from public.ticket_messages order by created_at desc limit 50")).as("pages read for the user's messages").isLessThan(200);
        assertThat(touched(polaris.as(ADMIN), "select * from public.v_tickets_inbox limit 50")).as("pages read for the inbox").isLessThan(300);
    }

    /** Pages touched by the second execution; the first also reads the catalog. */
    private static long touched(Session session, String read) {
        session.rows(read);
        List<Map<String, Object>> rows = session.rows("explain (analyze, buffers, costs off, timing off, summary off) " + read);
        String first = rows.stream().map(row -> (String) row.values().iterator().next()).filter(line -> line.contains("Buffers:")).findFirst().orElseThrow();
        return Pattern.compile("(?:hit|read)=(\\d+)").matcher(first).results().mapToLong(match -> Long.parseLong(match.group(1))).sum();
    }

    /** Loads rows with triggers and foreign keys disabled, for speed. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                insert into public.profiles (id) select md5('person' || i)::uuid from generate_series(1, 10000) as i;
                insert into public.tickets (id, user_id, subject, state, created_at, last_message_at, last_author, waiting_since, sla_due_at, closed_at)
                    select md5('ticket' || i)::uuid, case when i % 20 > 0 then md5('person' || i % 10000)::uuid end, 'A subject',
                        case when i % 100 = 0 then 'pending_admin' else 'closed' end, t, t, 'user',
                        case when i % 100 = 0 then t end, case when i % 100 = 0 then t + interval '1 day' end, case when i % 100 > 0 then t end
                    from generate_series(1, 50000) as i, lateral (select now() - i * interval '1 minute' as t) as at;
                insert into public.ticket_messages (ticket_id, user_id, author_type, visibility, body_text, created_at)
                    select id, user_id, 'admin', 'public', 'Words', created_at from public.tickets;
                insert into public.ticket_events (ticket_id, event_type) select id, 'opened' from public.tickets;
                """);
        operator.script("analyze public.profiles, public.tickets, public.ticket_messages, public.ticket_events");
    }
}
