package changelogs.review;

import changelogs.testing.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.yaml.snakeyaml.Yaml;

/** A headless Chromium with one tab, controlled through the DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Process process;
    private final WebSocket tab;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<String> requests = new ArrayList<>();
    private int calls;

    Browser(Path chromium) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("chromium");
        process = Command.of(chromium.toString(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--remote-debugging-port=0", "--user-data-dir=" + folder, "about:blank").merged().start(folder.resolve("output"));
        String port = port();
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank")).PUT(HttpRequest.BodyPublishers.noBody()).build();
        Map<String, Object> created = new Yaml().load(client.send(list, HttpResponse.BodyHandlers.ofString()).body());
        tab = client.newWebSocketBuilder().buildAsync(URI.create((String) created.get("webSocketDebuggerUrl")), new Listener()).join();
        call("Network.enable", Map.of());
        call("Page.enable", Map.of());
    }

    private String port() throws IOException, InterruptedException {
        Path file = folder.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file) || Files.readAllLines(file).size() < 2) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IllegalStateException("Chromium does not start: " + Files.readString(folder.resolve("output")));
            }
            Thread.sleep(50);
        }
        return Files.readAllLines(file).get(0);
    }

    /** Opens the page with a viewport of this width and returns when it has loaded. */
    void open(Path page, int width) throws InterruptedException {
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        requests.clear();
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        while (!"Page.loadEventFired".equals(next().get("method"))) {
            // Skips the events before the page has loaded.
        }
    }

    /** The value of a JavaScript expression in the page. */
    @SuppressWarnings("unchecked")
    Object evaluate(String expression) throws InterruptedException {
        Map<String, Object> result = (Map<String, Object>) call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true)).get("result");
        return ((Map<String, Object>) result.get("result")).get("value");
    }

    /** URLs requested since the page was opened. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private Map<String, Object> call(String method, Map<String, Object> parameters) throws InterruptedException {
        calls++;
        tab.sendText(Json.of(Map.of("id", calls, "method", method, "params", parameters)), true).join();
        while (true) {
            Map<String, Object> message = next();
            if (Integer.valueOf(calls).equals(message.get("id"))) {
                return message;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> next() throws InterruptedException {
        String text = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (text == null) {
            throw new IllegalStateException("Chromium does not answer.");
        }
        Map<String, Object> message = new Yaml().load(text);
        if ("Network.requestWillBeSent".equals(message.get("method"))) {
            requests.add((String) ((Map<String, Object>) ((Map<String, Object>) message.get("params")).get("request")).get("url"));
        }
        return message;
    }

    @Override
    public void close() {
        tab.abort();
        // Child processes write to the folder until they exit.
        Command.kill(process);
        Git.delete(folder);
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
