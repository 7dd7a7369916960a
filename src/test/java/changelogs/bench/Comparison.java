package changelogs.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares measured ratios with those of the page. */
final class Comparison {

    /** End of the name of a column that depends too much on other processes of the machine. */
    static final String NOT_COMPARED = "not compared";
    private static final double LIMIT = 1.5;

    private final Map<Figure.Name, Double> committed;

    Comparison(Map<Figure.Name, Double> committed) {
        this.committed = committed;
    }

    /** Whether a figure became worse by more than half. What costs less than its baseline may rise to it. */
    boolean isWorse(Figure figure) {
        Double before = committed.get(figure.name());
        return before != null && !figure.column().endsWith(NOT_COMPARED) && figure.ratio() > LIMIT * Math.max(1, before);
    }

    /** A line for each figure that became worse. */
    List<String> worse(List<Figure> figures) {
        return figures.stream().filter(this::isWorse).map(figure -> String.format(Locale.ROOT, "%s: %.2f, was %.2f", figure.name(), figure.ratio(),
                committed.get(figure.name()))).toList();
    }
}
