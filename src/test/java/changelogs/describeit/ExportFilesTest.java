package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of exports: only their owner reads them, until they expire; the service writes them and learns which ones to delete. */
class ExportFilesTest {

    private static final String FILES = "select name from storage.objects order by name";
    private static final String TO_DELETE = "select public.list_expired_export_files()";
    private static final String UPLOAD = "insert into storage.objects (bucket_id, name) values (?, ?)";

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
        export = stored(ALICE, "now() + interval '1 day'");
    }

    @Test
    void bucketIsPrivateWithLimits() {
        assertThat(describeIt.owner().rows("select public, file_size_limit, allowed_mime_types::text from storage.buckets where id = 'exports'").get(0).values())
                .containsExactly(false, 52428800L, "{application/json,application/pdf,text/csv}");
    }

    @Test
    void usersReadOnlyTheirOwnFiles() {
        UUID his = stored(BOB, "null");

        assertThat(alice.column(String.class, FILES)).containsExactly(name(ALICE, export));
        assertThat(describeIt.as(BOB).column(String.class, FILES)).containsExactly(name(BOB, his));
        assertThat(describeIt.as(STRANGER).column(String.class, FILES)).isEmpty();
        assertThat(describeIt.as(ANON).column(String.class, FILES)).isEmpty();
        assertThat(service.column(String.class, FILES)).hasSize(2);
    }

    @Test
    void usersListTheNamesOfTheirFiles() {
        assertThat(alice.rows("select * from public.list_my_export_files()").get(0)).containsEntry("export_id", export).containsEntry("name", name(ALICE, export));
        assertThat(describeIt.as(BOB).rows("select * from public.list_my_export_files()")).isEmpty();
    }

    @Test
    void usersCannotWriteDeleteOrListFilesToDelete() {
        UUID pending = requested(ALICE);

        for (Session session : List.of(alice, describeIt.as(ANON))) {
            assertThatThrownBy(() -> session.update(UPLOAD, "exports", name(ALICE, pending))).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThat(session.update("update storage.objects set metadata = '{}'")).isZero();
            assertThat(session.update("delete from storage.objects")).isZero();
            for (String call : List.of(TO_DELETE, "select private.list_expired_export_files(1)", "select private.get_my_export_files()",
                    "select * from private.made_buckets")) {
                assertThatThrownBy(() -> session.rows(call)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThat(alice.update("update storage.buckets set public = true")).isZero();
    }

    @Test
    void expiredFileCannotBeReadAndIsListedUntilItIsDeleted() {
        UUID expired = stored(ALICE, "now()");

        assertThat(alice.column(String.class, FILES)).containsExactly(name(ALICE, export));
        service.rows("select public.clean_expired_exports()");
        assertThat(service.column(String.class, TO_DELETE)).containsExactly(name(ALICE, expired));
        assertThat(service.column(String.class, TO_DELETE)).as("a second call").containsExactly(name(ALICE, expired));

        service.update("delete from storage.objects where name = ?", name(ALICE, expired));
        assertThat(service.column(String.class, TO_DELETE)).isEmpty();
    }

    @Test
    void filesOfOpenExportsAreKept() {
        UUID running = requested(ALICE);
        service.update(UPLOAD, "exports", name(ALICE, running));
        assertThat(alice.column(String.class, FILES)).as("files of an export that is not completed").containsExactly(name(ALICE, export));

        service.rows("select public.move_export(?, 'processing')", running);
        assertThat(service.column(String.class, TO_DELETE)).isEmpty();
        service.rows("select public.move_export(?, 'failed')", running);
        assertThat(service.column(String.class, TO_DELETE)).as("an export that may be retried").isEmpty();

        describeIt.operator().script("set local session_replication_role = replica; update public.export_history set updated_at = now() - interval '25 hours'");
        assertThat(service.column(String.class, TO_DELETE)).containsExactly(name(ALICE, running));
    }

    @Test
    void filesOfArchivedExportsAndDeletedUsersAreListed() {
        UUID his = stored(BOB, "null");
        UUID archived = stored(ALICE, "now()");
        service.rows("select public.clean_expired_exports()");
        describeIt.owner().rows("select private.archive_export_history(now() + interval '1 day', 10)");
        assertThat(describeIt.count("private.export_history_archive")).isOne();

        describeIt.operator().update("delete from public.users where id = ?", BOB.account());

        assertThat(service.column(String.class, TO_DELETE)).containsExactlyInAnyOrder(name(BOB, his), name(ALICE, archived));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "A/x.csv", "A/E.json", "A/E.csv/more", "B/E.csv", "A/E", "A/00000000-0000-4000-8000-00000000000g.csv", "A/e/E.csv", "a\nb"})
    void fileWithAnotherNameIsListedAndUnreadable(String name) {
        String key = name.replace("A", ALICE.account().toString()).replace("B", BOB.account().toString()).replace("E", export.toString());
        service.update(UPLOAD, "exports", key);
        describeIt.owner().update("insert into storage.buckets (id, name) values ('other', 'other')");
        service.update(UPLOAD, "other", name(ALICE, export));

        assertThat(service.column(String.class, TO_DELETE)).containsExactly(key);
        assertThat(alice.column(String.class, FILES)).as("files in all buckets").containsExactly(name(ALICE, export));
    }

    @Test
    void listHasBounds() {
        stored(ALICE, "now()");
        stored(BOB, "now()");

        assertThat(service.column(String.class, "select public.list_expired_export_files(1)")).hasSize(1);
        for (String files : List.of("0", "1001", "null")) {
            assertThatThrownBy(() -> service.rows("select public.list_expired_export_files(" + files + ")")).as(files).is(sqlState(INVALID_PARAMETER));
        }
    }

    private UUID requested(Caller caller) {
        return service.value(UUID.class, "insert into public.export_history (user_id, export_type, export_format) values (?, 'vocabulary', 'csv') returning id",
                caller.account());
    }

    private UUID stored(Caller caller, String expiresAt) {
        UUID id = requested(caller);
        service.rows("select public.move_export(?, 'processing')", id);
        service.update(UPLOAD, "exports", name(caller, id));
        service.rows("select public.move_export(?, 'completed', p_file_url => ?, p_expires_at => " + expiresAt + ")", id, name(caller, id));
        return id;
    }

    private static String name(Caller caller, UUID export) {
        return caller.account() + "/" + export + ".csv";
    }
}
