package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of ops/polaris list all migrations and jobs, and their links are valid. */
class PolarisPagesTest {

    private static final Path OPS = Path.of("ops/polaris");
    private static final Path CHANGELOG = Path.of("changelog/polaris");
    private static final String MIGRATION = "\\d{4}-.*";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");

    @Test
    void everyMigrationIsInTheReleaseNotes() throws IOException {
        List<String> migrations = list(CHANGELOG, MIGRATION).stream().map(folder -> folder.getFileName().toString().substring(0, 4)).toList();
        assertThat(migrations).isNotEmpty();
        try (Stream<String> lines = Files.lines(OPS.resolve("release-notes.md"))) {
            assertThat(lines.filter(line -> line.matches("\\| \\d{4} \\|.*")).map(line -> line.substring(2, 6)))
                    .containsAll(migrations).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void everyJobIsInTheRunbook() throws IOException {
        Set<String> jobs = new TreeSet<>();
        for (Path file : functions()) {
            Pattern.compile("create or replace function private\\.run_job_(\\w+)\\(\\)").matcher(Files.readString(file)).results().forEach(job -> jobs.add(job.group(1)));
        }
        String runbook = Files.readString(OPS.resolve("README.md"));
        String table = runbook.substring(runbook.indexOf("| job |"), runbook.indexOf("The last run of each job"));

        assertThat(Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE).matcher(table).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(jobs).isNotEmpty();
    }

    @Test
    void everyLinkLeadsToAnExistingPageAndHeading() throws IOException {
        for (Path file : list(OPS, ".*\\.md")) {
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? file : OPS.resolve(link.group(1)).normalize();
                assertThat(target).as("link of %s", file).exists();
                if (link.group(2) != null) {
                    assertThat(Files.readAllLines(target)).as("%s of %s", link.group(), file)
                            .anyMatch(line -> line.startsWith("#") && slug(line).equals(link.group(2)));
                }
            }
        }
    }

    /** Files of functions; a file of the same name in a later migration replaces the function. */
    private static List<Path> functions() throws IOException {
        try (Stream<Path> files = Files.walk(CHANGELOG)) {
            return files.filter(file -> file.toString().endsWith(".sql")).toList();
        }
    }

    private static List<Path> list(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
        }
    }

    /** Anchor of a heading, as GitHub generates it. */
    private static String slug(String heading) {
        return heading.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
