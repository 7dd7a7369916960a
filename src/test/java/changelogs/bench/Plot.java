package changelogs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Draws the ratios as an SVG on a logarithmic axis: a line for each row, a dot for each column, a ring around what became worse. */
final class Plot {

    private static final List<String> COLORS = List.of("#3366cc", "#dc3912", "#109618", "#ff9900", "#990099", "#0099c6", "#dd4477", "#66aa00", "#b82e2e");
    private static final List<Double> LINES = List.of(0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0);
    private static final int LEFT = 320;
    private static final int STEP = 110;
    private static final int WIDTH = LEFT + STEP * LINES.size();
    private static final int HEIGHT = 14;

    private final StringBuilder svg = new StringBuilder();
    private int y = HEIGHT;

    private Plot() {
    }

    static String of(List<Figure> figures, Comparison comparison) {
        Map<String, Map<String, List<Figure>>> parts = new LinkedHashMap<>();
        figures.forEach(figure -> parts.computeIfAbsent(figure.part(), part -> new LinkedHashMap<>()).computeIfAbsent(figure.row(), row -> new ArrayList<>()).add(figure));
        Plot plot = new Plot();
        parts.forEach((part, rows) -> plot.part(part, rows, comparison));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"10\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n%s</svg>%n"
                .formatted(WIDTH, plot.y + HEIGHT, plot.svg);
    }

    private void part(String part, Map<String, List<Figure>> rows, Comparison comparison) {
        Set<String> columns = new LinkedHashSet<>();
        rows.values().forEach(figures -> figures.forEach(figure -> columns.add(figure.column())));
        List<String> order = List.copyOf(columns);
        y += 2 * HEIGHT;
        text(10, "#222", "<tspan font-size=\"14\">" + part + "</tspan>, times the baseline");
        for (int i = 0; i < order.size(); i++) {
            y += HEIGHT;
            dot(16, color(i), false);
            text(26, color(i), order.get(i));
        }
        y += HEIGHT;
        LINES.forEach(line -> text(x(line), "#222", line == Math.rint(line) ? String.valueOf(line.intValue()) : line.toString()));
        rows.forEach((row, figures) -> {
            y += HEIGHT;
            text(10, "#222", row);
            LINES.forEach(line -> svg.append("<path d=\"M%d %dv%d\" stroke=\"%s\"/>%n".formatted(x(line), y - HEIGHT + 4, HEIGHT, line == 1 ? "#222" : "#ddd")));
            figures.forEach(figure -> dot(x(figure.ratio()), color(order.indexOf(figure.column())), comparison.isWorse(figure)));
        });
    }

    private void dot(int x, String color, boolean worse) {
        svg.append("<circle cx=\"%d\" cy=\"%d\" r=\"3\" fill=\"%s\"/>%n".formatted(x, y - 3, color));
        if (worse) {
            svg.append("<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"none\" stroke=\"#c00\" stroke-width=\"2\"/>%n".formatted(x, y - 3));
        }
    }

    private void text(int x, String color, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n", x, y, color, text));
    }

    private static String color(int column) {
        return COLORS.get(column % COLORS.size());
    }

    private static int x(double ratio) {
        double powers = Math.log(Math.max(LINES.get(0), Math.min(LINES.get(LINES.size() - 1), ratio)) / LINES.get(0)) / Math.log(2);
        return LEFT + (int) (STEP * powers);
    }
}
