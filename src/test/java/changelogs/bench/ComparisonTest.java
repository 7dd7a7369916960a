package changelogs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmark reports what became worse than its page says. */
class ComparisonTest {

    private static final String PAGE = """
            # A page

            <!-- Generated: mvn test -Pbench -Dupdate.pages -->

            | reads | few, count | none, count |
            | --- | --- | --- |
            | polaris sessions | 2.00 | 0.50 |
            | polaris events | 1.00 |  |

            | writes | 1 connection |
            | --- | --- |
            | polaris sessions | 3.00 |

            <!-- End of the generated tables -->

            The rest.
            """;

    private final PerformancePage page = new PerformancePage(PAGE);
    private final Comparison comparison = new Comparison(page.ratios());

    @Test
    void figureThatIsMoreThanHalfWorseIsReported() {
        assertThat(comparison.worse(List.of(figure("reads", "polaris sessions", "few, count", 1.6 * 2)))).containsExactly("reads: polaris sessions, few, count: 3.20, was 2.00");
    }

    @Test
    void figureThatIsLessThanHalfWorsePasses() {
        assertThat(comparison.worse(List.of(figure("reads", "polaris sessions", "few, count", 1.4 * 2), figure("writes", "polaris sessions", "1 connection", 1.4 * 3)))).isEmpty();
    }

    @Test
    void whatCostsLessThanItsBaselineMayRiseToIt() {
        assertThat(comparison.isWorse(figure("reads", "polaris sessions", "none, count", 1.4))).isFalse();
        assertThat(comparison.isWorse(figure("reads", "polaris sessions", "none, count", 1.6))).isTrue();
    }

    @Test
    void figureOfAColumnThatIsNotComparedPasses() {
        Figure stalls = figure("rollout", "update", "longest stalls, not compared", 9);

        assertThat(new Comparison(Map.of(stalls.name(), 1.0)).isWorse(stalls)).isFalse();
    }

    @Test
    void newFigurePasses() {
        assertThat(comparison.isWorse(figure("reads", "polaris attempts", "few, count", 9))).isFalse();
    }

    @Test
    void pageKeepsWhatWasNotMeasured() {
        String updated = page.with(List.of(figure("reads", "polaris sessions", "few, count", 2.5)));

        assertThat(new PerformancePage(updated).ratios()).hasSize(2).containsEntry(new Figure.Name("reads", "polaris sessions", "few, count"), 2.5)
                .containsEntry(new Figure.Name("writes", "polaris sessions", "1 connection"), 3.0);
        assertThat(updated).startsWith("# A page").endsWith("The rest.\n");
        assertThat(new PerformancePage(updated).with(List.of())).isEqualTo(updated);
    }

    private static Figure figure(String part, String row, String column, double ratio) {
        return new Figure(new Figure.Name(part, row, column), new Cost(ratio, 1));
    }
}
