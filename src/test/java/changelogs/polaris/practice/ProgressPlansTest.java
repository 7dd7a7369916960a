package changelogs.polaris.practice;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Progress views of a learner and drill statistics of a dashboard use indexes with 100,000 sessions of others. */
class ProgressPlansTest {

    private static final String SOME_DRILL = "'" + UUID.nameUUIDFromBytes(new byte[0]) + "'";

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsUseIndexes() {
        Session owner = People.signUp(polaris);
        owner.update("update public.profiles set active_coach_key = ? where id = ?", COACH, ALICE.account());
        crowd(polaris.operator());
        PlannedQuery.of("polaris", "progress").forEach(query -> query.assertPlan(polaris));
        assertThat(polaris.as(ALICE).plan("select * from public.v_drill_stats")).as("one call of the function for all drills").doesNotContain("Nested Loop");
        assertThat(owner.plan("select * from private.mv_drill_stats_daily as s where s.drill_id = " + SOME_DRILL + " and s.d between '2026-01-01' and '2026-01-07'"))
                .as("query of list_drill_stats_daily").contains("d >=").doesNotContain("Filter");
    }

    /** Loads rows with triggers and foreign keys disabled, for speed. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                insert into public.profiles (id) select md5('person' || i)::uuid from generate_series(1, 2000) as i;
                insert into public.drills (id, coach_key, type, title, prompt, state)
                    select md5('d' || i)::uuid, case when i % 20 = 0 then 'demo' else 'other' || i % 20 end, 'qbank', 'x', 'x',
                        case when i % 3 = 0 then 'published' else 'draft' end
                    from generate_series(1, 20000) as i;
                insert into public.sessions (id, user_id, drill_id, tier, status, started_at, ended_at, duration_sec, score)
                    select md5('s' || i)::uuid, md5('person' || 1 + i % 2000)::uuid, md5('d' || 1 + i % 19997)::uuid, 'free', 'completed',
                        now() - i * interval '1 minute', now() - i * interval '1 minute', 60, i % 100
                    from generate_series(1, 40000) as i;
                insert into public.attempts (session_id, user_id, prompt, feedback, score, created_at)
                    select md5('s' || i)::uuid, md5('person' || 1 + i % 2000)::uuid, 'x', '{"clarity": 50}', 50, now() - i * interval '1 minute'
                    from generate_series(1, 40000) as i;
                insert into public.daily_usage (user_id, d, drills_done)
                    select md5('person' || 1 + i % 2000)::uuid, current_date - i / 2000, 1 from generate_series(1, 40000) as i;
                refresh materialized view private.mv_drill_stats;
                refresh materialized view private.mv_drill_stats_daily;
                """);
        operator.script("analyze public.profiles, public.drills, public.sessions, public.attempts, public.daily_usage, private.mv_drill_stats, private.mv_drill_stats_daily");
        try (var statement = operator.connection().createStatement()) {
            // An index only scan needs a vacuumed table, as autovacuum provides in production.
            statement.execute("vacuum public.sessions");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
