package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import changelogs.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables of each system can be filled with rows that their constraints accept. */
class SeederTest {

    private static final int ROWS = 50;

    @TestFactory
    Stream<DynamicTest> fillsEachTable() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            String database = TestServer.get().migrated(system);
            try (Seeder seeder = new Seeder(database)) {
                seeder.people(Files.readString(Path.of("src/test/resources/fixtures", system + ".sql")));
                seeder.fill(ROWS);

                assertThat(seeder.unseeded()).as("tables without rows").isEmpty();
                assertThat(seeder.tables()).as("tables").isNotEmpty();
            }
            TestServer.get().discard(database);
        }));
    }
}
