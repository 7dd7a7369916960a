package changelogs.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Session;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The backfill gives every profile its first row in each vector, also after interruptions and for concurrently created profiles. */
class BackfillTest {

    private static final String UNSEEDED = """
            select count(*)
            from public.game_profiles as p
            where (select count(distinct v.vector) from public.vector_progress as v where v.profile_id = p.id and v.version = 'v1') < 5
            """;

    @RegisterExtension
    final Database vectors = Database.before("vectors");

    @Test
    void existingProfilesAreSeededInBatches() {
        Session operator = vectors.operator();
        Game.crowd(operator, 2_500);
        operator.script("analyze public.game_profiles");

        vectors.changelog().update();

        assertThat(operator.value(Long.class, UNSEEDED)).as("profiles without their five rows").isZero();
        assertThat(operator.rows("""
                select keys_estimated, keys_done, rows_added, finished_at is not null as finished from private.backfills where name = 'vector_progress'
                """)).singleElement().satisfies(state -> assertThat(state)
                        .containsEntry("keys_estimated", 2_500L).containsEntry("keys_done", 2_500L)
                        .containsEntry("rows_added", 12_500L).containsEntry("finished", true));
    }

    @Test
    void backfillFinishesAtAnExactMultipleOfTheBatchSize() {
        Game.crowd(vectors.operator(), 2_000);

        vectors.changelog().update();

        assertThat(vectors.operator().value(Long.class, UNSEEDED)).isZero();
        assertThat(vectors.operator().rows("select from private.backfills where finished_at is null")).isEmpty();
    }

    @Test
    void newProfilesAreSeededByTheTrigger() {
        vectors.changelog().update();

        Game.populate(vectors);
        Game.crowd(vectors.operator(), 1_000);

        assertThat(vectors.operator().value(Long.class, UNSEEDED)).isZero();
    }

    @Test
    void profileCreatedByAPlayerIsSeeded() {
        vectors.changelog().update();
        vectors.operator().update("insert into auth.users (id) values (?)", changelogs.testing.Caller.ALICE.account());

        vectors.as(changelogs.testing.Caller.ALICE).update("insert into public.game_profiles (user_id) values (auth.uid())");

        assertThat(vectors.operator().value(Long.class, UNSEEDED)).isZero();
        assertThat(vectors.count("public.vector_progress")).isEqualTo(5);
    }

    @Test
    void backfillKeepsExistingProgress() {
        vectors.changelog().updateToTag("0003");
        UUID profile = UUID.randomUUID();
        Game.profile(vectors.operator(), profile, null);
        vectors.operator().update("insert into public.vector_progress (profile_id, vector, step_index) values (?, 'mind', 9)", profile);

        vectors.changelog().update();

        assertThat(vectors.operator().value(Integer.class, "select step_index from public.vector_progress where vector = 'mind'")).isEqualTo(9);
        assertThat(vectors.operator().value(Long.class, UNSEEDED)).isZero();
    }

    @Test
    void lostConnectionKeepsCommittedBatchesAndTheNextRunResumes() throws Exception {
        Session operator = vectors.operator();
        vectors.changelog().updateToTag("0003");
        vectors.changelog().updateCount(1);
        Game.crowd(operator, 5_500);
        UUID late = operator.value(UUID.class, "select id from public.game_profiles order by id offset 3300 limit 1");
        Session blocker = vectors.operator();
        blocker.connection().setAutoCommit(false);
        try (var lock = blocker.connection().prepareStatement("select from public.game_profiles where id = ? for update")) {
            lock.setObject(1, late);
            lock.execute();
        }

        CompletableFuture<Void> run = Meanwhile.run(() -> vectors.changelog().update());
        awaitBatches(operator, 3_000);
        operator.update("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ~ 'backfill_vector_progress'"
                + " and wait_event_type = 'Lock'");
        assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(LiquibaseFailed.class).hasMessageContaining("0004-backfill");
        blocker.connection().rollback();

        assertThat(operator.value(Long.class, "select count(*) from public.vector_progress")).as("rows of committed batches").isEqualTo(15_000);
        assertThat(operator.value(Long.class, "select keys_done from private.backfills")).isEqualTo(3_000);
        vectors.changelog().update();
        assertThat(operator.value(Long.class, UNSEEDED)).isZero();
        assertThat(operator.value(Long.class, "select keys_done from private.backfills")).as("profiles processed in total").isEqualTo(5_500);
    }

    @Test
    void backfillStartsOverAfterRollbackAndUpdate() {
        vectors.changelog().update();
        Game.crowd(vectors.operator(), 10);
        vectors.operator().update("delete from public.vector_progress");

        vectors.changelog().rollbackCount(1);
        vectors.changelog().update();

        assertThat(vectors.operator().value(Long.class, UNSEEDED)).isZero();
    }

    private static void awaitBatches(Session operator, long keys) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var blocked = operator.rows("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            if (!blocked.isEmpty() && operator.value(Long.class, "select keys_done from private.backfills") >= keys) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("The backfill did not reach the row that is locked.");
    }
}
