package changelogs.polaris.storage;

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

/** The update creates missing buckets; rollback drops only buckets that it created and that are empty. */
class BucketsTest {

    private static final String BUCKETS = "select id from storage.buckets order by id";

    @RegisterExtension
    final Database polaris = Database.ofItsOwn(State.upTo("0007", "polaris", "local"));

    private Session owner;
    private Changelog changelog;

    @BeforeEach
    void readChangelog() {
        owner = polaris.owner();
        changelog = polaris.changelog().readOnce();
    }

    private void takeBack() {
        changelog.rollbackCount(owner.value(Long.class, "select count(*) from extensions.databasechangelog where id like '0008-%'").intValue());
    }

    /** Adds the trigger of newer hosted projects that blocks direct deletes. */
    private void protectDeletes() {
        polaris.operator().script("""
                create function storage.protect_delete() returns trigger language plpgsql as $$
                begin
                    if coalesce(current_setting('storage.allow_delete_query', true), 'false') <> 'true' then
                        raise exception 'Direct deletion from storage tables is not allowed. Use the Storage API instead.' using errcode = '42501';
                    end if;
                    return null;
                end
                $$;
                create trigger protect_buckets_delete before delete on storage.buckets for each statement execute function storage.protect_delete();
                create trigger protect_objects_delete before delete on storage.objects for each statement execute function storage.protect_delete();
                """);
    }

    @Test
    void rollbackDropsEmptyBucketsItCreated() {
        protectDeletes();
        changelog.updateToTag("0008");

        takeBack();

        assertThat(owner.column(String.class, BUCKETS)).isEmpty();
        assertThat(owner.rows("select from pg_policies where schemaname = 'storage'")).isEmpty();
    }

    @Test
    void bucketsAreCreatedWithoutLimitsOnAnOldStorageService() {
        polaris.operator().script("alter table storage.buckets drop column file_size_limit, drop column allowed_mime_types");

        changelog.updateToTag("0008");

        assertThat(owner.column(String.class, BUCKETS)).containsExactlyInAnyOrder("user-media", "public-assets");
    }

    @Test
    void existingBucketKeepsItsSettingsAndSurvivesRollback() {
        owner.update("insert into storage.buckets (id, name, public, file_size_limit) values ('user-media', 'user-media', false, 1000)");
        changelog.updateToTag("0008");

        assertThat(owner.value(Long.class, "select file_size_limit from storage.buckets where id = 'user-media'")).isEqualTo(1000);
        takeBack();

        assertThat(owner.column(String.class, BUCKETS)).containsExactly("user-media");
    }

    @Test
    void bucketWithObjectsBlocksRollbackUnlessEmptiedOrKept() {
        changelog.updateToTag("0008");
        owner.update("insert into storage.objects (bucket_id, name) values ('user-media', 'a/b.webm')");

        assertThatThrownBy(this::takeBack).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("bucket user-media holds objects").hasMessageContaining("ops/polaris/storage-buckets.md");
        assertThat(owner.column(String.class, BUCKETS)).as("buckets after the failed rollback").containsExactly("user-media");
        changelog.update();
        assertThat(owner.column(String.class, BUCKETS)).as("buckets after the next update").containsExactly("public-assets", "user-media");

        changelog.allowingDataLoss().rollbackToTag("0002");

        assertThat(owner.column(String.class, BUCKETS)).as("buckets after a rollback that allows data loss").containsExactly("user-media");
        assertThat(owner.value(Long.class, "select count(*) from storage.objects")).isEqualTo(1);
    }

    @Test
    void publicBucketOfThatNameFailsTheUpdate() {
        owner.update("insert into storage.buckets (id, name, public) values ('user-media', 'user-media', true)");

        assertThatThrownBy(() -> changelog.updateToTag("0008")).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("A bucket user-media exists and is public");
    }

    @Test
    void lockOnStorageObjectsFailsTheUpdateAfterATimeout() throws Exception {
        try (var busy = polaris.operator().connection(); var statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("lock table storage.objects in share mode");

            assertThatThrownBy(() -> changelog.updateToTag("0008")).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("lock timeout");
            busy.rollback();
        }
        changelog.updateToTag("0008");
    }
}
