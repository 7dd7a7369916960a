package changelogs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import changelogs.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Released changesets do not change. */
class ReleasedTest {

    @TempDir
    Path folder;

    static List<String> systems() {
        return Changelog.systems();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void releasedChangesetsAreUnchanged(String system) throws IOException {
        Released changesets = Released.of(system);
        List<Rule.Finding> findings = Rule.findings(Released.RULES, changesets);

        assertThat(findings).withFailMessage(() -> system + Rule.describe(findings)).isEmpty();
    }

    /** {@code -Dupdate.released -Dsystem=vectors} appends the new changesets, with today's date and the commit that is checked out. */
    @Test
    @EnabledIfSystemProperty(named = "update.released", matches = ".*")
    void release() throws IOException, InterruptedException {
        String system = namedSystem();
        assertThat(git("status", "--porcelain", "--", "changelog/" + system, "changelog/shared")).as("uncommitted changes of the changelog")
                .isEmpty();

        String addition = Released.of(system).addition(LocalDate.now(ZoneOffset.UTC), git("rev-parse", "HEAD").strip());
        Files.writeString(Released.file(system), addition, StandardOpenOption.APPEND);

        long changesets = addition.lines().filter(line -> !line.startsWith("#")).count();
        System.out.println(changesets == 0 ? Released.file(system) + " already lists all changesets"
                : "Added " + changesets + " changesets to " + Released.file(system) + "; commit this file");
    }

    /** {@code -Dreleased.current -Dsystem=vectors} checks this before a rollout to production. */
    @Test
    @EnabledIfSystemProperty(named = "released.current", matches = ".*")
    void everyChangesetIsReleased() throws IOException {
        String system = namedSystem();

        assertThat(Released.of(system).pending())
                .as("changesets that changelog/%1$s/released.txt does not list; mvn test -Dtest=ReleasedTest -Dupdate.released -Dsystem=%1$s adds them", system)
                .isEmpty();
    }

    private static String namedSystem() {
        assertThat(systems()).as("systems; -Dsystem must name one").contains(System.getProperty("system"));
        return System.getProperty("system");
    }

    private static String git(String... arguments) {
        Command.Result git = Command.of(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList()).merged().run();
        assertThat(git.status()).as(git.out()).isZero();
        return git.out();
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
                .containsExactly("library/0002::0002-books-shelf-index: gone", "library/0002::0002-books-shelf: inserted");
    }

    @Test
    void commentAndRollbackCanBeEdited() throws IOException {
        Released released = edited(Example.LENDING, "Find a shelf's books.", "Find the books of a shelf.");

        assertThat(Rule.findings(Released.RULES, released)).isEmpty();
    }

    @Test
    void changesetKeepsItsIdentityInAnotherPartOfTheMigration() throws IOException {
        Released released = edited(Example.LENDING_MAIN, "file: lending.yaml", "file: books.yaml");

        assertThat(released.current()).isEqualTo(released.released());
    }

    @Test
    void insertionIntoReleasedMigrationIsReported() {
        Released released = new Released(checksums("a/0001::0001-a", "a/0002::0002-c"),
                checksums("a/0001::0001-a", "a/0001::0001-b", "a/0002::0002-c", "a/0002::0002-d", "a/0003::0003-e"));

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place)
                .containsExactly("a/0001::0001-b: inserted", "a/0002::0002-d: inserted");
    }

    @Test
    void insertionOfMigrationBeforeReleasedOneIsReported() {
        Released released = new Released(checksums("a/0002::0002-b"), checksums("a/0001::0001-a", "a/0002::0002-b"));

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place).containsExactly("a/0001::0001-a: inserted");
    }

    @Test
    void reorderingOfReleasedChangesetsIsReported() {
        Released released = new Released(checksums("a/0001::0001-a", "a/0001::0001-b"), checksums("a/0001::0001-b", "a/0001::0001-a"));

        assertThat(Rule.findings(Released.RULES, released)).extracting(Rule.Finding::place).containsExactly("a/0001::0001-b: moved");
    }

    @Test
    void releaseAppendsNewChangesetsWithDateAndCommit() {
        Map<String, String> current = checksums("a/0001::0001-a", "a/0002::0002-b");
        Released released = new Released(checksums("a/0001::0001-a"), current);

        String addition = released.addition(LocalDate.of(2026, 3, 1), "f00");

        assertThat(addition).isEqualTo("# 2026-03-01, commit f00\na/0002::0002-b 9:0002-b\n");
        assertThat(Released.parse("a/0001::0001-a 9:0001-a\n" + addition)).isEqualTo(current);
        assertThat(new Released(current, current).addition(LocalDate.of(2026, 3, 2), "f01")).isEmpty();
    }

    private static Map<String, String> checksums(String... ids) {
        Map<String, String> checksums = new LinkedHashMap<>();
        Stream.of(ids).forEach(id -> checksums.put(id, "9:" + id.substring(id.indexOf("::") + 2)));
        return checksums;
    }

    /** The example as released and after an edit. */
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
