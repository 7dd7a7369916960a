package changelogs.polaris.practice;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Session alice = polaris.as(ALICE);

        Map<String, List<String>> reads = new LinkedHashMap<>();
        reads.put("select * from public.v_user_weekly_minutes", List.of("daily_usage_pkey"));
        reads.put("select * from public.v_user_weekly_attempts", List.of("idx_attempts_user_id_created_at"));
        reads.put("select * from public.v_user_weekly_by_coach", List.of("idx_sessions_"));
        reads.put("select * from public.v_user_weekly_topics", List.of("idx_attempts_user_id_created_at", "drills_pkey"));
        reads.put("select * from public.v_user_weekly_recap", List.of("daily_usage_pkey", "idx_attempts_user_id_created_at", "idx_sessions_completed", "drills_pkey"));
        reads.put("select * from public.user_weekly_recaps order by week_start desc limit 10", List.of("user_weekly_recaps_pkey"));
        String ofAlice = " where user_id = '" + ALICE.account() + "'";
        reads.forEach((read, indexes) -> {
            assertThat(alice.plan(read)).as(read).contains(indexes).doesNotContain("Seq Scan on");
            for (Caller caller : new Caller[] {ADMIN, SERVICE}) {
                assertThat(polaris.as(caller).plan(read.contains(" order") ? read.replace(" order", ofAlice + " order") : read + ofAlice))
                        .as("%s: %s", caller, read).contains(indexes).doesNotContain("Seq Scan on");
            }
        });
        assertThat(operator.plan("select u.user_id from public.daily_usage as u where u.d - date '2000-01-01' = current_date - date '2000-01-01' and u.user_id > '" + ALICE.account() + "' order by u.user_id limit 100"))
                .as("query that selects the next batch of users").contains("idx_daily_usage_day_user_id").doesNotContain("Sort");
        assertThat(operator.plan("select v.user_id, v.topics from public.v_user_weekly_recap as v where v.user_id = any (array['" + ALICE.account()
                + "']::uuid[]) and v.week_start = '2026-03-02'")).as("query of the stored recap").doesNotContain("Seq Scan on");

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
