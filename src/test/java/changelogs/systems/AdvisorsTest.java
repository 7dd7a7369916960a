package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Supabase advisors report no errors and no warnings for a migrated database. */
class AdvisorsTest {

    private static final boolean WINDOWS = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    private static final Path CLI = Path.of("node_modules", ".bin", WINDOWS ? "supabase.cmd" : "supabase");

    @BeforeEach
    void needsTheCommand() {
        Skip.unless(Files.exists(CLI), "Supabase's advisors, because their command is not installed; install it with npm ci");
    }

    @TestFactory
    Stream<DynamicTest> advisorsFindNoErrorsAndNoWarnings() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            try (Database database = Database.openMigrated(system)) {
                Command.Result advice = advisors(database);

                assertThat(advice.out()).contains("No issues found");
                assertThat(advice.status()).isZero();
            }
        }));
    }

    @Test
    void advisorsFindATableWithoutRowLevelSecurity() throws Exception {
        try (Database database = Database.openMigrated("vectors")) {
            database.owner().script("create table public.open_to_all (id integer primary key)");

            Command.Result advice = advisors(database);

            assertThat(advice.out()).contains("rls_disabled_in_public").contains("open_to_all");
            assertThat(advice.status()).isNotZero();
        }
    }

    private static Command.Result advisors(Database database) {
        Server server = TestServer.get().server();
        String url = "postgresql://" + Server.MIGRATOR + ":" + Server.PASSWORD + "@" + server.host() + ":" + server.port() + "/" + database.name();
        return Command.of(CLI.toAbsolutePath().toString(), "db", "advisors", "--remote=" + url + "?sslmode=disable",
                "--type", "all", "--level", "warn", "--fail-on", "warn")
                .merged().run();
    }
}
