package changelogs.mutations;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Finds and runs tests of behavior. Tests of generated pages, the catalog, rollbacks and tools are excluded, since they do not show what a
 * caller can do. Query plans, cost and property tests are excluded because they are slow.
 */
final class Suite {

    private static final String TESTS = "changelogs\\..*Test";
    private static final String[] NO_BEHAVIOUR = {
        "changelogs\\.(backup|drift|liquibase|mutations|pages|plugin|review|rules|server|skeleton|systems|testing|workflows)\\..*",
        "changelogs\\.ops\\..*(Pages|Rls|Scripts|Smoke|Verify)Test",
        ".*\\.(Rollback|SafeChecks)Test",
        ".*(Plans|TriggerCost)Test",
    };
    private static final Pattern CLASS = Pattern.compile(".*?\\[class:[^\\]]+\\]");

    private final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build());

    /** Ids of all matching classes with tests of behavior. */
    List<String> classes(String name) {
        TestPlan plan = launcher.discover(request().selectors(selectPackage("changelogs")).filters(includeClassNamePatterns(TESTS), includeClassNamePatterns(name),
                excludeClassNamePatterns(NO_BEHAVIOUR)).build());
        return plan.getRoots().stream().flatMap(engine -> plan.getChildren(engine).stream()).map(TestIdentifier::getUniqueId).toList();
    }

    /** Runs tests or classes by id until the token is canceled. */
    void run(Collection<String> ids, TestExecutionListener listener, CancellationToken token) {
        LauncherDiscoveryRequest request = request().selectors(ids.stream().map(id -> selectUniqueId(id)).toList()).build();
        launcher.execute(LauncherExecutionRequestBuilder.request(request).listeners(listener).cancellationToken(token).build());
    }

    private static LauncherDiscoveryRequestBuilder request() {
        // The probe applies to the thread that runs the tests.
        return LauncherDiscoveryRequestBuilder.request().configurationParameter("junit.jupiter.execution.parallel.enabled", "false").filters(EngineFilter.includeEngines("junit-jupiter"));
    }

    /** Unique id of the class that contains a unique id; null for an engine. */
    static String testClass(String id) {
        Matcher matcher = CLASS.matcher(id);
        return matcher.lookingAt() ? matcher.group() : null;
    }

    /** Last part of the package name of a unique id. */
    static String testPackage(String id) {
        return id.replaceAll(".*\\[class:(?:\\w+\\.)*(\\w+)\\.[^.]+\\].*", "$1");
    }

    /** A readable name for a unique id. */
    static String name(String id) {
        return id.replaceAll(".*\\[class:changelogs\\.([^\\]]+)\\]", "$1").replaceAll("/\\[[a-z-]+:([^(\\]]+)[^\\]]*\\]", " > $1");
    }
}
