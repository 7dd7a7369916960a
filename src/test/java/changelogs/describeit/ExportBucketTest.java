package changelogs.describeit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Changelog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The update creates the bucket exports where there is a storage service; rollback drops it only if it created the bucket and no file is left. */
class ExportBucketTest {

    private static final String BUCKETS = "select id from storage.buckets";
    private static final String WAITING = """
            select count(*) from unnest(array['0006-safe-checks-storage', '0006-exports-bucket', '0006-list-expired-export-files', '0006-objects-access']) as c (id)
            where not exists (select from extensions.databasechangelog as l where l.id = c.id)
            """;

    @RegisterExtension
    final Database describeIt = Database.ofItsOwn(State.upTo("0005", "describe-it", "local"));

    private Session owner;
    private Changelog changelog;

    @BeforeEach
    void readChangelog() {
        owner = describeIt.owner();
        changelog = describeIt.changelog().readOnce();
    }

    @Test
    void changesetsWaitForTheStorageService() {
        describeIt.operator().script("alter schema storage rename to storage_of_later");
        changelog.update();
        assertThat(owner.value(Long.class, WAITING)).as("changesets that wait").isEqualTo(4);
        changelog.rollbackToTag("0005");
        changelog.update();

        describeIt.operator().script("alter schema storage_of_later rename to storage");
        changelog.update();

        assertThat(owner.value(Long.class, WAITING)).isZero();
        assertThat(owner.column(String.class, BUCKETS)).containsExactly("exports");
        changelog.rollbackToTag("0005");
        assertThat(owner.column(String.class, BUCKETS)).isEmpty();
        assertThat(owner.rows("select from pg_policies where schemaname = 'storage'")).isEmpty();
    }

    @Test
    void existingBucketKeepsItsSettingsAndSurvivesRollback() {
        owner.update("insert into storage.buckets (id, name, public, file_size_limit) values ('exports', 'exports', false, 1000)");
        changelog.update();
        assertThat(owner.value(Long.class, "select file_size_limit from storage.buckets")).isEqualTo(1000);

        changelog.rollbackToTag("0005");

        assertThat(owner.column(String.class, BUCKETS)).containsExactly("exports");
    }

    @Test
    void bucketIsCreatedWithoutLimitsOnAnOldStorageService() {
        describeIt.operator().script("alter table storage.buckets drop column file_size_limit, drop column allowed_mime_types");

        changelog.update();

        assertThat(owner.column(String.class, BUCKETS)).containsExactly("exports");
    }

    @Test
    void publicBucketOfThatNameFailsTheUpdate() {
        owner.update("insert into storage.buckets (id, name, public) values ('exports', 'exports', true)");

        assertThatThrownBy(() -> changelog.update()).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("bucket exports is public");
        owner.update("update storage.buckets set public = false");
        changelog.update();
    }

    @Test
    void bucketWithFilesBlocksRollbackUnlessEmptiedOrKept() {
        changelog.update();
        owner.update("insert into storage.objects (bucket_id, name) values ('exports', 'a/b.csv')");

        assertThatThrownBy(() -> changelog.rollbackToTag("0005")).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("bucket exports holds objects").hasMessageContaining("ops/describe-it/storage-buckets.md");
        assertThat(owner.rows("select from pg_policies where schemaname = 'storage'")).as("policies after the failed rollback").isEmpty();
        changelog.update();
        changelog.allowingDataLoss().rollbackToTag("0005");

        assertThat(owner.column(String.class, BUCKETS)).as("buckets after a rollback that allows data loss").containsExactly("exports");
        assertThat(owner.value(Long.class, "select count(*) from storage.objects")).isOne();
    }

    @Test
    void lockOnStorageObjectsFailsTheUpdateAfterATimeout() throws Exception {
        try (var busy = describeIt.operator().connection(); var statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("lock table storage.objects in share mode");

            assertThatThrownBy(() -> changelog.update()).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("lock timeout");
            busy.rollback();
        }
        changelog.update();
    }
}
