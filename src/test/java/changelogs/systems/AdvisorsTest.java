package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.ops.SupabaseCommand;
import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Skip;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Supabase advisors report no errors and no warnings for a migrated database. */
class AdvisorsTest {

    @BeforeEach
    void needsTheCommand() {
        Skip.unless(Command.ofNpm("supabase").isPresent(), "Supabase's advisors, because the supabase command is not installed; install it with npm ci");
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
        return SupabaseCommand.advice(database.name(), Command.ofNpm("supabase").orElseThrow());
    }
}
