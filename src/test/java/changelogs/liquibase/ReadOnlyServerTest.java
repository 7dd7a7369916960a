package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Errors of runs on servers and sessions that accept no changes, and on a database of another kind. */
class ReadOnlyServerTest {

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    Changelog changelog;

    @BeforeEach
    void writeChangelog() {
        changelog = Scratch.changelog(folder, database.name(), Scratch.sql("notes", "create table public.notes ()", "drop table public.notes"));
    }

    @Test
    void errorSaysThatTheDatabaseIsReadOnly() {
        database.operator().script("alter database " + database.name() + " set default_transaction_read_only = on");

        assertThatThrownBy(changelog::update).hasMessageContaining("This session is read-only: default_transaction_read_only is on")
                .message().doesNotContain("make sure you have read and write permissions");
        assertThatThrownBy(changelog::status).hasMessageContaining("This session is read-only");
    }

    @Test
    void errorSaysThatTheUrlMakesTheSessionReadOnly() {
        Scratch.write(folder, Scratch.sql("notes", "create table public.notes ()", "drop table public.notes"));

        assertThatThrownBy(Changelog.atUrl(folder, Scratch.FILE, TestServer.get().server().url(database.name())
                + "?options=-c%20default_transaction_read_only=on")::update).hasMessageContaining("This session is read-only");
    }

    @Test
    void errorSaysThatTheDatabaseIsNotASupabaseProject() {
        database.operator().script("drop schema extensions cascade");

        assertThatThrownBy(changelog::update).hasMessageContaining("The database " + database.name() + " has no schema extensions, which every Supabase project has")
                .message().doesNotContain("make sure you have read and write permissions");
    }

    @Test
    void errorSaysThatTheServerIsAStandby() throws Exception {
        try (Standby standby = Standby.start(folder)) {
            Changelog there = Changelog.atUrl(folder, Scratch.FILE, standby.server().url(Server.MIGRATOR));

            assertThatThrownBy(there::update).hasMessageContaining("This server is a standby").hasMessageContaining("primary");
            assertThatThrownBy(() -> there.run("history", Map.of())).hasMessageContaining("This server is a standby");
        }
        assertThat(database.operator().value(Boolean.class, "select to_regclass('public.notes') is null")).isTrue();
    }
}
