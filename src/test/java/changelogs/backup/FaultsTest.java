package changelogs.backup;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A failed backup or restore names its cause, leaves no partial result, and keeps older backups. */
class FaultsTest {

    @RegisterExtension
    final Database vectors = Database.ofItsOwn("vectors");

    @TempDir
    Path folder;

    private Backups backups;
    private Path mounted;

    @BeforeEach
    void rows() {
        backups = Backups.in(folder).database("staging", "vectors", vectors.name());
        vectors.owner().script(Fixture.of("vectors"));
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            Command.of("umount", mounted.toString()).run();
        }
    }

    private void assertRefused(Command.Result run, String words) {
        assertThat(run.out()).contains(words);
        assertThat(run.status()).as(run.out()).isEqualTo(2);
    }

    private void assertFailed(Command.Result run, String words) {
        assertThat(run.out()).contains(words).containsPattern("\n[0-9]+ passed, 1 failed\n$");
        assertThat(run.status()).as(run.out()).isEqualTo(1);
    }

    private int stored() {
        return (int) backups.run("list").out().lines().filter(line -> line.contains(" backup ")).count();
    }

    private List<Path> unencrypted() {
        try (Stream<Path> files = Files.list(folder.resolve("work"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachScriptPrintsItsUsage() {
        for (String script : List.of("take", "list", "restore", "drill")) {
            Command.Result help = backups.run(script, "--help");
            assertThat(help.out()).contains("ops/backup/" + script + " ").contains("Exits with 0");
            assertThat(help.status()).isZero();
            assertRefused(backups.run(script, "--wrong"), script + ": there is no option --wrong");
        }
        assertRefused(backups.run("take", "staging"), "usage: take");
        assertRefused(backups.run("take", "moon", "vectors"), "there is no environment 'moon'; the environments are: staging production");
        assertRefused(backups.run("drill", "staging", "moon"), "there is no system 'moon'; the systems are: connect describe-it polaris vectors");
    }

    @Test
    void allMissingVariablesAreNamed() {
        assertRefused(backups.run("take", "production", "vectors"), "Set VECTORS_PRODUCTION_DB_URL VECTORS_PRODUCTION_DB_USER VECTORS_PRODUCTION_DB_PASSWORD");
        assertRefused(backups.with("BACKUP_PASSWORD", "").run("take", "staging", "vectors"), "set BACKUP_PASSWORD");
    }

    @Test
    void wrongDatabaseIsRefused() {
        assertRefused(backups.database("staging", "vectors", "nothing_here").run("take", "staging", "vectors"), "database \"nothing_here\" does not exist");
        assertRefused(backups.database("staging", "connect", vectors.name()).run("take", "staging", "connect"), "carries the changelog of vectors, not of connect");
        try (Database empty = Database.openNewProject("vectors")) {
            assertRefused(backups.database("staging", "vectors", empty.name()).run("take", "staging", "vectors"), "has no log of Liquibase");
        }
        assertRefused(backups.with("VECTORS_STAGING_DB_URL", "postgres://localhost/x").run("take", "staging", "vectors"), "is not of the form jdbc:postgresql://");
        assertRefused(backups.with("VECTORS_STAGING_DB_URL", "jdbc:postgresql://127.0.0.1:1/x").run("take", "staging", "vectors"), "Connection refused");
        assertRefused(backups.with("VECTORS_STAGING_DB_URL", "jdbc:postgresql://a.pooler.supabase.com:6543/postgres").run("take", "staging", "vectors"), "port 6543");
        assertThat(backups.repository()).doesNotExist();
    }

    @Test
    void repositoryIsCreatedOnlyWithInit() {
        assertRefused(backups.run("take", "staging", "vectors"), "To create a new repository, use take --init");
        assertThat(backups.repository()).doesNotExist();
        assertThat(backups.run("take", "--init", "staging", "vectors").status()).isZero();
        assertRefused(backups.run("take", "--init", "staging", "vectors"), "cannot create a repository");
        assertRefused(backups.with("BACKUP_PASSWORD", "wrong").run("take", "staging", "vectors"), "wrong password");
    }

    @Test
    void olderPgDumpThanTheServerIsRefused() {
        Optional<Path> older = Backups.olderTools();
        Skip.unless(older.isPresent(), "refusal of an old pg_dump, because no pg_dump older than the server is installed");

        assertRefused(backups.with("PG_BIN", older.get().toString()).run("take", "--init", "staging", "vectors"), "is older than the server, " + TestServer.get().version());
    }

    @Test
    void databaseWithoutRowsIsNotBackedUp() {
        vectors.operator().script("truncate public.game_profiles, public.vector_progress, public.action_events, private.backfills, private.hourly_usage");

        assertFailed(backups.run("take", "--init", "staging", "vectors"), "FAIL  dumped     no table holds a row");
        assertThat(stored()).isZero();
        assertThat(unencrypted()).isEmpty();
    }

    @Test
    void backupFailsOnATableThatIsInNoList() {
        vectors.owner().script("create table public.made_by_hand (id integer)");

        assertFailed(backups.run("take", "--init", "staging", "vectors"), "FAIL  tables     in no list: public.made_by_hand");
        assertThat(stored()).isZero();
    }

    @Test
    void backupFailsOnATableThatTheRoleCannotRead() {
        vectors.operator().script("alter table public.action_events owner to supabase_admin; "
                + "revoke all on public.action_events from postgres, service_role, authenticated, anon");

        assertFailed(backups.run("take", "--init", "staging", "vectors"), "permission denied for table action_events");
        assertThat(stored()).isZero();
    }

    @Test
    void fullDiskIsReportedAndOlderBackupsRemain() throws IOException {
        mounted = Files.createDirectory(folder.resolve("small"));
        int status = Command.of("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mounted.toString()).run().status();
        Skip.unless(status == 0, "backup to a full disk, because only root can mount the small file system that simulates it");
        backups.with("BACKUP_REPOSITORY", mounted.resolve("repository").toString());
        assertThat(backups.run("take", "--init", "staging", "vectors").status()).isZero();
        // Random, so that it cannot be compressed.
        vectors.owner().script("""
                insert into public.game_profiles (display_name)
                select (select string_agg(md5(random()::text || n || i), '') from generate_series(1, 40) as i) from generate_series(1, 4000) as n
                """);

        assertFailed(backups.run("take", "staging", "vectors"), "FAIL  stored");
        assertThat(backups.run("take", "staging", "vectors").out()).contains("no space left on device");
        assertThat(stored()).as("remaining backups").isEqualTo(1);

        backups.with("BACKUP_WORK", mounted.toString());
        assertFailed(backups.run("take", "staging", "vectors"), "FAIL  dumped");
        assertThat(backups.run("take", "staging", "vectors").out()).contains("No space left on device");
    }

    @Test
    void restoreRefusesADatabaseThatIsNotEmpty() {
        assertThat(backups.run("take", "--init", "staging", "vectors").status()).isZero();
        assertRefused(backups.run("restore", "staging", "vectors"), "the target is not empty");
        try (Database target = Database.openNewProject("vectors")) {
            backups.database("staging", "vectors", target.name());
            target.operator().update("insert into auth.users (id) values (gen_random_uuid())");
            assertRefused(backups.run("restore", "staging", "vectors"), "the target contains accounts");
            assertThat(target.count("auth.users")).isOne();
            assertThat(target.operator().value(Boolean.class, "select to_regclass('public.game_profiles') is null")).isTrue();
        }
    }

    @Test
    void restoreRefusesAMissingBackup() {
        assertThat(backups.run("take", "--init", "staging", "vectors").status()).isZero();
        try (Database target = Database.openNewProject("vectors")) {
            backups.database("staging", "vectors", target.name()).database("production", "vectors", target.name());
            assertRefused(backups.run("restore", "staging", "vectors", "ffffffff"), "there is no backup ffffffff of vectors on staging");
            assertRefused(backups.run("restore", "production", "vectors"), "there is no backup of vectors on production");
        }
    }

    @Test
    void restoreAppliesNothingIfAChangesetWasEdited() {
        vectors.operator().script("update extensions.databasechangelog set md5sum = '9:00000000000000000000000000000000' where id = '0002-action-events'");
        assertThat(backups.run("take", "--init", "staging", "vectors").status()).isZero();
        try (Database target = Database.openNewProject("vectors")) {
            Command.Result run = backups.database("staging", "vectors", target.name()).run("restore", "staging", "vectors");

            assertFailed(run, "vectors/0002::0002-action-events::vectors has changed");
            assertThat(target.operator().value(Boolean.class, "select to_regclass('public.vector_progress') is null")).as("nothing was applied").isTrue();
        }
    }

    @Test
    void productionIsRestoredToAnotherEnvironmentOnlyMasked() {
        backups.database("production", "vectors", vectors.name());
        assertRefused(backups.run("restore", "staging", "vectors", "--from", "production"), "only with --masked");
    }

    @Test
    void retentionRemovesBackupsOnlyOfTheSameSystem() {
        backups.run("take", "--init", "staging", "vectors");
        Command.Result second = backups.run("take", "staging", "vectors");
        assertThat(second.out()).as("two of one day").contains("1 backups of staging-vectors kept");
        backups.database("production", "vectors", vectors.name()).run("take", "production", "vectors");

        assertThat(backups.run("list", "staging").out()).contains("staging-vectors").doesNotContain("production-vectors");
        assertThat(stored()).isEqualTo(2);
        assertThat(backups.run("list", "staging", "vectors", "--max-age", "1").status()).isZero();
        Command.Result missing = backups.run("list", "staging", "vectors", "--max-age", "1", "--max-drill-age", "8");
        assertThat(missing.out()).contains("PASS  backup").contains("FAIL  drill      there is no drill of vectors on staging");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(backups.run("list", "--metrics").out()).containsPattern("backup_last_success_timestamp_seconds\\{environment=\"staging\",system=\"vectors\"} 1[0-9]{9}\n");
    }
}
