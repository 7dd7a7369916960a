package changelogs.liquibase;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Liquibase in a separate process that has loaded and waits for commands, and can be killed at any moment. */
public final class RunProcess implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "runs");

    private final Process process;
    private final Path errors;
    private final BufferedReader out;
    private final PrintStream in;

    private RunProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a process for the changelog {@code file} under {@code root}; to warm up, it reads from the database at {@code url}. */
    public static RunProcess start(Path root, String file, String url) {
        return start(sharedClasses(root, file, url), root, file, url);
    }

    private static RunProcess start(List<String> options, Path root, String file, String url) {
        try {
            Path errors = Files.createTempFile(root, "run", ".err");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // The process lives only a second, so long-term optimizations of the JVM do not pay off.
            // Warnings of the JVM would mix with the messages of the run.
            command.addAll(List.of("-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx192m",
                    "-Djava.util.logging.config.file=" + Files.createTempFile(root, "silent", ".properties")));
            command.addAll(options);
            command.addAll(List.of(RunMain.class.getName(), root.toString(), file, url));
            return new RunProcess(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until Liquibase is loaded. */
    public RunProcess awaitReady() {
        await("ready");
        return this;
    }

    /** Waits until the given number of changesets have started. */
    void awaitStarted(int changeSets) {
        for (int i = 0; i < changeSets; i++) {
            await("changeset");
        }
    }

    private void await(String word) {
        try {
            if (!word.equals(out.readLine())) {
                waitFor();
                throw failure();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code update}, {@code rollback} of everything or {@code rollbackTo=tag} on each of the databases, all at once. */
    public void runAll(List<String> commands) {
        in.println(String.join("\n", commands) + "\ngo");
    }

    /** Kills the process as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        waitFor();
    }

    /** Waits until the runs have ended without an error. */
    public void finish() {
        if (waitFor() != 0) {
            throw failure();
        }
    }

    boolean failed() {
        return !process.isAlive() && process.exitValue() != 0;
    }

    AssertionError failure() {
        try {
            return new AssertionError("The run failed.\n" + Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int waitFor() {
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                throw new AssertionError("The run did not end.");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    /**
     * The class path, and an archive of the classes that a run loads, which halves the start time. The archive is created once per state of
     * the classes; the JVM requires jars for it.
     */
    private static synchronized List<String> sharedClasses(Path root, String file, String url) {
        try {
            List<Path> folders = new ArrayList<>();
            List<String> jars = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (Files.isDirectory(Path.of(entry))) {
                    folders.add(Path.of(entry));
                } else {
                    jars.add(entry);
                }
            }
            TreeMap<String, byte[]> classes = contents(folders);
            Path jar = FOLDER.resolve(digest(classes, jars) + ".jar").toAbsolutePath();
            Path archive = jar.resolveSibling(jar.getFileName().toString().replace(".jar", ".jsa"));
            List<String> classPath = List.of("-cp", jar + File.pathSeparator + String.join(File.pathSeparator, jars));
            if (!Files.exists(archive)) {
                deleteEarlierArchives();
                write(classes, jar);
                Path unfinished = jar.resolveSibling(ProcessHandle.current().pid() + ".jsa");
                try (RunProcess rehearsal = start(with(classPath, "-XX:ArchiveClassesAtExit=" + unfinished), root, file, url)) {
                    rehearsal.awaitReady().runAll(List.of("update " + url));
                    rehearsal.finish();
                }
                Files.move(unfinished, archive);
            }
            return with(classPath, "-XX:SharedArchiveFile=" + archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteEarlierArchives() {
        File[] earlier = FOLDER.toFile().listFiles();
        for (File file : earlier == null ? new File[0] : earlier) {
            // An archive in use can remain.
            file.delete();
        }
    }

    private static List<String> with(List<String> options, String option) {
        return Stream.concat(options.stream(), Stream.of(option)).toList();
    }

    private static TreeMap<String, byte[]> contents(List<Path> folders) throws IOException {
        TreeMap<String, byte[]> contents = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    private static void write(TreeMap<String, byte[]> contents, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(file)) {
            for (var entry : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private static String digest(TreeMap<String, byte[]> contents, List<String> jars) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((name, bytes) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            jars.forEach(jar -> digest.update(jar.getBytes(StandardCharsets.UTF_8)));
            digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
            return String.format("%064x", new BigInteger(1, digest.digest())).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
