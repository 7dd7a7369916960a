package changelogs.polaris.support;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of recipients and the queries of senders use indexes with 100,000 deliveries to 20,000 users. */
class AdminMessagePlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsAndWorkersUseIndexes() {
        People.signUp(polaris);
        crowd(polaris.operator());
        Session alice = polaris.as(ALICE);
        Session service = polaris.as(SERVICE);
        Session operator = polaris.operator();

        PlannedQuery.of("polaris", "admin-messages").forEach(query -> query.assertPlan(polaris));
        assertIndexed(operator, inside("list_my_admin_messages").replace("(select auth.uid())", "'" + ALICE.account() + "'"), "idx_admin_message_deliveries_user_id_sent_at");
        assertThat(alice.rows("select from public.v_my_admin_messages")).hasSize(1);

        String claim = inside("claim_deliveries");
        claim = claim.substring(claim.indexOf("update public"), claim.indexOf("returning d.*"))
                .replace("p_worker", "'one'").replace("p_channel", "'email'").replace("p_limit", "100");
        assertIndexed(operator, claim, "idx_admin_message_deliveries_pending", "admin_message_deliveries_pkey");
        assertThat(service.rows("select public.claim_deliveries('email', 1000, 'one')")).hasSize(1000);

        assertThat(service.value(Integer.class, "select public.enqueue_admin_message(md5('message6')::uuid, 1000)")).isEqualTo(1000);
        String people = inside("enqueue_admin_message");
        people = people.substring(people.indexOf("select p.id\n"), people.indexOf("for key share"))
                .replace("message.expanded_to", "md5('x')::uuid").replace("message.is_marketing", "false").replace("p_limit", "1000")
                .replaceAll("\\((user_ids|tiers|roles|coach_keys|countries|languages) is null or [^\\n]*\\)", "true");
        assertIndexed(operator, people, "profiles_pkey");
    }

    private String inside(String function) {
        return polaris.operator().value(String.class, "select prosrc from pg_proc where proname = ?", function);
    }

    private static void assertIndexed(Session session, String read, String... indexes) {
        assertThat(session.plan(read)).as(read).contains(List.of(indexes)).doesNotContain("Seq Scan on admin_message_deliveries").doesNotContain("Seq Scan on profiles");
    }

    /**
     * Loads five messages sent to all users, the last with unsent email, and a sixth not yet started; triggers and foreign keys are
     * disabled for speed.
     */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                insert into public.profiles (id, email) select md5('person' || i)::uuid, 'x' from generate_series(1, 20000) as i;
                insert into public.admin_messages (id, title, body_text, state, send_at, sent_at, approved_at, expanded_at, channels)
                    select md5('message' || i)::uuid, 'News', 'There is news.', case when i < 5 then 'sent' else 'sending' end, now(), case when i < 5 then now() end, now(),
                        case when i < 6 then now() end, '{email}'
                    from generate_series(1, 6) as i;
                insert into public.admin_message_deliveries (message_id, user_id, channel, sent_at)
                    select md5('message' || k)::uuid, md5('person' || i)::uuid, 'email', case when k < 5 or i %% 2 = 0 then now() end
                    from generate_series(1, 5) as k cross join generate_series(1, 20000) as i;
                insert into public.admin_message_deliveries (message_id, user_id, channel, sent_at)
                    values (md5('message1')::uuid, '%s', 'email', now());
                """.formatted(ALICE.account()));
        operator.script("analyze public.profiles, public.admin_messages, public.admin_message_deliveries");
    }
}
