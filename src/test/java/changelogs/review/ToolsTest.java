package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Command;
import changelogs.testing.Skip;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Findings of squawk, Supabase's advisors and the TypeScript compiler in prepared diffs. */
class ToolsTest {

    private static final int ROWS = 20;

    @BeforeEach
    void skipWithoutTheTools() {
        Skip.unless(Stream.of("squawk", "supabase", "tsc").allMatch(name -> Command.ofNpm(name).isPresent()),
                "the tools of a review, because they are not installed; install them with npm ci");
    }

    @Test
    void renamedColumnBreaksTheTypesOfApps() {
        Result result = review("rename-breaks-clients");

        assertThat(result.types().breaking()).contains("rows of table shops");
        assertThat(result.findings()).extracting(Finding::check).contains(Check.TYPES_BREAK);
        assertThat(texts(result)).anyMatch(text -> text.startsWith("squawk renaming-column: "));
    }

    @Test
    void advisorsReportAViewWithTheRightsOfItsOwner() {
        assertThat(texts(review("view-of-owner"))).anyMatch(text -> text.startsWith("advisors: ") && text.contains("security_definer_view"));
    }

    private static List<String> texts(Result result) {
        return result.findings().stream().map(Finding::text).toList();
    }

    private static Result review(String diff) {
        return Review.of(PreparedDiffs.base(), PreparedDiffs.head(diff), ROWS, true, Map.of());
    }
}
