package changelogs.polaris.practice;

import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of a learner use indexes with 100,000 sessions of others, without a condition added by the client. */
class PracticePlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsUseIndexes() {
        People.signUp(polaris);
        crowd(polaris.operator());
        PlannedQuery.of("polaris", "practice").forEach(query -> query.assertPlan(polaris));
        assertThat(polaris.as(ALICE).plan("insert into public.attempts (session_id, user_id, prompt) values (gen_random_uuid(), auth.uid(), 'x')")).doesNotContain("Seq Scan on");
    }

    /** Loads rows with triggers and foreign keys disabled, for speed. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                insert into public.profiles (id) select md5('person' || i)::uuid from generate_series(1, 2000) as i;
                insert into public.drills (coach_key, type, title, prompt, tags, state)
                    select case when i % 50 = 0 then 'demo' else 'other' || i % 20 end, 'qbank', 'x', 'x', array['topic ' || i % 500],
                        case when i % 3 = 0 then 'published' else 'draft' end
                    from generate_series(1, 30000) as i;
                insert into public.sessions (id, user_id, tier, status, started_at, ended_at)
                    select md5('s' || i)::uuid, md5('person' || 1 + i % 2000)::uuid, 'free', 'completed', now() - i * interval '1 minute', now()
                    from generate_series(1, 40000) as i;
                insert into public.attempts (session_id, user_id, prompt, created_at)
                    select md5('s' || i)::uuid, md5('person' || 1 + i % 2000)::uuid, 'x', now() - i * interval '1 minute' from generate_series(1, 40000) as i;
                insert into public.events (user_id, name, created_at)
                    select md5('person' || 1 + i % 2000)::uuid, 'practice_started', now() - i * interval '1 minute' from generate_series(1, 40000) as i;
                insert into public.daily_usage (user_id, d)
                    select md5('person' || 1 + i % 2000)::uuid, current_date - i / 2000 from generate_series(1, 40000) as i;
                """);
        operator.script("analyze public.profiles, public.drills, public.sessions, public.attempts, public.events, public.daily_usage");
    }
}
