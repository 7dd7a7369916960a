package changelogs.bench;

import changelogs.review.Json;
import changelogs.testing.Changelog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Pbench} measures costs as multiples of baselines, and prints what became worse than docs/performance.md says. */
class BenchRun {

    private static final Path FOLDER = Path.of("target", "bench");

    @Test
    void measure() throws Exception {
        Settings settings = Settings.given();
        PerformancePage page = PerformancePage.read();
        Map<Figure.Name, Double> committed = page.ratios();
        Comparison comparison = new Comparison(committed);
        Figures figures = new Figures(comparison, settings.update());
        Files.createDirectories(FOLDER);
        ofSystems(settings, figures);
        if (settings.includes(Runs.PART)) {
            Runs.measure(settings.delay(), FOLDER, figures);
        }
        if (settings.includes(Rollout.PART)) {
            Rollout.measure(settings, FOLDER, figures);
        }
        write(figures.all(), comparison);
        if (settings.update()) {
            Files.writeString(PerformancePage.FILE, page.with(figures.all()));
        }
        Set<String> measured = figures.all().stream().map(Figure::part).collect(Collectors.toSet());
        Set<Figure.Name> names = figures.all().stream().map(Figure::name).collect(Collectors.toSet());
        committed.keySet().stream().filter(name -> measured.contains(name.part()) && !names.contains(name)).forEach(name -> System.out.println("no longer measured: " + name));
        List<String> worse = comparison.worse(figures.all());
        worse.forEach(line -> System.out.println("worse: " + line));
        System.out.printf("The figures and their plot are in %s.%nBENCH: %d of %d figures became worse.%n", FOLDER, worse.size(), names.size());
    }

    private static void ofSystems(Settings settings, Figures figures) throws Exception {
        if (List.of(Reads.PART, Views.PART, Writes.PART, Sessions.PART).stream().noneMatch(settings::includes)) {
            return;
        }
        for (String system : Changelog.systems()) {
            try (Loaded loaded = Loaded.of(system, settings.rows())) {
                figures.progress(system + " is loaded");
                if (settings.includes(Reads.PART)) {
                    Reads.measure(loaded, figures);
                }
                if (settings.includes(Views.PART)) {
                    Views.measure(loaded, figures);
                }
                if (settings.includes(Writes.PART)) {
                    Writes.measure(loaded, figures);
                }
                if (settings.includes(Sessions.PART)) {
                    Sessions.measure(loaded, figures);
                }
            }
        }
    }

    private static void write(List<Figure> figures, Comparison comparison) throws IOException {
        Map<String, List<Figure>> parts = figures.stream().collect(Collectors.groupingBy(Figure::part));
        for (Map.Entry<String, List<Figure>> part : parts.entrySet()) {
            Files.writeString(FOLDER.resolve(part.getKey() + ".json"), Json.of(part.getValue().stream().map(BenchRun::json).toList()) + "\n");
        }
        Files.writeString(FOLDER.resolve("bench.svg"), Plot.of(figures, comparison));
    }

    private static Map<String, Object> json(Figure figure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", figure.row());
        json.put("column", figure.column());
        json.put("ratio", figure.ratio());
        json.put("cost", figure.cost().ours());
        json.put("baseline", figure.cost().baseline());
        return json;
    }
}
