package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times are extrapolated to the rows of production. */
class StatisticsTest {

    private static final Statistics ORDERS = new Statistics(Map.of("public.orders", 1_000_000L));

    @TempDir
    private Path folder;

    @Test
    void readsTheExportOfTheDocumentedQuery() throws IOException {
        Path file = Files.writeString(folder.resolve("review.stats.json"), "{ \"public.orders\" : 1000000, \"auth.users\" : 5000 }");

        assertThat(Statistics.in(file.toString()).rows()).isEqualTo(Map.of("public.orders", 1_000_000L, "auth.users", 5_000L));
    }

    @Test
    void rejectsInvalidFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("review.stats.json"), "[1, 2]");

        assertThatThrownBy(() -> Statistics.in(file.toString())).isInstanceOf(CannotCompare.class).hasMessageContaining("review.stats.json");
        assertThatThrownBy(() -> Statistics.in(folder.resolve("missing.json").toString())).isInstanceOf(CannotCompare.class);
    }

    @Test
    void timeGrowsWithTheRowsIfItGrewBetweenTheMeasurements() {
        assertThat(ORDERS.extrapolate("public.orders", 1_000, 1, 10_000, 10)).hasValue(1_000);
        assertThat(ORDERS.extrapolate("public.orders", 1_000, 2, 10_000, 2)).hasValue(2);
        assertThat(ORDERS.extrapolate("public.orders", 1_000, 3, 10_000, 2)).hasValue(2);
    }

    @Test
    void tableOfUnknownOrSmallSizeIsNotExtrapolated() {
        assertThat(ORDERS.extrapolate("public.shops", 1_000, 1, 10_000, 10)).isEmpty();
        assertThat(ORDERS.extrapolate("public.orders", 1_000_000, 1, 10_000_000, 10)).isEmpty();
    }
}
