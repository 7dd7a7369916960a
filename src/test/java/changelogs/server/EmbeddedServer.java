package changelogs.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL server from Maven Central with its data in a folder; it runs while this or another JVM uses it. */
public final class EmbeddedServer {

    private EmbeddedServer() {
    }

    /** Starts the server on the data in the folder unless it is running. The server stops when the last JVM that uses it exits. */
    public static Server at(Path folder) throws IOException {
        return at(folder, folder.resolve("data"), Map.of());
    }

    /**
     * The same with data in another folder and settings for {@code postgresql.conf}; the first folder contains binaries, locks and logs.
     */
    public static Server at(Path folder, Path data, Map<String, String> settings) throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        String key = "changelogs.embedded." + home;
        // Each goal of a Maven run may have its own class loader, but all goals share the JVM and its keeper.
        synchronized (System.getProperties()) {
            String port = System.getProperty(key);
            if (port == null) {
                port = Integer.toString(startKeeper(home, data.toAbsolutePath().normalize(), settings));
                System.setProperty(key, port);
            }
            return new Server("127.0.0.1", Integer.parseInt(port));
        }
    }

    private static int startKeeper(Path home, Path data, Map<String, String> settings) throws IOException {
        Files.createDirectories(home);
        Path log = home.resolve("keeper.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", Keeper.class.getName(), home.toString(), data.toString()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath());
        builder.redirectError(log.toFile());
        Process keeper = builder.start();
        // The hook also references the process: if it were garbage collected, its input would end and the server would stop.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> release(keeper)));
        BufferedReader out = keeper.inputReader(StandardCharsets.UTF_8);
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring("port ".length()));
            }
        }
        throw new IOException("The embedded PostgreSQL did not start; see " + log + " and " + home.resolve("server.log") + ".\n"
                + Files.readString(log));
    }

    private static void release(Process keeper) {
        try {
            keeper.getOutputStream().close();
            keeper.waitFor(30, TimeUnit.SECONDS);
        } catch (IOException e) {
            keeper.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String classPath() {
        if (EmbeddedServer.class.getClassLoader() instanceof URLClassLoader loader) {
            List<String> entries = new ArrayList<>();
            for (URL url : loader.getURLs()) {
                try {
                    entries.add(Path.of(url.toURI()).toString());
                } catch (URISyntaxException e) {
                    throw new IllegalStateException(e);
                }
            }
            return String.join(File.pathSeparator, entries);
        }
        return System.getProperty("java.class.path");
    }
}
