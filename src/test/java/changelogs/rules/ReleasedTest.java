package changelogs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import java.io.IOException;
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
        Released released = edited(Example.LENDING, "indexName: books_shelf_id_idx\n            columns",
                "indexName: books_idx\n            columns");

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place)
                .containsExactly("library/0002::0002-books-shelf-index: changed");
    }

    @Test
    void editOfFileThatReleasedChangesetNamesIsReported() throws IOException {
        Released released = edited(Example.BOOK_COUNT, "select count(*)", "select count(b.id)");

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place)
                .containsExactly("library/0002::0002-book-count: changed");
    }

    @Test
    void removalOfReleasedChangesetIsReported() throws IOException {
        Released released = edited(Example.LENDING, "id: 0002-books-shelf-index", "id: 0002-books-shelf");

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place)
                .containsExactly("library/0002::0002-books-shelf-index: gone");
    }

    @Test
    void commentAndRollbackMayStillBeEdited() throws IOException {
        Released released = edited(Example.LENDING, "Find a shelf's books.", "Find the books of a shelf.");

        assertThat(Rule.findings(Released.RULES, released)).isEmpty();
    }

    @Test
    void changesetKeepsItsIdentityInAnotherPartOfTheMigration() throws IOException {
        Released released = edited(Example.LENDING_MAIN, "file: lending.yaml", "file: books.yaml");

        assertThat(released.current()).isEqualTo(released.released());
    }

    @Test
    void newChangesetIsAddedBelowThoseThatWereReleased() {
        Released released = new Released(Map.of("a/0001::0001-a", "9:1"), new LinkedHashMap<>(Map.of("a/0001::0001-a", "9:1",
                "a/0002::0002-b", "9:2")));

        assertThat(released.text().lines().skip(1)).containsExactly("a/0001::0001-a 9:1", "a/0002::0002-b 9:2");
        assertThat(Released.parse(released.text())).isEqualTo(released.current());
    }

    /** The example as it was released, and as it is after an edit. */
    private Released edited(String file, String from, String to) throws IOException {
        write(Example.good());
        Map<String, String> before = Released.current(folder, "changelog/library/changelog.yaml");
        write(Example.good().edit(file, from, to));
        Files.copy(folder.resolve("changelog").resolve(Example.LENDING), folder.resolve("changelog/library/0002-lending/books.yaml"));
        return new Released(before, Released.current(folder, "changelog/library/changelog.yaml"));
    }

    private void write(Example example) throws IOException {
        for (String name : Example.FILES) {
            Path file = folder.resolve("changelog").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, example.text(name));
        }
    }
}
