package changelogs.monitoring;

import changelogs.server.Server;
import changelogs.testing.Await;
import changelogs.testing.Command;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Debian's Prometheus, node exporter and exporter of PostgreSQL, started on the files of {@code ops/monitoring} for one database. */
final class Prometheus implements AutoCloseable {

    static final Path OPS = Path.of("ops", "monitoring");

    /** A series of a result, with its values over time. */
    record Series(Map<String, String> labels, List<double[]> points) {

        double last() {
            return points.get(points.size() - 1)[1];
        }
    }

    private final Path folder;
    private final Path textfiles;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    /** Scrapes every two seconds. The rules are those of the repository, except that alerts do not wait and a table is large at 100 kB. */
    Prometheus(Path folder, String database, String role, String password) throws IOException {
        this.folder = folder;
        textfiles = Files.createDirectories(folder.resolve("textfiles"));
        String rules = Files.readString(OPS.resolve("alerts.yaml")).replaceAll("(?m)^ +for: .*\n", "").replace("> 1e9", "> 1e5");
        Files.writeString(folder.resolve("alerts.yaml"), rules);
        String queries = Files.readString(OPS.resolve("queries.yaml")) + Files.readString(Path.of("ops", "polaris", "monitoring.yaml"));
        Files.writeString(folder.resolve("queries.yaml"), queries.replaceAll("(?m)^ +cache_seconds: .*\n", ""));

        Server server = TestServer.get().server();
        int exporter = freePort();
        start("database", Map.of("DATA_SOURCE_NAME", "postgresql://%s:%s@%s:%d/%s?sslmode=disable".formatted(role, password, server.host(), server.port(), database)),
                "prometheus-postgres-exporter", "--web.listen-address=127.0.0.1:" + exporter, "--extend.query-path=" + folder.resolve("queries.yaml"),
                "--disable-default-metrics", "--disable-settings-metrics", "--no-collector.bgwriter", "--no-collector.database");
        int files = freePort();
        start("files", Map.of(), "prometheus-node-exporter", "--web.listen-address=127.0.0.1:" + files, "--collector.disable-defaults",
                "--collector.textfile", "--collector.textfile.directory=" + textfiles);
        port = freePort();
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: { scrape_interval: 2s, evaluation_interval: 1s }
                rule_files: [alerts.yaml]
                scrape_configs:
                  - job_name: database
                    static_configs: [{ targets: ["127.0.0.1:%d"], labels: { environment: staging, system: polaris } }]
                  - job_name: files
                    static_configs: [{ targets: ["127.0.0.1:%d"] }]
                """.formatted(exporter, files));
        start("prometheus", Map.of(), "prometheus", "--config.file=" + folder.resolve("prometheus.yml"), "--web.listen-address=127.0.0.1:" + port,
                "--storage.tsdb.path=" + folder.resolve("data"));
        Await.until("Prometheus has scraped the database", Duration.ofSeconds(60), () -> {
            try {
                return !query("changelog_changesets").isEmpty();
            } catch (UncheckedIOException e) {
                return false;
            }
        });
    }

    private void start(String name, Map<String, String> variables, String... words) {
        processes.add(Command.of(words).merged().with(variables).start(folder.resolve(name + ".log")));
    }

    /** Writes or replaces a file of the node exporter atomically. */
    void write(String name, String metrics) {
        try {
            Path part = Files.writeString(folder.resolve(name + ".part"), metrics);
            Files.move(part, textfiles.resolve(name + ".prom"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Series> query(String expression) {
        return series("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8), "value");
    }

    List<Series> queryRange(String expression, Duration duration) {
        long now = Instant.now().getEpochSecond();
        return series("query_range?query=%s&start=%d&end=%d&step=%d".formatted(URLEncoder.encode(expression, StandardCharsets.UTF_8),
                now - duration.toSeconds(), now, Math.max(1, duration.toSeconds() / 60)), "values");
    }

    /** Names of the alerts that fire. */
    Set<String> alerts() {
        return query("ALERTS{alertstate=\"firing\"}").stream().map(series -> series.labels().get("alertname")).collect(Collectors.toSet());
    }

    private List<Series> series(String path, String key) {
        List<Series> all = new ArrayList<>();
        for (Object result : (List<?>) ((Map<?, ?>) get(path).get("data")).get("result")) {
            Map<?, ?> entry = (Map<?, ?>) result;
            Map<String, String> labels = new LinkedHashMap<>();
            ((Map<?, ?>) entry.get("metric")).forEach((name, value) -> labels.put(name.toString(), value.toString()));
            List<?> values = key.equals("value") ? List.of(entry.get(key)) : (List<?>) entry.get(key);
            all.add(new Series(labels, values.stream().map(point -> (List<?>) point)
                    .map(point -> new double[] {Double.parseDouble(point.get(0).toString()), number(point.get(1).toString())}).toList()));
        }
        return all;
    }

    private static double number(String text) {
        return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private Map<String, Object> get(String path) {
        try {
            HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new UncheckedIOException(new IOException(path + ": " + response.body()));
            }
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
