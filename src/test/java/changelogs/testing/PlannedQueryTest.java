package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of src/test/resources/plans. */
class PlannedQueryTest {

    @Test
    void eachStatementIsRead() throws IOException {
        for (String system : Changelog.systems()) {
            List<String> read = PlannedQuery.below(Path.of(""), system).stream().map(PlannedQuery::sql).distinct().toList();
            try (Stream<Path> files = Files.list(Path.of(PlannedQuery.FOLDER, system))) {
                List<String> lines = files.flatMap(PlannedQueryTest::lines).toList();

                assertThat(read).as("queries of %s", system).hasSize((int) lines.stream().filter(line -> line.endsWith(";")).distinct().count());
            }
        }
    }

    @Test
    void callersShareAQuery() {
        assertThat(PlannedQuery.of("polaris", "progress").stream().filter(query -> query.sql().contains("v_up_next_simple where")).map(PlannedQuery::caller))
                .containsExactly(Caller.ADMIN, Caller.SERVICE);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
