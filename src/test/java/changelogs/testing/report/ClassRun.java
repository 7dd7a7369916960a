package changelogs.testing.report;

import java.util.Locale;

/** Results of a test class so far. */
final class ClassRun {

    private final String name;
    private final long started = System.nanoTime();
    private double seconds;
    private int tests;
    private int failed;
    private int skipped;

    ClassRun(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    int tests() {
        return tests;
    }

    double seconds() {
        return seconds;
    }

    void passed(int tests) {
        this.tests += tests;
    }

    /** Counts a failure; a failure outside of tests, for example in {@code @BeforeAll}, counts as zero tests. */
    void failed(int tests) {
        this.tests += tests;
        failed++;
    }

    void skipped(int tests) {
        this.tests += tests;
        skipped += tests;
    }

    void end() {
        seconds = (System.nanoTime() - started) / 1e9;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "  %-50s %4d %-5s %7.1f s", name, tests, tests == 1 ? "test" : "tests", seconds)
                + (failed == 0 ? "" : "  " + failed + " failed")
                + (skipped == 0 ? "" : "  " + skipped + " skipped");
    }
}
