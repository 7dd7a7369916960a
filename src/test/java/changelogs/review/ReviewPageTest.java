package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** ops/review.md describes each check once, in the order of {@link Check}, with alternatives that are valid YAML. */
class ReviewPageTest {

    private static final Path PAGE = Path.of("ops", "review.md");

    @Test
    void describesEachCheck() throws IOException {
        assertThat(found("(?m)^### (.*)$")).isEqualTo(Stream.of(Check.values()).map(Check::id).toList());
    }

    @Test
    void alternativesAreYaml() throws IOException {
        assertThat(found("(?s)```yaml\n(.*?)```")).isNotEmpty().allSatisfy(yaml -> assertThat(new Yaml().<Object>load(yaml)).isInstanceOf(List.class));
    }

    private static List<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern).matcher(Files.readString(PAGE)).results().map((MatchResult found) -> found.group(1)).toList();
    }
}
