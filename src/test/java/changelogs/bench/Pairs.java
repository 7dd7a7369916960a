package changelogs.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Measures two pieces of work alternately, so that both see the same load of the machine. The result is the 20th percentile of the times:
 * other processes delay some calls and accelerate none, so it is more stable than the median.
 */
final class Pairs {

    private static final int WARM_UP = 3;
    private static final int FEWEST = 7;
    private static final int MOST = 45;
    private static final int FIFTH = 5;
    private static final long BUDGET = TimeUnit.MILLISECONDS.toNanos(250);
    private static final double NANOS = 1e6;

    private Pairs() {
    }

    static Cost of(Work ours, Work baseline) throws Exception {
        for (int i = 0; i < WARM_UP && ours.run() + baseline.run() < BUDGET; i++) {
            // The first calls fill caches and compile functions.
        }
        return of(ours, baseline, FEWEST, MOST);
    }

    /** Measures without a warm-up, from {@code fewest} to {@code most} times, until the budget of time is spent. */
    static Cost of(Work ours, Work baseline, int fewest, int most) throws Exception {
        long[] first = new long[most];
        long[] second = new long[most];
        int rounds = 0;
        for (long spent = 0; rounds < most && (rounds < fewest || spent < BUDGET); rounds++) {
            if (rounds % 2 == 0) {
                first[rounds] = ours.run();
                second[rounds] = baseline.run();
            } else {
                second[rounds] = baseline.run();
                first[rounds] = ours.run();
            }
            spent += first[rounds] + second[rounds];
        }
        return new Cost(fast(first, rounds), fast(second, rounds));
    }

    private static double fast(long[] nanos, int count) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(count - 1) / FIFTH] / NANOS;
    }

    /** Runs the action and returns its duration in nanoseconds. */
    static long nanos(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return System.nanoTime() - start;
    }

    /** Work that returns the nanoseconds that count. */
    interface Work {
        long run() throws Exception;
    }

    interface Action {
        void run() throws Exception;
    }
}
