package changelogs.describeit;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Cost of the counting triggers: updates of sessions are measured alternately with and without the triggers in one run. */
@Isolated("It measures, and others would slow it.")
class TriggerCostTest {

    private static final int ROUNDS = 5;
    private static final int UPDATES = 60;

    @RegisterExtension
    final Database describeIt = Database.ofItsOwn("describe-it");

    @Test
    void triggerAddsLittleTimeToUpdatesOfSessions() throws Exception {
        Session owner = describeIt.owner();
        switchTriggers(owner, "disable");
        Learners.crowd(owner, 300, 40);
        owner.script("analyze public.users, public.sessions; select private.recompute_user_progress(array(select id from public.users))");
        List<UUID> sessions = owner.column(UUID.class, """
                insert into public.sessions (user_id, session_type, started_at) select u.id, 'qa', now() from public.users as u returning id
                """);

        double[] heartbeat = medians(owner, sessions, "update public.sessions set session_data = '{\"beat\": 1}' where id = ?");
        double[] finish = medians(owner, sessions, "update public.sessions set ended_at = now(), qa_attempts = 4, qa_correct = 3 where id = ?");
        List<UUID> latest = owner.column(UUID.class, """
                select distinct on (s.user_id) s.id from public.sessions as s where s.ended_at is not null order by s.user_id, s.ended_at desc
                """);
        double[] reopen = medians(owner, latest, "update public.sessions set ended_at = null where id = ?");

        System.out.printf("median of a session's update without and with the trigger: heartbeat %.0f and %.0f µs, end %.0f and %.0f µs,"
                + " reopening among 40 others %.0f and %.0f µs%n", heartbeat[0], heartbeat[1], finish[0], finish[1], reopen[0], reopen[1]);
        assertThat(finish[1] - finish[0]).as("microseconds that the trigger adds to finishing a session").isLessThan(5_000);
        assertThat(heartbeat[1] - heartbeat[0]).as("microseconds that the trigger adds to other updates").isLessThan(1_000);
    }

    /** Median times in microseconds without and with the trigger; each update is rolled back, so that all run on the same data. */
    private static double[] medians(Session owner, List<UUID> sessions, String update) throws Exception {
        double[] without = new double[ROUNDS * UPDATES];
        double[] with = new double[ROUNDS * UPDATES];
        for (int round = 0; round < ROUNDS; round++) {
            switchTriggers(owner, "disable");
            measure(owner, sessions, update, without, round);
            switchTriggers(owner, "enable");
            measure(owner, sessions, update, with, round);
        }
        return new double[] {median(without), median(with)};
    }

    private static void switchTriggers(Session owner, String state) {
        for (String event : List.of("insert", "update", "delete")) {
            owner.script("alter table public.sessions " + state + " trigger trg_sessions_user_progress_" + event);
        }
    }

    private static void measure(Session owner, List<UUID> sessions, String update, double[] times, int round) throws Exception {
        var connection = owner.connection();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement(update)) {
            for (int i = 0; i < UPDATES; i++) {
                statement.setObject(1, sessions.get((round * UPDATES + i) % sessions.size()));
                long start = System.nanoTime();
                statement.execute();
                times[round * UPDATES + i] = (System.nanoTime() - start) / 1_000.0;
                connection.rollback();
            }
        }
        connection.setAutoCommit(true);
    }

    private static double median(double[] times) {
        double[] sorted = IntStream.range(0, times.length).mapToDouble(i -> times[i]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
