package changelogs.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that keeps an embedded server running for as long as the process that started it lives.
 *
 * <p>It prints the port of the server, then reads its input until the other process closes it, exits or is killed. Every process that uses
 * a server has its own keeper; the keepers share a lock on a file, and the last one stops the server.
 */
public final class Keeper {

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final Path folder;
    private final Path data;
    private final Map<String, String> settings;
    private FileLock use;
    private boolean detached;

    private Keeper(Path folder, Path data, Map<String, String> settings) {
        this.folder = folder;
        this.data = data;
        this.settings = settings;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = Arrays.stream(args).skip(2).map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        Keeper keeper = new Keeper(Path.of(args[0]), Path.of(args[1]), settings);
        int port = keeper.attach();
        Runtime.getRuntime().addShutdownHook(new Thread(keeper::detach));
        System.out.println("port " + port);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Nothing is sent; only the end of the input matters.
        }
        keeper.detach();
    }

    private int attach() throws IOException, SQLException {
        Files.createDirectories(folder);
        Files.createDirectories(data.getParent());
        try (FileChannel transition = open("transition.lock"); FileLock exclusive = transition.lock()) {
            use = open("use.lock").lock(0, Long.MAX_VALUE, true);
            // Exists after the server was set up; it has this name in the folders of earlier checkouts.
            Path initialized = data.resolveSibling("whole");
            if (!Files.exists(initialized)) {
                stop();
                delete(data);
            }
            int port = runningPort();
            if (port == 0) {
                deleteHalfUnpackedBinaries();
                port = start();
            }
            if (!Files.exists(initialized)) {
                StandIn.on(new Server("127.0.0.1", port));
                Files.createFile(initialized);
            }
            return port;
        }
    }

    private synchronized void detach() {
        if (detached) {
            return;
        }
        detached = true;
        try (FileChannel transition = open("transition.lock"); FileLock exclusive = transition.lock()) {
            FileChannel channel = use.acquiredBy() instanceof FileChannel file ? file : null;
            use.release();
            try (FileLock last = channel.tryLock()) {
                if (last != null) {
                    stop();
                }
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private int start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP)
                .setLocaleConfig("locale", "C")
                .setServerConfig("max_locks_per_transaction", "256")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()));
        settings.forEach(builder::setServerConfig);
        return builder.start().getPort();
    }

    /** Port of the server that runs on this data folder, or 0 if none runs. */
    private int runningPort() throws IOException {
        List<String> pid = postmaster();
        if (pid.size() < 4 || process(pid).isEmpty()) {
            return 0;
        }
        int port = Integer.parseInt(pid.get(3).trim());
        long deadline = System.nanoTime() + STARTUP.toNanos();
        while (process(pid).isPresent() && System.nanoTime() < deadline) {
            try (var connection = new Server("127.0.0.1", port).connect("postgres", Server.MIGRATOR)) {
                return port;
            } catch (SQLException e) {
                pause();
            }
        }
        return 0;
    }

    private void stop() throws IOException {
        List<String> pid = postmaster();
        if (pid.isEmpty()) {
            return;
        }
        var server = process(pid);
        if (server.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        Path control = Path.of(server.get().info().command().orElseThrow()).resolveSibling(windows ? "pg_ctl.exe" : "pg_ctl");
        command.addAll(List.of(control.toString(), "-D", data.toString(), "-m", "fast", "-w", "stop"));
        try {
            Process stopping = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile())).start();
            stopping.waitFor(STARTUP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lines of postmaster.pid: the first is the process id, the fourth the port. */
    private List<String> postmaster() throws IOException {
        Path file = data.resolve("postmaster.pid");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Process of the server, unless the process id now belongs to another program. */
    private static java.util.Optional<ProcessHandle> process(List<String> pid) {
        return ProcessHandle.of(Long.parseLong(pid.get(0).trim()))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info().command().map(command -> command.contains("postgres")).orElse(false));
    }

    private Path binaries() throws IOException {
        return Files.createDirectories(folder.resolve("binaries"));
    }

    /** Deletes partly unpacked binaries of a killed run, which would make every later run fail. */
    private void deleteHalfUnpackedBinaries() throws IOException {
        try (Stream<Path> versions = Files.list(binaries())) {
            for (Path version : versions.filter(folder -> !Files.exists(folder.resolve(".exists"))).toList()) {
                delete(version);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
