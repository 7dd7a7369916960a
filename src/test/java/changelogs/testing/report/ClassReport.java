package changelogs.testing.report;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints each failure immediately, a line for each test class when it ends, and the slowest classes at the end.
 * Classes may run in parallel: methods are synchronized, and each block of lines is printed at once.
 */
public final class ClassReport implements TestExecutionListener {

    private static final int SLOWEST = 10;

    private final Consumer<String> out;
    private final Map<TestIdentifier, ClassRun> running = new HashMap<>();
    private final List<ClassRun> ended = new ArrayList<>();
    private TestPlan plan;
    private long started;

    public ClassReport() {
        this(System.out::println);
    }

    ClassReport(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
        started = System.nanoTime();
    }

    @Override
    public synchronized void executionStarted(TestIdentifier id) {
        if (id.equals(testClass(id))) {
            running.put(id, new ClassRun(((ClassSource) id.getSource().orElseThrow()).getClassName()));
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier id, String reason) {
        executionStarted(id);
        executionFinished(id, TestExecutionResult.aborted(null));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier id, TestExecutionResult result) {
        if (result.getStatus() == Status.FAILED) {
            out.accept("FAILED: " + path(id) + result.getThrowable().map(failure -> "\n" + Trace.of(failure)).orElse(""));
        }
        TestIdentifier testClass = testClass(id);
        if (testClass == null) {
            return;
        }
        ClassRun run = running.get(testClass);
        switch (result.getStatus()) {
            case SUCCESSFUL -> run.passed(id.isTest() ? 1 : 0);
            case FAILED -> run.failed(id.isTest() ? 1 : 0);
            case ABORTED -> run.skipped(id.isTest() ? 1 : testsIn(id));
        }
        if (id.equals(testClass)) {
            run.end();
            out.accept(run.toString());
            ended.add(running.remove(id));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        StringBuilder text = new StringBuilder("\nThe slowest classes:\n");
        ended.stream().sorted(comparingDouble(ClassRun::seconds).reversed()).limit(SLOWEST)
                .forEach(run -> text.append(run).append('\n'));
        int tests = ended.stream().mapToInt(ClassRun::tests).sum();
        double seconds = (System.nanoTime() - started) / 1e9;
        out.accept(text + String.format(Locale.ROOT, "Total: %d tests of %d classes in %.1f s", tests, ended.size(), seconds));
    }

    /** The outermost class of a test; null for an engine. */
    private TestIdentifier testClass(TestIdentifier id) {
        TestIdentifier outermost = null;
        for (Optional<TestIdentifier> at = Optional.of(id); at.isPresent(); at = plan.getParent(at.get())) {
            if (at.get().getSource().filter(ClassSource.class::isInstance).isPresent()) {
                outermost = at.get();
            }
        }
        return outermost;
    }

    private int testsIn(TestIdentifier container) {
        return (int) plan.getDescendants(container).stream().filter(TestIdentifier::isTest).count();
    }

    private String path(TestIdentifier id) {
        return id.equals(testClass(id)) ? running.get(id).name()
                : plan.getParent(id).map(parent -> path(parent) + " > ").orElse("") + id.getDisplayName();
    }
}
