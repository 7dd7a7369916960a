package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queue of keys to validate: workers lease keys, report results and retry failures; the queue never holds a key. */
class KeyValidationTest {

    private static final String SET = "select public.set_api_key(?, ?)";
    private static final String CLAIM = "select * from public.claim_key_validations(?, 60)";
    private static final String FINISH = "select public.finish_key_validation(?, ?, ?, ?, ?)";
    private static final String[] ENVELOPES = {"enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAA", "enc:v1:k1:AAAAAAAAAAAAAAAB:AAAAAAAAAAAAAAAAAAAAAAAA"};

    @RegisterExtension
    final Database describeIt = Database.of("describe-it");

    private Session alice;
    private Session service;

    @BeforeEach
    void populate() {
        Learners.populate(describeIt);
        alice = describeIt.as(ALICE);
        service = describeIt.as(SERVICE);
        set(ALICE, "openai", 0);
    }

    @Test
    void keyThatIsSetIsQueuedAndItsResultShown() {
        assertThat(keys()).containsEntry("last_validated_at", null).containsEntry("is_active", true);
        Map<String, Object> claimed = claim();
        assertThat(claimed).containsEntry("user_id", ALICE.account()).containsEntry("provider", "openai").containsEntry("attempt", 1);
        assertThat(service.rows(CLAIM, 10)).as("keys that another worker could claim").isEmpty();

        assertThat(finish(claimed, "valid", null)).isTrue();

        assertThat(keys().get("last_validated_at")).isNotNull();
        assertThat(finish(claimed, "invalid", null)).as("a second report").isFalse();
        assertThat(service.rows(CLAIM, 10)).isEmpty();
    }

    @Test
    void invalidKeyDeactivatesUntilItIsReplacedOrDeleted() {
        finish(claim(), "valid", null);
        set(ALICE, "anthropic", 0);
        finish(claim(), "invalid", null);
        assertThat(keys()).containsEntry("is_active", false).containsEntry("last_validated_at", null);

        set(ALICE, "anthropic", 1);
        assertThat(keys()).as("a replaced key, like a new one").containsEntry("is_active", true);
        finish(claim(), "invalid", null);
        assertThat(keys()).containsEntry("is_active", false);

        alice.rows("select public.delete_api_key('anthropic')");
        assertThat(keys()).containsEntry("is_active", true);
        assertThat(keys().get("last_validated_at")).as("time of the check of the other key").isNotNull();
        assertThat(describeIt.count("private.key_validations")).isOne();
    }

    @Test
    void resultOfAReplacedOrDeletedKeyIsRejected() {
        Map<String, Object> claimed = claim();
        set(ALICE, "openai", 1);
        assertThat(finish(claimed, "invalid", null)).isFalse();
        assertThat(keys()).containsEntry("is_active", true);

        claimed = claim();
        alice.rows("select public.delete_api_key('openai')");
        assertThat(finish(claimed, "valid", null)).isFalse();
        assertThat(describeIt.count("private.key_validations")).isZero();
    }

    @Test
    void storingTheSameKeyAgainQueuesNothing() {
        finish(claim(), "valid", null);

        service.update("update public.user_api_keys set openai_api_key = openai_api_key, is_active = true");

        assertThat(service.rows(CLAIM, 10)).isEmpty();
    }

    @Test
    void failedKeyIsRetriedLaterAndEndsInTheDeadLetters() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            Map<String, Object> claimed = claim();
            assertThat(claimed).containsEntry("attempt", attempt);
            assertThat(finish(claimed, "failed", "timeout")).isTrue();
            if (attempt < 5) {
                assertThat(service.rows(CLAIM, 10)).as("keys before the wait is over").isEmpty();
                assertThat(entry("extract(epoch from run_after - clock_timestamp())::integer between ? and ?", 60 * (1 << attempt - 1) - 5, 60 * (1 << attempt - 1))).isTrue();
                due();
            }
        }
        due();
        assertThat(service.rows(CLAIM, 10)).isEmpty();
        assertThat(entry("status = 'dead' and last_error = 'timeout'")).isTrue();
        assertThat(keys()).as("a key without a result").containsEntry("is_active", true).containsEntry("last_validated_at", null);

        assertThat(service.value(Long.class, "select public.retry_dead_key_validations()")).isOne();
        finish(claim(), "valid", null);
        assertThat(entry("status = 'valid' and last_error is null")).isTrue();
    }

    @Test
    void expiredLeaseIsClaimedAgainAndDeadAfterTheFifth() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            Map<String, Object> claimed = claim();
            assertThat(claimed).containsEntry("attempt", attempt);
            due();
        }
        assertThat(service.rows(CLAIM, 10)).isEmpty();

        assertThat(entry("status = 'dead' and last_error = 'lease_expired' and claim is null")).isTrue();
    }

    @Test
    void lateResultCountsUntilAnotherWorkerClaimsTheKey() {
        Map<String, Object> first = claim();
        due();
        Map<String, Object> second = claim();

        assertThat(finish(first, "invalid", null)).isFalse();
        due();
        assertThat(finish(second, "valid", null)).isTrue();
    }

    @Test
    void nightlyJobQueuesUncheckedAndOldKeysOnly() {
        String enqueue = "select public.enqueue_key_validations(?)";
        assertThat(service.value(Long.class, enqueue, 10)).as("a key that is queued already").isZero();
        finish(claim(), "valid", null);
        assertThat(service.value(Long.class, enqueue, 10)).isZero();

        describeIt.owner().update("update private.key_validations set checked_at = now() - interval '31 days'");
        set(BOB, "openai", 0);
        set(BOB, "unsplash", 0);
        describeIt.owner().update("delete from private.key_validations where user_id = ?", BOB.account());
        assertThat(service.value(Long.class, enqueue, 2)).as("keys without an entry first").isEqualTo(2);
        assertThat(service.value(Long.class, enqueue, 10)).isOne();

        assertThat(service.rows(CLAIM, 10)).hasSize(3);
        assertThat(keys().get("last_validated_at")).as("stays until the next result").isNotNull();
    }

    @Test
    void resultsAreValidatedWithoutQuotingThem() {
        Map<String, Object> claimed = claim();
        for (String[] result : new String[][] {{"valid", "timeout"}, {"failed", null}, {"failed", "Incorrect API key provided: sk-live-1"}, {"sk-live-1", null}, {null, null},
                {"failed", "lease_expired"}}) {
            assertThatThrownBy(() -> finish(claimed, result[0], result[1])).is(sqlState(INVALID_PARAMETER)).hasMessageNotContaining("sk-live");
        }
        for (String bounds : List.of("0, 60", "101, 60", "1, 0", "1, 3601", "null, 60", "1, null")) {
            assertThatThrownBy(() -> service.rows("select public.claim_key_validations(" + bounds + ")")).as(bounds).is(sqlState(INVALID_PARAMETER));
        }
    }

    @Test
    void queueHoldsNoColumnForASecret() {
        assertThat(describeIt.operator().column(String.class, """
                select a.attname::text from pg_catalog.pg_attribute as a
                where a.attrelid = 'private.key_validations'::regclass and a.attnum > 0 and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype)
                    and not exists (
                        select from pg_catalog.pg_constraint as c
                        where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum] and pg_get_constraintdef(c.oid) like '%= ANY (ARRAY[%'
                    )
                """)).as("text columns without a list of values").isEmpty();
    }

    @Test
    void onlyTheServiceProcessesTheQueue() {
        for (Session session : List.of(alice, describeIt.as(BOB), describeIt.as(ANON))) {
            for (String call : List.of("select * from private.key_validations", "select public.claim_key_validations()", "select public.enqueue_key_validations()",
                    "select public.retry_dead_key_validations()", "select public.finish_key_validation(null, 'openai', null, 'valid')",
                    "select private.claim_key_validations(1, 60)", "select private.apply_key_validations(null)")) {
                assertThatThrownBy(() -> session.rows(call)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        for (String attack : List.of("select * from private.key_validations", "delete from private.key_validations", "select private.apply_key_validations(null)")) {
            assertThatThrownBy(() -> service.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void deletedUserLeavesTheQueue() {
        describeIt.operator().update("delete from public.users where id = ?", ALICE.account());

        assertThat(describeIt.count("private.key_validations")).isZero();
    }

    @Test
    @OfItsOwn
    void workersNeverClaimTheSameKey() throws Exception {
        set(BOB, "openai", 0);
        Session first = describeIt.owner();
        first.connection().setAutoCommit(false);
        Object hers;
        try (var claim = first.connection().createStatement(); var row = claim.executeQuery("select user_id from private.claim_key_validations(1, 60)")) {
            row.next();
            hers = row.getObject(1);
        }

        List<Map<String, Object>> his = Meanwhile.get(() -> service.rows(CLAIM, 10)).get(10, TimeUnit.SECONDS);
        first.connection().commit();

        assertThat(his).hasSize(1);
        assertThat(List.of(hers, his.get(0).get("user_id"))).containsExactlyInAnyOrder(ALICE.account(), BOB.account());
    }

    @Test
    @OfItsOwn
    void workersAndUsersDoNotDeadlock() throws Exception {
        var user = Meanwhile.run(() -> {
            Session session = describeIt.as(ALICE);
            for (int i = 0; i < 200; i++) {
                session.rows(SET, "openai", ENVELOPES[i % 2]);
            }
        });
        Session nightly = describeIt.as(SERVICE);
        var job = Meanwhile.run(() -> {
            while (!user.isDone()) {
                nightly.rows("select public.enqueue_key_validations(10, '-1 day')");
            }
        });
        int accepted = 0;
        while (!user.isDone()) {
            for (Map<String, Object> claimed : service.rows(CLAIM, 10)) {
                accepted += finish(claimed, "valid", null) ? 1 : 0;
            }
        }
        user.get(60, TimeUnit.SECONDS);
        job.get(60, TimeUnit.SECONDS);

        assertThat(accepted).isPositive();
    }

    private void set(Caller caller, String provider, int envelope) {
        describeIt.as(caller).rows(SET, provider, ENVELOPES[envelope]);
    }

    private Map<String, Object> claim() {
        List<Map<String, Object>> claimed = service.rows(CLAIM, 10);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private boolean finish(Map<String, Object> claimed, String result, String error) {
        return service.value(Boolean.class, FINISH, (UUID) claimed.get("user_id"), claimed.get("provider"), claimed.get("claim"), result, error);
    }

    /** Moves waits and leases into the past. */
    private void due() {
        describeIt.owner().update("update private.key_validations set run_after = clock_timestamp() - interval '1 second'");
    }

    private boolean entry(String condition, Object... values) {
        return describeIt.owner().value(Boolean.class, "select " + condition + " from private.key_validations", values);
    }

    private Map<String, Object> keys() {
        return alice.rows("select last_validated_at, is_active from public.user_api_keys").get(0);
    }
}
