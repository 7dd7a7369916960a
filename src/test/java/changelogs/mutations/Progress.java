package changelogs.mutations;

import java.util.concurrent.TimeUnit;

/** Prints the progress of the run every few seconds. */
final class Progress {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final int all;
    private final long started = System.nanoTime();
    private long printed = started;
    private int done;
    private int survived;

    Progress(int all) {
        this.all = all;
    }

    synchronized Outcome add(Outcome outcome) {
        done++;
        if (!outcome.detected()) {
            survived++;
            System.out.println("  survived: " + outcome.mutation().id() + (outcome.untouched() ? " (untouched)" : " (" + outcome.ran().size() + " tests, " + outcome.millis() + " ms)"));
        }
        if (done == all || System.nanoTime() - printed > PAUSE) {
            printed = System.nanoTime();
            System.out.printf("  %,d of %,d mutations in %d s, %,d survive%n", done, all, TimeUnit.NANOSECONDS.toSeconds(printed - started), survived);
        }
        return outcome;
    }
}
