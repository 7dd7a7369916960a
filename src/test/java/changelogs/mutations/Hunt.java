package changelogs.mutations;

import static java.util.Comparator.comparing;

import changelogs.server.Server;
import changelogs.testing.Probe;
import changelogs.testing.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Runs the tests that touch a mutation, the most likely to detect it first, until one fails. */
final class Hunt {

    /** Number of recent tests per object that are tried first, because they detected other mutations of it. */
    private static final int REMEMBERED = 3;
    /** Tests with a dedicated database that take longer are skipped. */
    private static final long PATIENCE_MILLIS = 5_000;
    /** Tests that take longer run after the others. */
    private static final long SLOW_MILLIS = 1_000;
    /** Factor for the timeout of a test relative to its duration without the mutation. */
    private static final int SLOWER = 10;
    private static final long GRACE_MILLIS = 30_000;
    private static final String HUNG = " (took too long)";

    private final Recording recording;
    private final ThreadLocal<Suite> suite = ThreadLocal.withInitial(Suite::new);
    private final Map<String, Deque<String>> detected = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "mutations: clock");
        thread.setDaemon(true);
        return thread;
    });

    Hunt(Recording recording) {
        this.recording = recording;
    }

    Outcome of(Mutation mutation) {
        long started = System.nanoTime();
        List<String> ran = new ArrayList<>();
        String by = null;
        for (List<TestRun> group : groups(mutation)) {
            by = run(mutation, group);
            group.forEach(test -> ran.add(test.id()));
            if (by != null) {
                remember(mutation, by);
                break;
            }
        }
        return new Outcome(mutation, by, ran, (System.nanoTime() - started) / 1_000_000);
    }

    /** The tests that touch the mutation, grouped by class, the most likely first; tests with a dedicated database come last. */
    private Collection<List<TestRun>> groups(Mutation mutation) {
        Deque<String> recent = detected.getOrDefault(about(mutation), new ArrayDeque<>());
        Map<String, List<TestRun>> groups = new LinkedHashMap<>();
        recording.runs().stream().filter(test -> test.touches(mutation)).filter(test -> test.shared() || test.millis() < PATIENCE_MILLIS)
                .sorted(comparing((TestRun test) -> rank(test, mutation, recent)).thenComparing(test -> test.touches().size()))
                .forEach(test -> groups.computeIfAbsent(rank(test, mutation, recent) + Suite.testClass(test.id()), key -> new ArrayList<>()).add(test));
        return groups.values();
    }

    private static int rank(TestRun test, Mutation mutation, Deque<String> recent) {
        int rank = 0;
        for (boolean against : new boolean[] {!test.shared(), test.millis() > SLOW_MILLIS, !recent.contains(test.id()), !test.isRefused(mutation), !test.names(mutation)}) {
            rank = 2 * rank + (against ? 1 : 0);
        }
        return rank;
    }

    private static String about(Mutation mutation) {
        return String.join(" ", mutation.concerns());
    }

    private void remember(Mutation mutation, String by) {
        Deque<String> recent = detected.computeIfAbsent(about(mutation), key -> new ConcurrentLinkedDeque<>());
        if (!recent.contains(by)) {
            recent.addFirst(by);
            if (recent.size() > REMEMBERED) {
                recent.removeLast();
            }
        }
    }

    /** The test that detected the mutation; null if none did. */
    private String run(Mutation mutation, List<TestRun> tests) {
        Applied applied = new Applied(mutation);
        FirstFailure first = new FirstFailure();
        long limit = GRACE_MILLIS + SLOWER * tests.stream().mapToLong(TestRun::millis).sum();
        ScheduledFuture<?> alarm = clock.schedule(() -> {
            first.timedOut();
            end(applied);
        }, limit, TimeUnit.MILLISECONDS);
        Probe.install(applied);
        try {
            suite.get().run(tests.stream().map(TestRun::id).toList(), first, first.token);
        } finally {
            Probe.uninstall();
            alarm.cancel(false);
        }
        if (applied.failure() != null) {
            throw new IllegalStateException("Cannot apply " + mutation.id() + ": " + mutation.sql(), applied.failure());
        }
        return first.test;
    }

    private static void end(Applied applied) {
        try (Session operator = Session.in("postgres", Server.OPERATOR)) {
            for (String database : applied.databases()) {
                operator.rows("select pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where datname = ?", database);
            }
        }
    }

    private static final class FirstFailure implements TestExecutionListener {

        private final CancellationToken token = CancellationToken.create();
        private volatile String running = "";
        private volatile String test;

        @Override
        public void executionStarted(TestIdentifier started) {
            running = started.getUniqueId();
        }

        @Override
        public synchronized void executionFinished(TestIdentifier finished, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED && test == null) {
                test = finished.getUniqueId();
                token.cancel();
            }
        }

        synchronized void timedOut() {
            if (test == null) {
                test = running + HUNG;
                token.cancel();
            }
        }
    }
}
