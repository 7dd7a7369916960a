package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Meanwhile;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Export history: users request and read exports, the service changes their state, and other columns are immutable. */
class ExportHistoryTest {

    private static final String ASK = "insert into public.export_history (user_id, export_type, export_format) values (?, 'vocabulary', 'csv')";

    @RegisterExtension
    final Database describeIt = Database.of("describe-it");

    private Session alice;
    private Session service;
    private UUID export;

    @BeforeEach
    void populate() {
        Learners.populate(describeIt);
        alice = describeIt.as(ALICE);
        service = describeIt.as(SERVICE);
        alice.update(ASK, ALICE.account());
        export = alice.value(UUID.class, "select id from public.export_history");
    }

    @Test
    void exportGoesFromPendingToCompleted() {
        assertThat(state()).containsEntry("status", "pending").containsEntry("retry_count", 0).containsEntry("started_at", null);

        move("processing");
        assertThat(state()).containsEntry("status", "processing");
        service.rows("""
                select public.move_export(?, 'completed', p_records_count => 12, p_file_size_bytes => 345, p_file_url => 'https://files/1',
                    p_expires_at => now() + interval '1 day')
                """, export);

        assertThat(state()).containsEntry("status", "completed").containsEntry("records_count", 12).containsEntry("file_size_bytes", 345L)
                .containsEntry("file_url", "https://files/1").containsEntry("processing_time_seconds", 0);
        assertThat(describeIt.as(BOB).rows("select from public.export_history")).isEmpty();
    }

    @Test
    void userHasAtMost20OpenExports() {
        String many = "insert into public.export_history (user_id, export_type, export_format) select ?, 'vocabulary', 'csv' from generate_series(1, ?)";

        assertThatThrownBy(() -> alice.update(many, ALICE.account(), 20)).is(sqlState("PT429"));
        assertThat(alice.update(many, ALICE.account(), 19)).isEqualTo(19);
        assertThatThrownBy(() -> alice.update(ASK, ALICE.account())).is(sqlState("PT429"));

        assertThat(describeIt.as(BOB).update(ASK, BOB.account())).as("exports of another user").isOne();
        assertThat(service.update(ASK, ALICE.account())).as("exports that the service requests").isOne();
        move("processing");
        service.rows("select public.move_export(?, 'failed')", export);
        assertThatThrownBy(() -> alice.update(ASK, ALICE.account())).as("the export of the service counts, too").is(sqlState("PT429"));
    }

    @Test
    void failedExportRecordsItsErrorAndCanBeRetried() {
        move("processing");
        service.rows("select public.move_export(?, 'failed', p_error_message => 'disk full')", export);
        assertThat(state()).containsEntry("status", "failed").containsEntry("error_message", "disk full").containsEntry("completed_at", null);

        move("pending");
        assertThat(state()).containsEntry("status", "pending").containsEntry("retry_count", 1).containsEntry("started_at", null);

        move("processing");
        move("completed");
        assertThat(state()).containsEntry("status", "completed").containsEntry("error_message", null).containsEntry("retry_count", 1);
    }

    @Test
    void exportStatesFollowTheWorkflow() {
        refuseAllBut("processing");
        move("processing");
        refuseAllBut("completed", "failed");
        move("failed");
        refuseAllBut("pending");
        move("pending");
        move("processing");
        move("completed");
        refuseAllBut();
        assertThatThrownBy(() -> service.rows("select public.move_export(gen_random_uuid(), 'processing')")).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    @OfItsOwn
    void onlyOneOfTwoWorkersTakesAnExport() throws Exception {
        Session other = describeIt.as(SERVICE);
        Session blocker = describeIt.owner();
        blocker.connection().setAutoCommit(false);
        try (var lock = blocker.connection().createStatement()) {
            lock.execute("select from public.export_history for update");
        }

        var first = Meanwhile.get(() -> taken(service));
        var second = Meanwhile.get(() -> taken(other));
        blocker.connection().rollback();

        assertThat(List.of(first.get(10, TimeUnit.SECONDS), second.get(10, TimeUnit.SECONDS))).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void invalidOrOversizedRequestsAreRejected() {
        for (String row : List.of(
                "(user_id, export_type, export_format) values (auth.uid(), 'vocabulary', 'exe')",
                "(user_id, export_type, export_format) values (auth.uid(), '', 'csv')",
                "(user_id, export_type, export_format, filters) values (auth.uid(), 'x', 'csv', '[]')",
                "(user_id, export_type, export_format, filters) values (auth.uid(), 'x', 'csv', jsonb_build_object('a', repeat('x', 10000)))")) {
            assertThatThrownBy(() -> alice.update("insert into public.export_history " + row)).as(row).is(sqlState(CHECK_VIOLATION));
        }
        assertThat(alice.update("insert into public.export_history (user_id, export_type, export_format, filters) values (auth.uid(), 'x', 'pdf', '{\"level\": 1}')"))
                .isOne();
        assertThatThrownBy(() -> service.update(ASK, UUID.randomUUID())).is(sqlState(FOREIGN_KEY_VIOLATION));
    }

    @Test
    void tableOwnerIsSubjectToTheChecks() {
        Session owner = describeIt.owner();
        for (String change : List.of("status = 'banana'", "status = 'completed'", "file_url = 'https://forged'", "records_count = -1", "started_at = now()",
                "status = 'failed', started_at = now()", "data = '1'")) {
            assertThatThrownBy(() -> owner.update("update public.export_history set " + change)).as(change).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void usersCannotChangeExports() {
        for (String attack : List.of(
                "update public.export_history set status = 'completed'",
                "update public.export_history set file_url = 'https://forged'",
                "update public.export_history set created_at = '1999-01-01'",
                "update public.export_history set filters = null",
                "delete from public.export_history",
                "truncate public.export_history",
                "insert into public.export_history (user_id, export_type, export_format, status) values (auth.uid(), 'x', 'csv', 'completed')",
                "insert into public.export_history (user_id, export_type, export_format, created_at) values (auth.uid(), 'x', 'csv', '1999-01-01')",
                "insert into public.export_history (user_id, export_type, export_format, file_url) values (auth.uid(), 'x', 'csv', 'https://forged')",
                "insert into public.export_history (id, user_id, export_type, export_format) values (gen_random_uuid(), auth.uid(), 'x', 'csv')",
                "insert into public.export_history (user_id, export_type, export_format) values ('b0b00000-0000-4000-8000-000000000002', 'x', 'csv')",
                "select public.move_export('" + export + "', 'processing')",
                "select private.move_export('" + export + "', 'processing', null, null, null, null, null, null)",
                "select public.clean_expired_exports()",
                "select private.archive_export_history(now(), 1)",
                "select * from private.export_history_archive")) {
            assertThatThrownBy(() -> alice.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String attack : List.of("select * from public.export_history", ASK.replace("?", "null"), "select public.move_export(null, 'processing')")) {
            assertThatThrownBy(() -> describeIt.as(ANON).update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(state()).containsEntry("status", "pending");
    }

    @Test
    void serviceCannotRewriteExportsDirectly() {
        for (String attack : List.of(
                "update public.export_history set status = 'completed'",
                "update public.export_history set export_type = 'other'",
                "delete from public.export_history",
                "truncate public.export_history",
                "insert into public.export_history (user_id, export_type, export_format, created_at) values (null, 'x', 'csv', '1999-01-01')",
                "select * from private.export_history_archive")) {
            assertThatThrownBy(() -> service.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void filesOfExpiredExportsAreReturnedOnce() {
        UUID lasting = completed(ALICE.account(), "now() + interval '1 day'");
        UUID endless = completed(ALICE.account(), "null");
        UUID expired = completed(ALICE.account(), "now()");
        UUID other = completed(BOB.account(), "now() - interval '1 day'");

        assertThat(service.column(UUID.class, "select unnest(public.clean_expired_exports(1))")).as("export that expired first").containsExactly(other);
        assertThat(service.column(UUID.class, "select unnest(public.clean_expired_exports())")).containsExactly(expired);
        assertThat(service.column(UUID.class, "select unnest(public.clean_expired_exports())")).isEmpty();

        assertThat(service.column(UUID.class, "select id from public.export_history where file_url is not null")).containsExactlyInAnyOrder(lasting, endless);
        assertThat(service.column(UUID.class, "select id from public.export_history where data ? 'expired_at'".replace("?", "??")))
                .containsExactlyInAnyOrder(expired, other);
    }

    @Test
    void oldHistoryIsArchivedCompletelyInBatches() {
        Session owner = describeIt.owner();
        UUID withFile = completed(ALICE.account(), "null");
        owner.update("""
                insert into public.export_history (user_id, export_type, export_format, status, started_at, error_message)
                select ?, 'old' || i, 'csv', 'failed', now(), 'x' from generate_series(1, 5) as i
                """, BOB.account());
        owner.update("update public.export_history set created_at = now() - interval '2 years'");
        alice.update(ASK, ALICE.account());
        List<Map<String, Object>> rows = owner.rows("select id, to_jsonb(e)::text as entry from public.export_history as e where status = 'failed' order by id");

        assertThat(archive(owner, 2)).isEqualTo(2);
        assertThat(archive(owner, 2)).isEqualTo(2);
        assertThat(archive(owner, 2)).isEqualTo(1);
        assertThat(archive(owner, 2)).isZero();

        assertThat(owner.rows("select id, entry::text as entry from private.export_history_archive order by id")).isEqualTo(rows);
        assertThat(owner.column(UUID.class, "select id from public.export_history where created_at < now() - interval '1 year'"))
                .as("exports that are pending or have a file").containsExactlyInAnyOrder(export, withFile);
        describeIt.operator().update("delete from public.users where id = ?", BOB.account());
        assertThat(describeIt.count("private.export_history_archive")).as("archived rows of a deleted user").isZero();
    }

    @Test
    void triggerSetsUpdatedAtOnEveryUpdate() {
        describeIt.owner().update("update public.export_history set updated_at = '1999-01-01'");

        assertThat(alice.value(Boolean.class, "select updated_at > now() - interval '1 minute' from public.export_history")).isTrue();
    }

    private long archive(Session owner, int exports) {
        return owner.value(Long.class, "select private.archive_export_history(now() - interval '1 year', ?)", exports);
    }

    private UUID completed(UUID user, String expiresAt) {
        UUID id = service.value(UUID.class, ASK + " returning id", user);
        service.rows("select public.move_export(?, 'processing')", id);
        service.rows("select public.move_export(?, 'completed', p_file_url => 'https://files/1', p_expires_at => " + expiresAt + ")", id);
        return id;
    }

    private void move(String to) {
        service.rows("select public.move_export(?, ?)", export, to);
    }

    private boolean taken(Session worker) {
        try {
            worker.rows("select public.move_export(?, 'processing')", export);
            return true;
        } catch (changelogs.testing.SqlFailed e) {
            assertThat(e).is(sqlState(WRONG_STATE));
            return false;
        }
    }

    private void refuseAllBut(String... next) {
        for (String to : new String[] {"pending", "processing", "completed", "failed", "banana", null}) {
            if (to == null || !List.of(next).contains(to)) {
                assertThatThrownBy(() -> service.rows("select public.move_export(?, ?)", export, to)).as("to %s", to).is(sqlState(WRONG_STATE));
            }
        }
    }

    private Map<String, Object> state() {
        return alice.rows("select * from public.export_history where id = ?", export).get(0);
    }
}
