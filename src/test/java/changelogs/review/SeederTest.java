package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
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
            SeededBase base = SeededBase.of(Side.of(Path.of(""), system), ROWS);

            assertThat(base.unseeded()).as("tables without rows").isEmpty();
            assertThat(base.rows()).as("rows by table").isNotEmpty();
        }));
    }
}
