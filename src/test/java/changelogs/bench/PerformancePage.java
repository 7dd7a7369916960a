package changelogs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ratios in docs/performance.md: between two markers, a table for each part, with its name in the first cell. */
final class PerformancePage {

    static final Path FILE = Path.of("docs", "performance.md");
    private static final String BEGIN = "<!-- Generated: mvn test -Pbench -Dupdate.pages -->\n";
    private static final String END = "<!-- End of the generated tables -->\n";

    private final String text;

    PerformancePage(String text) {
        this.text = text;
    }

    static PerformancePage read() throws IOException {
        return new PerformancePage(Files.readString(FILE));
    }

    /** The ratios on the page, in its order. */
    Map<Figure.Name, Double> ratios() {
        Map<Figure.Name, Double> ratios = new LinkedHashMap<>();
        List<String> head = List.of();
        for (String line : text.substring(begin(), end()).lines().toList()) {
            List<String> cells = cells(line);
            if (cells.isEmpty()) {
                head = List.of();
            } else if (head.isEmpty()) {
                head = cells;
            } else {
                for (int i = 1; i < cells.size(); i++) {
                    if (cells.get(i).matches("[0-9.]+")) {
                        ratios.put(new Figure.Name(head.get(0), cells.get(0), head.get(i)), Double.valueOf(cells.get(i)));
                    }
                }
            }
        }
        return ratios;
    }

    /** The page with these figures. Parts that were not measured stay. */
    String with(List<Figure> figures) {
        Set<String> measured = figures.stream().map(Figure::part).collect(Collectors.toSet());
        Map<Figure.Name, Double> ratios = ratios();
        ratios.keySet().removeIf(name -> measured.contains(name.part()));
        figures.forEach(figure -> ratios.put(figure.name(), figure.ratio()));
        return text.substring(0, begin()) + tables(ratios) + "\n" + text.substring(end());
    }

    private static String tables(Map<Figure.Name, Double> ratios) {
        StringBuilder tables = new StringBuilder();
        for (String part : names(ratios, Figure.Name::part)) {
            Map<Figure.Name, Double> own = new LinkedHashMap<>(ratios);
            own.keySet().removeIf(name -> !name.part().equals(part));
            Set<String> columns = names(own, Figure.Name::column);
            tables.append("\n| ").append(part).append(" | ").append(String.join(" | ", columns)).append(" |\n|").append(" --- |".repeat(columns.size() + 1)).append('\n');
            for (String row : names(own, Figure.Name::row)) {
                tables.append("| ").append(row).append(" |");
                columns.forEach(column -> tables.append(' ').append(cell(own.get(new Figure.Name(part, row, column)))).append(" |"));
                tables.append('\n');
            }
        }
        return tables.toString();
    }

    private static String cell(Double ratio) {
        return ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static Set<String> names(Map<Figure.Name, Double> ratios, Function<Figure.Name, String> name) {
        return ratios.keySet().stream().map(name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        if (line.startsWith("|")) {
            for (String cell : line.substring(1, line.length() - 1).split("\\|")) {
                cells.add(cell.strip());
            }
        }
        return cells;
    }

    private int begin() {
        int at = text.indexOf(BEGIN);
        if (at < 0 || !text.contains(END)) {
            throw new IllegalStateException(FILE + " needs the lines " + BEGIN + " and " + END);
        }
        return at + BEGIN.length();
    }

    private int end() {
        return text.indexOf(END);
    }
}
