package changelogs.mutations;

import changelogs.server.Digest;
import changelogs.testing.Meanwhile;
import changelogs.testing.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** The objects used by each test, recorded once and kept until a test or a changelog changes. */
record Recording(List<TestRun> runs) {

    private static final int THREADS = 2;
    private static final Path TESTS = Path.of("target", "test-classes");
    private static final Path CLASSES = TESTS.resolve("changelogs");
    private static final Path LISTS = TESTS.resolve("mutations");

    /** Recording of the tests in matching classes; each package is recorded again if its tests or shared code changed. */
    static Recording of(String classes, Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, List<String>> packages = new Suite().classes(classes).stream().collect(Collectors.groupingBy(Suite::testPackage, TreeMap::new, Collectors.toList()));
        List<TestRun> runs = new ArrayList<>();
        for (var tests : packages.entrySet()) {
            Path file = folder.resolve("recording-" + tests.getKey() + "-" + digest(tests.getKey(), tests.getValue(), packages.keySet()) + ".tsv");
            if (!Files.exists(file)) {
                Files.write(file, of(tests.getValue()).runs.stream().map(Recording::line).toList());
            }
            Files.readAllLines(file).stream().map(Recording::run).forEach(runs::add);
        }
        return new Recording(runs);
    }

    private static String digest(String name, List<String> classes, Set<String> packages) {
        Predicate<Path> others = file -> packages.stream().filter(other -> !other.equals(name)).anyMatch(other -> file.startsWith(CLASSES.resolve(other)));
        return Digest.of(Digest.of(Path.of("changelog"), any -> true) + classes
                + Digest.of(TESTS, file -> !file.startsWith(CLASSES.resolve("mutations")) && !file.startsWith(LISTS) && !others.test(file)));
    }

    /** Records the tests of these classes on all cores; all tests must pass. */
    static Recording of(List<String> classes) {
        List<CompletableFuture<List<TestRun>>> shares = IntStream.range(0, THREADS)
                .mapToObj(share -> IntStream.range(0, classes.size()).filter(i -> i % THREADS == share).mapToObj(classes::get).toList())
                .map(share -> Meanwhile.get(() -> record(share))).toList();
        return new Recording(shares.stream().flatMap(share -> share.join().stream()).toList());
    }

    private static List<TestRun> record(List<String> classes) {
        Recorder recorder = new Recorder();
        Passing passing = new Passing(recorder);
        Probe.install(recorder);
        new Suite().run(classes, passing, CancellationToken.disabled());
        if (!passing.failures.isEmpty()) {
            throw new IllegalStateException("These tests fail without a mutation:\n" + String.join("\n", passing.failures));
        }
        return recorder.runs();
    }

    private static String line(TestRun run) {
        return String.join("\t", run.id(), Long.toString(run.millis()), Boolean.toString(run.shared()), list(run.states()), list(run.names()), list(run.touches()),
                list(run.refusals()));
    }

    private static TestRun run(String line) {
        String[] fields = line.split("\t", -1);
        return new TestRun(fields[0], Long.parseLong(fields[1]), Boolean.parseBoolean(fields[2]), set(fields[3]), set(fields[4]), set(fields[5]), set(fields[6]));
    }

    private static String list(Set<String> items) {
        return String.join("|", items.stream().sorted().toList());
    }

    private static Set<String> set(String items) {
        return new HashSet<>(Arrays.asList(items.split("\\|")));
    }

    /** Reports running and failed tests to the recorder. */
    private static final class Passing implements TestExecutionListener {

        private final Recorder recorder;
        private final List<String> failures = new ArrayList<>();
        private final Map<String, Long> started = new HashMap<>();

        Passing(Recorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            started.put(test.getUniqueId(), System.nanoTime());
            recorder.enter(test.getUniqueId(), test.isTest());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String id = test.getUniqueId();
            recorder.leave((System.nanoTime() - started.get(id)) / 1_000_000);
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failures.add(Suite.name(id) + result.getThrowable().map(failure -> ": " + failure.getMessage()).orElse(""));
            }
        }
    }
}
