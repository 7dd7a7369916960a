package changelogs.backup;

import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Runs the scripts of {@code ops/backup} as an operator does, on databases of the test server and with a repository of the test. */
final class Backups {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath();

    /** A running script. */
    record Started(Process process, Path out) {

        Command.Result await() {
            try {
                if (!process.waitFor(20, TimeUnit.MINUTES)) {
                    kill();
                    throw new AssertionError("The script did not end:\n" + Files.readString(out));
                }
                return new Command.Result(process.exitValue(), Files.readString(out), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        void kill() {
            Command.kill(process);
        }
    }

    private final Path folder;
    /** This checkout, or the copy with an extended list of product tables that {@link #addProductTables} creates. */
    private Path checkout = CHECKOUT;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Backups(Path folder) {
        this.folder = folder;
        environment.put("BACKUP_REPOSITORY", folder.resolve("repository").toString());
        environment.put("BACKUP_PASSWORD", "correct horse");
        environment.put("BACKUP_WORK", folder.resolve("work").toString());
    }

    /** Skips the test if restic, jq or a pg_dump of the server's version or newer is missing. */
    static Backups in(Path folder) {
        int server = TestServer.get().version();
        Skip.without("tests of backups", "bash", "psql", "restic", "jq");
        Optional<Path> tools = tools().filter(tool -> version(tool.resolve("pg_dump")).orElse(0) >= server).findFirst();
        Skip.unless(tools.isPresent(), "backups need a pg_dump of version " + server + " or newer, on the PATH, in PG_BIN or in /usr/lib/postgresql");
        return new Backups(folder).with("PG_BIN", tools.get().toString());
    }

    /** Folder of a pg_dump that is older than the server; empty if none is installed. */
    static Optional<Path> olderTools() {
        return tools().filter(tool -> version(tool.resolve("pg_dump")).orElse(99) < TestServer.get().version()).findFirst();
    }

    private static Stream<Path> tools() {
        List<Path> folders = new ArrayList<>();
        Stream.of(Optional.ofNullable(System.getenv("PG_BIN")).orElse(""), System.getenv("PATH"))
                .flatMap(list -> Stream.of(list.split(":"))).filter(entry -> !entry.isEmpty()).forEach(entry -> folders.add(Path.of(entry)));
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted().forEach(version -> folders.add(version.resolve("bin")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folders.stream().filter(entry -> Files.isExecutable(entry.resolve("pg_dump")));
    }

    /** Major version of a tool; empty if it cannot run. */
    private static Optional<Integer> version(Path tool) {
        try {
            Command.Result output = Command.of(tool.toString(), "--version").merged().run();
            return output.status() == 0 ? Optional.of(Integer.parseInt(output.out().replaceFirst("(?s)^[^0-9]*([0-9]+).*$", "$1"))) : Optional.empty();
        } catch (UncheckedIOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    Backups with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Creates the repository; {@code take} creates one only with {@code --init}. */
    Backups withRepository() {
        Command.Result init = restic("init", "--quiet");
        if (init.status() != 0) {
            throw new AssertionError(init.out());
        }
        return this;
    }

    private Command.Result restic(String... arguments) {
        with("RESTIC_REPOSITORY", environment.get("BACKUP_REPOSITORY")).with("RESTIC_PASSWORD", environment.get("BACKUP_PASSWORD"));
        return start(Stream.concat(Stream.of("restic"), Stream.of(arguments)).toList()).await();
    }

    Path repository() {
        return folder.resolve("repository");
    }

    /** Sets the variables that name the database of a system in an environment. */
    Backups database(String environmentName, String system, String database) {
        String prefix = (system + "_" + environmentName + "_DB_").replace('-', '_').toUpperCase(Locale.ROOT);
        return with(prefix + "URL", TestServer.get().server().url(database)).with(prefix + "USER", Server.MIGRATOR)
                .with(prefix + "PASSWORD", Server.PASSWORD);
    }

    /** Runs later scripts from a copy of the checkout whose product.txt also lists these tables. */
    void addProductTables(String system, String... tables) {
        try {
            Path copy = folder.resolve("checkout");
            Path ops = copy.resolve("ops");
            Files.createDirectories(ops.resolve(system));
            for (String shared : List.of("changelog", "pom.xml", "src", "target", ".git", "ops/backup", "ops/pg-env")) {
                Files.createSymbolicLink(copy.resolve(shared), CHECKOUT.resolve(shared));
            }
            for (String file : List.of("made.txt", "verify.sql", "product.txt")) {
                Files.copy(CHECKOUT.resolve(Path.of("ops", system, file)), ops.resolve(system).resolve(file));
            }
            Files.write(ops.resolve(system).resolve("product.txt"), List.of(tables), StandardOpenOption.APPEND);
            checkout = copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the symbolic links of the copied checkout; JUnit warns about links that remain in a temporary folder. */
    void unlinkCheckout() {
        Path copy = folder.resolve("checkout");
        if (Files.isDirectory(copy)) {
            try (Stream<Path> files = Files.walk(copy)) {
                for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(link);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Command.Result run(String script, String... arguments) {
        return start(script, arguments).await();
    }

    Started start(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(checkout.resolve(Path.of("ops", "backup", script)).toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Started start(List<String> words) {
        try {
            Path out = Files.createTempFile(folder, "run", ".out");
            Command command = Command.of(words).merged();
            List.of("PG", "POLARIS_", "CONNECT_", "VECTORS_", "DESCRIBE_IT_").forEach(command::without);
            return new Started(command.with(environment).start(out), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Content of a file in the newest backup of a system on staging. */
    String file(String system, String name) {
        return restic("dump", "--quiet", "--host", "staging-" + system, "--tag", "backup", "latest", "/" + name).out();
    }

    /** Number of rows in the newest backup of a system, by table. */
    Map<String, Long> rows(String system) {
        Map<String, Object> manifest = new Yaml(new SafeConstructor(new LoaderOptions())).load(file(system, "manifest.json"));
        Map<String, Long> rows = new LinkedHashMap<>();
        for (Object table : (List<?>) manifest.get("tables")) {
            Map<?, ?> entry = (Map<?, ?>) table;
            rows.put((String) entry.get("name"), ((Number) entry.get("rows")).longValue());
        }
        return rows;
    }
}
