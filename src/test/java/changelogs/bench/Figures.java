package changelogs.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The figures measured so far; prints the progress of the run every few seconds. */
final class Figures {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final int TRIES = 3;

    private final List<Figure> all = new ArrayList<>();
    private final Comparison comparison;
    private final boolean forPage;
    private final long started = System.nanoTime();
    private long printed = started;

    /** Figures for a comparison, or with {@code forPage} for the page that later runs are compared with. */
    Figures(Comparison comparison, boolean forPage) {
        this.comparison = comparison;
        this.forPage = forPage;
    }

    /**
     * Adds a figure. One that seems worse than before is measured again, and its best result counts; for the page, each is measured three times,
     * and the middle result counts.
     */
    void measure(String part, String row, String column, Callable<Cost> measurement) throws Exception {
        Figure.Name name = new Figure.Name(part, row, column);
        List<Figure> tries = new ArrayList<>(List.of(figure(name, measurement)));
        while (tries.size() < TRIES && (forPage || comparison.isWorse(tries.get(0)))) {
            tries.add(figure(name, measurement));
            tries.sort(Comparator.comparing(Figure::ratio));
        }
        Figure best = tries.get(forPage ? TRIES / 2 : 0);
        all.add(best);
        if (System.nanoTime() - printed > PAUSE) {
            progress(String.format(Locale.ROOT, "%s: %.2f", best.name(), best.ratio()));
        }
    }

    private static Figure figure(Figure.Name name, Callable<Cost> measurement) throws Exception {
        try {
            return new Figure(name, measurement.call());
        } catch (SQLException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    void progress(String what) {
        printed = System.nanoTime();
        System.out.printf("  %3d s, %d figures, %s%n", TimeUnit.NANOSECONDS.toSeconds(printed - started), all.size(), what);
    }

    List<Figure> all() {
        return List.copyOf(all);
    }
}
