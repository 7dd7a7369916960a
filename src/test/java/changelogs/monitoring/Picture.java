package changelogs.monitoring;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws the panels of the dashboard as an SVG: each series as a line, with its name and last value. */
final class Picture {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 230;
    private static final int SHOWN = 4;
    private static final List<String> COLORS = List.of("#3366cc", "#dc3912", "#109618", "#ff9900");

    private final StringBuilder panels = new StringBuilder();
    private int count;

    void add(Map<?, ?> panel, String legend, List<Prometheus.Series> series) {
        int x = count % 3 * WIDTH;
        int y = count / 3 * HEIGHT;
        count++;
        panels.append("<g transform=\"translate(%d %d)\"><rect x=\"5\" y=\"5\" width=\"390\" height=\"220\" fill=\"#fff\" stroke=\"#ccc\"/>%s%n"
                .formatted(x, y, text(15, 24, 14, "#222", panel.get("title").toString())));
        String unit = ((Map<?, ?>) ((Map<?, ?>) panel.get("fieldConfig")).get("defaults")).get("unit").toString();
        List<Prometheus.Series> shown = series.stream().sorted((a, b) -> Double.compare(b.last(), a.last())).limit(SHOWN).toList();
        double from = shown.stream().mapToDouble(one -> one.points().get(0)[0]).min().orElse(0);
        double to = shown.stream().mapToDouble(one -> one.points().get(one.points().size() - 1)[0]).max().orElse(1);
        double top = shown.stream().flatMap(one -> one.points().stream()).mapToDouble(point -> point[1]).filter(Double::isFinite).max().orElse(0);
        for (int i = 0; i < shown.size(); i++) {
            Prometheus.Series one = shown.get(i);
            String points = one.points().stream().filter(point -> Double.isFinite(point[1])).map(point -> String.format(Locale.ROOT, "%.0f,%.0f",
                    15 + 370 * (point[0] - from) / Math.max(1, to - from), 135 - 95 * Math.max(0, point[1]) / Math.max(top, 1e-9))).collect(Collectors.joining(" "));
            panels.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n".formatted(COLORS.get(i), points));
            String name = legend;
            for (Map.Entry<String, String> label : one.labels().entrySet()) {
                name = name.replace("{{" + label.getKey() + "}}", label.getValue());
            }
            panels.append(text(15, 158 + 17 * i, 11, COLORS.get(i), shortened(name) + ": " + value(one.last(), unit)));
        }
        panels.append("</g>\n");
    }

    String svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#f4f4f4\"/>%n%s</svg>%n"
                .formatted(3 * WIDTH, (count + 2) / 3 * HEIGHT, panels);
    }

    private static String value(double value, String unit) {
        return switch (unit) {
            case "bytes" -> String.format(Locale.ROOT, "%.1f MiB", value / 1024 / 1024);
            case "s" -> String.format(Locale.ROOT, "%.3f s", value);
            case "percentunit" -> String.format(Locale.ROOT, "%.1f %%", value * 100);
            default -> String.format(Locale.ROOT, "%.3g", value);
        };
    }

    private static String shortened(String name) {
        return name.length() <= 48 ? name : name.substring(0, 47) + "…";
    }

    private static String text(int x, int y, int size, String color, String text) {
        return "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\">%s</text>%n".formatted(x, y, size, color,
                text.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
