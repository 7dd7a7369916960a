package changelogs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was released stays as it was; {@code -Dupdate.released} adds what is new. */
class ReleasedTest {

    @TempDir
    Path folder;

    static List<String> systems() {
        return Changelog.systems();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void releasedChangesetsAreAsTheyWere(String system) throws IOException {
        Released changesets = Released.of(system);
        List<Rule.Finding> findings = Rule.findings(Released.RULES, changesets);

        assertThat(findings).withFailMessage(() -> system + Rule.describe(findings)).isEmpty();
        if (System.getProperty("update.released") != null) {
            Files.writeString(Released.file(system), changesets.text());
        }
    }

    @Test
    void editOfReleasedChangesetIsReported() throws IOException {
        Released released = edited("0002-lending.yaml", "indexName: books_shelf_id_idx\n            columns",
                "indexName: books_idx\n            columns");

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place)
                .containsExactly("0002-lending.yaml::0002-books-shelf-index: changed");
    }

    @Test
    void removalOfReleasedChangesetIsReported() throws IOException {
        Released released = edited("0002-lending.yaml", "id: 0002-books-shelf-index", "id: 0002-books-shelf");

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place)
                .containsExactly("0002-lending.yaml::0002-books-shelf-index: gone");
    }

    @Test
    void commentAndRollbackMayStillBeEdited() throws IOException {
        Released released = edited("0002-lending.yaml", "Find a shelf's books.", "Find the books of a shelf.");

        assertThat(Rule.findings(Released.RULES, released)).isEmpty();
    }

    @Test
    void newChangesetIsAddedBelowThoseThatWereReleased() {
        Released released = new Released(Map.of("0001-a.yaml::0001-a", "9:1"), new LinkedHashMap<>(Map.of("0001-a.yaml::0001-a", "9:1",
                "0002-b.yaml::0002-b", "9:2")));

        assertThat(released.text().lines().skip(1)).containsExactly("0001-a.yaml::0001-a 9:1", "0002-b.yaml::0002-b 9:2");
        assertThat(Released.parse(released.text())).isEqualTo(released.current());
    }

    /** The example as it was released, and as it is after an edit. */
    private Released edited(String file, String from, String to) throws IOException {
        Path changelog = Files.createDirectories(folder.resolve("changelog/library"));
        for (String name : Example.FILES) {
            try (InputStream in = Example.class.getResourceAsStream("/rules/" + name)) {
                Files.write(changelog.resolve(name), in.readAllBytes());
            }
        }
        Map<String, String> before = Released.current(folder, "changelog/library/changelog.yaml");
        String text = Files.readString(changelog.resolve(file), StandardCharsets.UTF_8);
        assertThat(text).containsOnlyOnce(from);
        Files.writeString(changelog.resolve(file), text.replace(from, to));
        return new Released(before, Released.current(folder, "changelog/library/changelog.yaml"));
    }
}
