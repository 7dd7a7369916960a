package changelogs.polaris.content;

import static changelogs.polaris.People.COACH;
import static changelogs.polaris.People.DRAFT_DRILL;
import static changelogs.polaris.People.DRILL;
import static changelogs.polaris.People.PAID_DRILL;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queue of embeddings: content is queued when approved or changed, claimed by one worker at a time and retried after failures. */
class EmbeddingQueueTest {

    private static final String VECTOR = Vectors.at(10);

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeAll
    static void needPgvector() {
        Vectors.needPgvector();
    }

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        owner.update("delete from public.drills where id not in (?, ?, ?)", DRILL, PAID_DRILL, DRAFT_DRILL);
        owner.update("delete from public.embedding_queue where entity_id <> ?", DRILL);
    }

    private List<Map<String, Object>> claim(String worker) {
        return polaris.as(SERVICE).rows("select * from public.claim_embedding_jobs(10, ?)", worker);
    }

    private boolean complete(Map<String, Object> job) {
        return polaris.as(SERVICE).value(Boolean.class, "select public.complete_embedding_job(?, ?, ?::extensions.vector)", job.get("job"), job.get("claim"), VECTOR);
    }

    private boolean fail(Map<String, Object> job) {
        return polaris.as(SERVICE).value(Boolean.class, "select public.fail_embedding_job(?, ?, 'no model')", job.get("job"), job.get("claim"));
    }

    private String waiting() {
        return owner.rows("select entity_id, reason from public.embedding_queue order by created_at, entity_id").toString();
    }

    @Test
    void approvedContentIsQueuedAndDraftsAreNot() {
        assertThat(waiting()).isEqualTo("[{entity_id=%s, reason=new}]".formatted(DRILL));

        owner.update("update public.drills set title = 'Another' where id = ?", DRAFT_DRILL);
        assertThat(waiting()).doesNotContain(DRAFT_DRILL.toString());
        polaris.as(ADMIN).update("update public.drills set state = 'approved' where id = ?", DRAFT_DRILL);
        assertThat(waiting()).contains("{entity_id=%s, reason=new}".formatted(DRAFT_DRILL));
    }

    @Test
    void onlyChangesOfTextAreQueued() {
        assertThat(complete(claim("w").get(0))).isTrue();

        owner.update("update public.drills set difficulty = 2, is_public = true, title = title, state = 'approved' where id = ?", DRILL);
        assertThat(waiting()).isEqualTo("[]");
        for (String change : List.of("title = 'Another'", "prompt = 'Say more.'", "tags = '{a}'")) {
            owner.update("update public.drills set " + change + " where id = ?", DRILL);
            assertThat(waiting()).as(change).isEqualTo("[{entity_id=%s, reason=changed}]".formatted(DRILL));
            owner.update("delete from public.embedding_queue");
        }
    }

    @Test
    void workerClaimsTheTextAndStoresTheVector() {
        owner.update("update public.drills set title = 'Greet', prompt = 'Say hello.', tags = '{a,b}' where id = ?", DRILL);

        Map<String, Object> job = claim("w").get(0);
        assertThat(job).containsEntry("entity_type", "drill").containsEntry("entity_id", DRILL).containsEntry("attempts", 1)
                .containsEntry("content", "Greet\nSay hello.\na, b");
        assertThat(complete(job)).isTrue();
        assertThat(polaris.as(ALICE).column(UUID.class, "select entity_id from public.search_catalog(?::extensions.vector)", VECTOR)).containsExactly(DRILL);
        assertThat(polaris.count("public.embedding_queue")).isZero();
        assertThat(complete(job)).as("second completion").isFalse();
    }

    @Test
    void jobIsLockedForOneWorkerUntilTheLockExpires() {
        Map<String, Object> first = claim("first").get(0);
        assertThat(claim("second")).isEmpty();

        owner.update("update public.embedding_queue set locked_until = clock_timestamp()");
        Map<String, Object> second = claim("second").get(0);
        assertThat(second).containsEntry("attempts", 2);
        assertThat(complete(first)).as("completion by the first worker after its lock expired").isFalse();
        assertThat(fail(first)).isFalse();
        assertThat(owner.value(Boolean.class, "select embedding is null from public.drills where id = ?", DRILL)).isTrue();
        assertThat(complete(second)).isTrue();
    }

    @Test
    void vectorOfATextChangedMeanwhileIsNotStored() {
        Map<String, Object> job = claim("w").get(0);
        owner.update("update public.drills set prompt = 'Something else.' where id = ?", DRILL);

        assertThat(complete(job)).isFalse();
        assertThat(owner.value(Boolean.class, "select embedding is null from public.drills where id = ?", DRILL)).isTrue();
        assertThat(claim("w").get(0)).containsEntry("attempts", 1).containsEntry("reason", "changed");
    }

    @Test
    void failedJobIsRetriedWithBackoffUpToFiveTimes() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(fail(claim("w").get(0))).isTrue();
            assertThat(owner.value(Integer.class, "select round(extract(epoch from run_after - clock_timestamp()) / 60)::integer from public.embedding_queue"))
                    .as("minutes after failure %s", attempt).isEqualTo(1 << attempt - 1);
            assertThat(claim("w")).as("jobs before run_after").isEmpty();
            owner.update("update public.embedding_queue set run_after = clock_timestamp()");
        }
        assertThat(claim("w")).as("jobs after the fifth failure").isEmpty();
        assertThat(polaris.as(ADMIN).value(String.class, "select last_error from public.embedding_queue")).isEqualTo("no model");

        owner.update("update public.drills set title = 'Another' where id = ?", DRILL);
        assertThat(claim("w").get(0)).as("attempts after a change of the text").containsEntry("attempts", 1);
    }

    @Test
    void jobOfADeletedDrillIsDropped() {
        owner.update("delete from public.drills where id = ?", DRILL);
        Map<String, Object> job = claim("w").get(0);

        assertThat(job.get("content")).isNull();
        assertThat(polaris.as(SERVICE).value(Boolean.class, "select public.complete_embedding_job(?, ?, null)", job.get("job"), job.get("claim"))).isFalse();
        assertThat(polaris.count("public.embedding_queue")).isZero();
    }

    @Test
    void nullVectorIsRejected() {
        Map<String, Object> job = claim("w").get(0);

        assertThatThrownBy(() -> polaris.as(SERVICE).rows("select public.complete_embedding_job(?, ?, null)", job.get("job"), job.get("claim"))).is(sqlState(INVALID_PARAMETER));
        assertThat(polaris.count("public.embedding_queue")).as("jobs in the queue").isEqualTo(1);
    }

    @Test
    @OfItsOwn
    void concurrentWorkersClaimDifferentJobs() throws SQLException {
        owner.update("insert into public.drills (coach_key, type, title, prompt, state) select ?, 'speaking', 'A drill', 'Say it.', 'published' from generate_series(1, 9)", COACH);
        Session first = polaris.owner();
        first.connection().setAutoCommit(false);
        try (var statement = first.connection().createStatement()) {
            statement.execute("select * from private.claim_embedding_jobs(6, 'first', 60)");
        }

        List<Map<String, Object>> second = Meanwhile.get(() -> claim("second")).join();
        first.connection().commit();
        assertThat(second).as("jobs claimed by the second worker without waiting").hasSize(4);
        assertThat(owner.rows("select locked_by, count(*) as n from public.embedding_queue group by 1 order by 1"))
                .containsExactly(row("locked_by", "first", "n", 6L), row("locked_by", "second", "n", 4L));
    }

    @Test
    void backfillQueuesContentWithoutAVectorInBatches() {
        owner.update("insert into public.drills (coach_key, type, title, prompt, state) select ?, 'speaking', 'A drill', 'Say it.', 'published' from generate_series(1, 4)", COACH);
        owner.update("delete from public.embedding_queue");
        owner.update("update public.drills set embedding = ?::extensions.vector where id = ?", VECTOR, DRILL);
        Session service = polaris.as(SERVICE);

        // The paid drill and the four new ones; neither the draft nor the drill with a vector.
        assertThat(List.of(3, 2, 0)).allSatisfy(batch ->
                assertThat(service.value(Integer.class, "select public.enqueue_missing_embeddings(3)")).isEqualTo(batch));
        assertThat(waiting()).contains(PAID_DRILL.toString()).doesNotContain(DRILL.toString(), DRAFT_DRILL.toString());
        assertThat(owner.column(String.class, "select distinct reason from public.embedding_queue")).containsExactly("missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from public.claim_embedding_jobs(1, 'w')", "select public.enqueue_missing_embeddings(1)",
            "select public.complete_embedding_job(gen_random_uuid(), gen_random_uuid(), null)",
            "select public.fail_embedding_job(gen_random_uuid(), gen_random_uuid(), 'x')",
            "insert into public.embedding_queue (entity_type, entity_id, reason) values ('drill', gen_random_uuid(), 'new')",
            "delete from public.embedding_queue", "select private.compose_embedding_text('drill', gen_random_uuid())"})
    void queueIsTheServices(String attack) {
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(attack)).as("%s", caller).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void onlyAdminsSeeTheQueue() {
        assertThat(polaris.as(ADMIN).rows("select from public.embedding_queue")).hasSize(1);
        assertThat(polaris.as(ALICE).rows("select from public.embedding_queue")).isEmpty();
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.embedding_queue")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from public.claim_embedding_jobs(0, 'w')", "select * from public.claim_embedding_jobs(101, 'w')",
            "select * from public.claim_embedding_jobs(null, 'w')", "select * from public.claim_embedding_jobs(1, '')",
            "select * from public.claim_embedding_jobs(1, 'w', 0)", "select * from public.claim_embedding_jobs(1, 'w', null)",
            "select public.enqueue_missing_embeddings(0)", "select public.enqueue_missing_embeddings(null)", "select public.enqueue_missing_embeddings(10001)"})
    void boundsAreKept(String call) {
        assertThatThrownBy(() -> polaris.as(SERVICE).rows(call)).is(sqlState(INVALID_PARAMETER));
    }
}
