package changelogs.testing.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Output of a test run. */
class ClassReportTest {

    private static final Pattern LINE = Pattern.compile("  \\S+\\$(\\w+) +(\\d+) tests? +(\\d+\\.\\d) s(.*)");
    private static final LauncherConfig ALONE = LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build();

    private record Line(String name, int tests, double seconds, String remark) {
    }

    @Test
    void classHasOneLineWithItsNumbersOfTestsAndSkippedTests() {
        assertThat(lines(run(Samples.Mixed.class))).first().satisfies(line -> {
            assertThat(line.name()).isEqualTo("Mixed");
            assertThat(line.tests()).isEqualTo(6);
            assertThat(line.remark()).isEqualTo("  2 skipped");
        });
    }

    @Test
    void testsOfASkippedClassAreSkipped() {
        assertThat(lines(run(Samples.DisabledClass.class))).first()
                .satisfies(line -> assertThat(line.tests() + line.remark()).isEqualTo("1  1 skipped"));
        assertThat(lines(run(Samples.AbortedBefore.class))).first()
                .satisfies(line -> assertThat(line.tests() + line.remark()).isEqualTo("2  2 skipped"));
    }

    @Test
    void failureIsPrintedWithTestMessageAndCause() {
        List<String> printed = run(Samples.Failing.class);

        assertThat(printed.get(0).lines()).satisfiesExactly(
                line -> assertThat(line).isEqualTo("FAILED: changelogs.testing.report.Samples$Failing > fails()"),
                line -> assertThat(line).isEqualTo("  java.lang.IllegalStateException: no such table"),
                line -> assertThat(line).startsWith("      at changelogs.testing.report.Samples$Failing.fails(Samples.java:"),
                line -> assertThat(line).isEqualTo("  Caused by: java.lang.NumberFormatException: not a number"));
        assertThat(lines(printed)).first().satisfies(line -> assertThat(line.tests() + line.remark()).isEqualTo("1  1 failed"));
    }

    @Test
    void failureInALibraryIsPrintedWithTheThrowingFrameAndOwnFrames() {
        assertThat(run(Samples.FailingInLibrary.class).get(0).lines().filter(line -> line.contains("   at "))).satisfiesExactly(
                line -> assertThat(line).contains("at java.base/java.lang.NumberFormatException"),
                line -> assertThat(line).contains("at changelogs.testing.report.Samples$FailingInLibrary.fails"));
    }

    @Test
    void failureBeforeTheTestsIsPrintedAndCounted() {
        List<String> printed = run(Samples.FailingBefore.class);

        assertThat(printed.get(0)).startsWith("FAILED: changelogs.testing.report.Samples$FailingBefore\n").contains("no server");
        assertThat(lines(printed)).first().satisfies(line -> assertThat(line.tests() + line.remark()).isEqualTo("0  1 failed"));
    }

    @Test
    void concurrentClassesHaveSeparateTimes() {
        List<Line> lines = lines(run(Samples.Around.class, Samples.Inside.class));

        assertThat(lines.subList(0, 2)).extracting(Line::name).containsExactly("Inside", "Around");
        assertThat(lines.get(1).seconds()).as("seconds of Around").isGreaterThanOrEqualTo(0.5).isGreaterThan(lines.get(0).seconds());
    }

    @Test
    void runEndsWithTheTenSlowestClassesAndTheTotal() {
        List<String> printed = run(Samples.Eleven.class.getDeclaredClasses());

        List<String> closing = printed.get(printed.size() - 1).lines().toList();
        assertThat(closing).hasSize(13);
        assertThat(closing.get(1)).isEqualTo("The slowest classes:");
        assertThat(closing.get(2)).contains("Eleven$Slow");
        assertThat(closing.get(12)).matches("Total: 11 tests of 11 classes in \\d+\\.\\d s");
    }

    @Test
    void reportIsRegisteredForEveryRun() {
        assertThat(ServiceLoader.load(TestExecutionListener.class)).hasAtLeastOneElementOfType(ClassReport.class);
    }

    private static List<String> run(Class<?>... samples) {
        List<String> printed = new ArrayList<>();
        LauncherFactory.create(ALONE).execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(samples).map(sample -> selectClass(sample)).toList())
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .build(), new ClassReport(printed::add));
        return printed;
    }

    private static List<Line> lines(List<String> printed) {
        return printed.stream().map(LINE::matcher).filter(Matcher::matches)
                .map(line -> new Line(line.group(1), Integer.parseInt(line.group(2)), Double.parseDouble(line.group(3)), line.group(4)))
                .toList();
    }
}
