package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Command;
import changelogs.testing.Skip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a review makes no requests in a browser, fits phones and desktops, and its details open. */
// Last, when the shared reviews of prepared diffs exist.
@Order(Integer.MAX_VALUE)
class BrowserTest {

    @TempDir
    private Path folder;

    @Test
    void pageFitsPhonesAndDesktopsWithoutRequestsAndItsDetailsOpen() throws Exception {
        Optional<Path> chromium = Command.find("chromium", "chromium-browser", "google-chrome");
        Skip.unless(chromium.isPresent(), "the page of a review in a browser, because Chromium is not installed");
        Result result = PreparedDiffs.review("policy-always-true");
        Path page = Files.writeString(folder.resolve("review.html"), Html.of(new Report("the base", "the head", Statistics.NONE, List.of(result)).markdown()));

        try (Browser browser = new Browser(chromium.get())) {
            for (int width : new int[] {390, 1400}) {
                browser.open(page, width);

                assertThat(browser.requests()).containsExactly(page.toUri().toString());
                assertThat((Integer) browser.evaluate("document.documentElement.scrollWidth")).as("width of the page").isLessThanOrEqualTo(width);
                assertThat((Integer) browser.evaluate("Math.round(parseFloat(getComputedStyle(document.body).fontSize))")).as("size of text").isEqualTo(16);
                assertThat(browser.evaluate("document.querySelector('details').open")).isEqualTo(false);
                Integer closed = (Integer) browser.evaluate("Math.round(document.querySelector('details').getBoundingClientRect().height)");
                browser.evaluate("document.querySelector('summary').click()");
                assertThat(browser.evaluate("document.querySelector('details').open")).isEqualTo(true);
                assertThat((Integer) browser.evaluate("Math.round(document.querySelector('details').getBoundingClientRect().height)")).isGreaterThan(closed);
                assertThat((Integer) browser.evaluate("document.documentElement.scrollWidth")).as("width of the page with an open fold").isLessThanOrEqualTo(width);
            }
        }
    }
}
