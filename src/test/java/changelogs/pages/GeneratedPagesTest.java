package changelogs.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import changelogs.testing.Changelog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The generated pages of ops/&lt;system&gt; match the migrated database and the changelog. */
class GeneratedPagesTest {

    static final String REWRITE = "mvn test -Dtest=GeneratedPagesTest -Dupdate.pages";
    static final String NOTICE = "Generated from a migrated database and the changelog. To rewrite: " + REWRITE;

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");

    /** Databases of each system, created once. */
    private static final Map<String, Pages> SYSTEMS = new TreeMap<>();

    @AfterAll
    static void close() throws SQLException {
        for (Pages pages : SYSTEMS.values()) {
            pages.close();
        }
        SYSTEMS.clear();
    }

    @TestFactory
    Stream<DynamicTest> pagesMatchTheDatabase() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            Path folder = Path.of("ops", system);
            Map<String, String> pages = pages(system).write();
            if (System.getProperty("update.pages") != null) {
                rewrite(folder, pages);
            }
            compare(folder, pages);
            assertThat(brokenLinks(folder, pages)).as("broken links").isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> verifySqlExpectsTheObjectsOfTheChangelog() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            Path script = VerifyPart.script(system);
            String written = Files.readString(script);
            String found = pages(system).verify(written);
            if (System.getProperty("update.pages") != null) {
                Files.writeString(script, found);
                written = found;
            }
            if (!written.equals(found)) {
                fail(script + " does not expect the objects that the changelog creates (- script, + changelog):\n"
                        + difference(written.lines().toList(), found.lines().toList()) + "\nIf the change is intended, rewrite the script: " + REWRITE);
            }
        }));
    }

    @Test
    void pageOfADroppedTableIsReportedAndDeleted(@TempDir Path folder) throws IOException {
        Map<String, String> pages = Map.of("tables/users.md", "# public.users\n");
        Path stale = folder.resolve("tables/gone.md");
        Files.createDirectories(stale.getParent());
        Files.writeString(stale, "# public.gone\n");

        assertThatThrownBy(() -> compare(folder, pages)).hasMessageContaining("gone.md").hasMessageContaining("users.md").hasMessageContaining(REWRITE);
        rewrite(folder, pages);
        assertThat(stale).doesNotExist();
        compare(folder, pages);
    }

    @Test
    void outdatedPageIsReportedWithTheCommandThatRewritesIt(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("access.md"), "# Access\n| `anon` | - |\n");

        assertThatThrownBy(() -> compare(folder, Map.of("access.md", "# Access\n| `anon` | all rows |\n")))
                .hasMessageContaining("\n- | `anon` | - |\n+ | `anon` | all rows |\n").hasMessageContaining(REWRITE);
    }

    @Test
    void unlistedPrivilegeIsReported() throws SQLException {
        assertSeen(Map.ofEntries(
                Map.entry("grant select on public.action_events to anon", "| `anon` | no rows | - | - | - | - |"),
                Map.entry("grant select (version) on public.vector_progress to public", "| `anon` | no rows: version | - | - | - | - |"),
                Map.entry("grant trigger on public.vector_progress to anon", "| **trigger** |"),
                Map.entry("grant references (name) on private.backfills to authenticated", "| **references** |"),
                Map.entry("grant update (created_at) on public.vector_progress to authenticated", "draft_skipped_at, created_at |"),
                Map.entry("grant delete on public.action_events to authenticated", "own rows: completed_at, duration, metadata | no rows |"),
                Map.entry("grant truncate on public.action_events to authenticated", "| **yes** |"),
                Map.entry("grant usage on schema private to anon", "| `private` | reachable | - | - |"),
                Map.entry("grant execute on function private.seed_vector_progress() to authenticated",
                        "| `private.seed_vector_progress()` | - | only within policies | - |"),
                Map.entry("grant select on extensions.databasechangelog to anon", "| grants | `extensions.databasechangelog` | `anon` |  | select |"),
                Map.entry("revoke select on public.game_profiles from anon", "| revokes | `public.game_profiles` | `anon` |  | select |")));
    }

    @Test
    void unlistedRowsAreReported() throws SQLException {
        assertSeen(Map.of(
                "alter table public.vector_progress disable row level security",
                "| `authenticated`, a user with rows | all rows | all rows: profile_id",
                "create policy open on public.action_events for select to authenticated using (completed_at is not null)",
                "| `authenticated`, without rows | open rows | no rows: action_id"));
    }

    /** Asserts that each change of a migrated database changes access.md. */
    private static void assertSeen(Map<String, String> changes) throws SQLException {
        String before = pages("vectors").accessAfter("");
        String after = pages("vectors").accessAfter(String.join(";\n", changes.keySet()));
        changes.forEach((change, mark) -> {
            assertThat(before).doesNotContain(mark);
            assertThat(after).as(change).contains(mark);
        });
    }

    private static Pages pages(String system) throws SQLException {
        if (!SYSTEMS.containsKey(system)) {
            SYSTEMS.put(system, Pages.of(system));
        }
        return SYSTEMS.get(system);
    }

    private static void rewrite(Path folder, Map<String, String> pages) throws IOException {
        for (Path page : generated(folder, pages)) {
            Files.delete(page);
        }
        for (var page : pages.entrySet()) {
            Path file = folder.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue());
        }
    }

    private static void compare(Path folder, Map<String, String> pages) throws IOException {
        List<String> differences = new ArrayList<>();
        Set<Path> files = new HashSet<>(generated(folder, pages));
        for (var page : pages.entrySet()) {
            Path file = folder.resolve(page.getKey());
            List<String> written = files.remove(file) ? Files.readAllLines(file) : List.of();
            List<String> found = page.getValue().lines().toList();
            if (!written.equals(found)) {
                differences.add(file + ":\n" + difference(written, found));
            }
        }
        files.stream().sorted().forEach(file -> differences.add(file + " describes an object that no longer exists."));
        if (!differences.isEmpty()) {
            fail("Pages differ from the migrated database (- page, + database):\n"
                    + String.join("\n", differences.subList(0, Math.min(differences.size(), 10)))
                    + (differences.size() > 10 ? "\n… " + (differences.size() - 10) + " more pages" : "")
                    + "\nIf the change is intended, rewrite the pages and review the diff: " + REWRITE);
        }
    }

    private static Set<String> brokenLinks(Path folder, Map<String, String> pages) {
        Set<String> broken = new TreeSet<>();
        pages.forEach((page, text) -> LINK.matcher(text).results().map(link -> folder.resolve(page).resolveSibling(link.group(1)).normalize()).distinct()
                .filter(target -> !Files.exists(target)).forEach(target -> broken.add(page + " links to " + target)));
        return broken;
    }

    /** Existing generated pages: files with these names, and all files in folders that contain only generated pages. */
    private static List<Path> generated(Path folder, Map<String, String> pages) throws IOException {
        List<Path> files = new ArrayList<>(pages.keySet().stream().filter(page -> !page.contains("/")).map(folder::resolve).filter(Files::exists).toList());
        for (String name : List.of(Site.TABLES, Site.TOPICS)) {
            if (Files.exists(folder.resolve(name))) {
                try (Stream<Path> found = Files.list(folder.resolve(name))) {
                    found.forEach(files::add);
                }
            }
        }
        return files;
    }

    /** Lines that only one of the two pages has, at most 20. */
    private static String difference(List<String> written, List<String> found) {
        List<String> lines = Stream.concat(
                written.stream().filter(line -> !found.contains(line)).map(line -> "- " + line),
                found.stream().filter(line -> !written.contains(line)).map(line -> "+ " + line)).toList();
        return String.join("\n", lines.subList(0, Math.min(lines.size(), 20))) + (lines.size() > 20 ? "\n… " + (lines.size() - 20) + " more" : "");
    }
}
