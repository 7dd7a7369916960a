package changelogs.polaris.practice;

import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Weekly views of a learner and the batches of the job use indexes with many sessions, attempts and usage rows of others. */
class WeeklyRecapPlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void readsAndTheJobUseIndexes() {
        People.signUp(polaris);
        Session operator = polaris.operator();
        crowd(operator);
        PlannedQuery.of("polaris", "weekly-recaps").forEach(query -> query.assertPlan(polaris));

        long began = System.nanoTime();
        int people = polaris.as(SERVICE).value(Integer.class, "select public.make_weekly_recaps(public.manila_week_start(now()) - 7, 1000)");
        assertThat(people).isEqualTo(1000);
        assertThat(System.nanoTime() - began).as("nanoseconds for 1,000 people").isLessThan(10_000_000_000L);
        assertThat(operator.value(Long.class, "select count(*) from public.user_weekly_recaps where attempts > 0 and jsonb_array_length(topics) > 0")).isEqualTo(1000);
    }

    /** Loads rows with triggers and foreign keys disabled, for speed: 2,000 users who practice every second day. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                insert into public.profiles (id) select md5('person' || i)::uuid from generate_series(1, 2000) as i;
                insert into public.drills (id, coach_key, type, title, prompt, tags, state)
                    select md5('d' || i)::uuid, 'demo', 'qbank', 'x', 'x', array['topic ' || i % 50], 'published' from generate_series(1, 20000) as i;
                insert into public.sessions (id, user_id, drill_id, coach_key, tier, status, started_at, ended_at, duration_sec, score)
                    select md5('s' || i)::uuid, md5('person' || 1 + i % 2000)::uuid, md5('d' || 1 + i % 19997)::uuid, 'demo', 'free', 'completed',
                        now() - i / 2000 * interval '2 days', now() - i / 2000 * interval '2 days', 60, i % 100
                    from generate_series(1, 60000) as i;
                insert into public.attempts (session_id, user_id, drill_id, prompt, score, created_at)
                    select id, user_id, drill_id, 'x', score, ended_at from public.sessions;
                insert into public.daily_usage (user_id, d, minutes_used, drills_done)
                    select user_id, (ended_at at time zone 'Asia/Manila')::date, 1, 1 from public.sessions on conflict do nothing;
                insert into public.user_weekly_recaps (user_id, week_start, minutes, drills, active_days, expressions_saved, attempts, coaches, topics)
                    select md5('person' || i)::uuid, date '2020-01-06' + 7 * week, 1, 1, 1, 0, 0, '[]', '[]' from generate_series(1, 2000) as i, generate_series(1, 20) as week;
                """);
        operator.script("analyze public.profiles, public.drills, public.sessions, public.attempts, public.daily_usage, public.user_weekly_recaps");
        try (var statement = operator.connection().createStatement()) {
            // An index only scan needs vacuumed tables, as autovacuum provides in production.
            statement.execute("vacuum public.sessions, public.daily_usage");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
