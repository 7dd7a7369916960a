package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The backfill counts existing sessions correctly, even while they change. */
class BackfillTest {

    @RegisterExtension
    final Database describeIt = Database.before("describe-it");

    @Test
    void existingUsersGetProgressFromTheirSessions() {
        Session operator = describeIt.operator();
        Learners.populate(describeIt);
        Learners.crowd(operator, 437, 3);
        operator.script("analyze public.users");

        describeIt.changelog().update();

        assertThat(Learners.wrong(operator)).as("users whose progress is wrong").isEmpty();
        assertThat(describeIt.count("public.user_progress")).isEqualTo(440);
        assertThat(operator.rows("select keys_estimated, keys_done, rows_added, finished_at is not null as finished from private.backfills"))
                .singleElement().satisfies(state -> assertThat(state).containsEntry("keys_estimated", 440L).containsEntry("keys_done", 440L)
                        .containsEntry("rows_added", 440L).containsEntry("finished", true));
    }

    @Test
    void implausibleSessionsOfOneUserDoNotStopTheBackfill() {
        Session operator = describeIt.operator();
        Learners.populate(describeIt);
        Learners.crowd(operator, 20, 2);
        describeIt.as(ALICE).update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at, duration_minutes, qa_attempts, qa_correct)
                select auth.uid(), 'qa', began, ended, minutes, minutes, minutes
                from unnest(array['4714-11-24 00:00:00+00 BC', '-infinity', '2026-03-01', '294276-12-31 23:59:59+00', 'infinity']::timestamptz[]) as ended
                cross join unnest(array['4714-11-24 00:00:00+00 BC', '-infinity', null, '294276-12-31 23:59:59+00', 'infinity']::timestamptz[]) as began
                cross join unnest(array[null, 0, 2147483647]) as minutes
                """);

        describeIt.changelog().update();

        assertThat(Learners.wrong(operator)).as("users whose progress is wrong").isEmpty();
        assertThat(operator.value(Integer.class, "select total_sessions from public.user_progress where user_id = ?", ALICE.account()))
                .as("sessions that ended on 2026-03-01").isEqualTo(15);
        operator.value(Long.class, "select private.recompute_user_progress(array(select id from public.users))");
        assertThat(Learners.wrong(operator)).as("users whose progress is wrong after a recount").isEmpty();
    }

    @Test
    void sessionsChangedDuringTheBackfillCountOnce() throws Exception {
        Session operator = describeIt.operator();
        Learners.crowd(operator, 600, 4);
        describeIt.changelog().updateToTag("0004");
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Integer>> writers = List.of(busy(stop, 1), busy(stop, 2));

        describeIt.changelog().update();
        TimeUnit.MILLISECONDS.sleep(100);
        stop.set(true);

        for (CompletableFuture<Integer> writer : writers) {
            assertThat(writer.get(20, TimeUnit.SECONDS)).as("changes during the backfill").isPositive();
        }
        assertThat(Learners.wrong(operator)).as("users whose progress is wrong").isEmpty();
    }

    @Test
    void lostConnectionKeepsCommittedBatchesAndTheNextRunResumes() throws Exception {
        Session operator = describeIt.operator();
        Learners.crowd(operator, 700, 1);
        describeIt.changelog().updateToTag("0004");
        UUID late = operator.value(UUID.class, "select id from public.users order by id offset 450 limit 1");
        Session blocker = describeIt.operator();
        blocker.connection().setAutoCommit(false);
        try (var lock = blocker.connection().prepareStatement("select from public.users where id = ? for update")) {
            lock.setObject(1, late);
            lock.execute();
        }

        CompletableFuture<Void> run = Meanwhile.run(() -> describeIt.changelog().update());
        awaitBatches(operator, 400);
        operator.update("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ~ 'backfill_user_progress'"
                + " and wait_event_type = 'Lock'");
        assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(LiquibaseFailed.class).hasMessageContaining("0005-backfill");
        blocker.connection().rollback();

        assertThat(describeIt.count("public.user_progress")).as("rows of committed batches").isEqualTo(400);
        describeIt.changelog().update();
        assertThat(Learners.wrong(operator)).isEmpty();
        assertThat(operator.value(Long.class, "select keys_done from private.backfills")).as("users processed in total").isEqualTo(700);
    }

    @Test
    void backfillCountsAgainAfterRollbackAndUpdate() {
        Session operator = describeIt.operator();
        Learners.crowd(operator, 3, 2);
        describeIt.changelog().update();
        describeIt.changelog().rollbackToTag("0004");
        operator.update("delete from public.sessions where duration_minutes = 7 and qa_correct = 1");
        Learners.crowd(operator, 2, 1);

        describeIt.changelog().update();

        assertThat(Learners.wrong(operator)).isEmpty();
        assertThat(describeIt.count("public.user_progress")).isEqualTo(5);
    }

    /** Finishes, edits, reopens, deletes and moves sessions of random users in a loop. */
    private CompletableFuture<Integer> busy(AtomicBoolean stop, int seed) {
        Session owner = describeIt.owner();
        return Meanwhile.get(() -> {
            int changes = 0;
            owner.rows("select setseed(?)", seed / 10.0);
            while (!stop.get()) {
                changes += owner.update("""
                        update public.sessions
                        set ended_at = case when random() < 0.7 then started_at + random() * interval '90 minutes' end, qa_attempts = 5 + (random() * 5)::integer
                        where id = (select id from public.sessions offset (random() * 1200)::integer limit 1)
                        """);
                owner.update("delete from public.sessions where id = (select id from public.sessions offset (random() * 1200)::integer limit 1)");
                owner.update("update public.sessions set user_id = (select id from public.users offset (random() * 500)::integer limit 1)"
                        + " where id = (select id from public.sessions offset (random() * 1200)::integer limit 1)");
            }
            return changes;
        });
    }

    private static void awaitBatches(Session operator, long keys) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var blocked = operator.rows("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            if (!blocked.isEmpty() && operator.value(Long.class, "select coalesce(max(keys_done), 0) from private.backfills") >= keys) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("The backfill did not reach the row that is locked.");
    }
}
