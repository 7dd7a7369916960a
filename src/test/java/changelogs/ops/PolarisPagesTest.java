package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of ops/polaris keep up with the changelog, and lead somewhere. */
class PolarisPagesTest {

    private static final Path OPS = Path.of("ops/polaris");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");

    @Test
    void everyMigrationHasItsRowInTheReleaseNotes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("changelog/polaris")); Stream<String> lines = Files.lines(OPS.resolve("release-notes.md"))) {
            List<String> migrations = files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*\\.yaml"))
                    .map(name -> name.substring(0, 4)).sorted().toList();

            assertThat(lines.filter(line -> line.matches("\\| \\d{4} \\|.*")).map(line -> line.substring(2, 6)))
                    .containsAll(migrations).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void everyLinkLeadsToAPageAndAHeading() throws IOException {
        for (String page : List.of("README.md", "policies.md", "release-notes.md", "storage-buckets.md", "adyen.md")) {
            Path file = OPS.resolve(page);
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? file : OPS.resolve(link.group(1)).normalize();
                assertThat(target).as("link of " + page).exists();
                if (link.group(2) != null) {
                    assertThat(Files.readAllLines(target)).as(link.group() + " of " + page)
                            .anyMatch(line -> line.startsWith("#") && slug(line).equals(link.group(2)));
                }
            }
        }
    }

    /** As the forge makes it. */
    private static String slug(String heading) {
        return heading.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
