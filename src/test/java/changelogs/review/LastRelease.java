package changelogs.review;

import changelogs.ops.Outcome;
import changelogs.ops.Script;
import changelogs.server.Server;
import changelogs.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs the row security tests of the base on the head. */
final class LastRelease {

    private LastRelease() {
    }

    /** The row security tests of the base on a database with the new changesets; cases that also fail on the base are omitted. */
    static List<Finding> securityTests(Side base, String before, String after, List<String> unmeasured) {
        Path script = base.root().resolve("ops").resolve(base.system()).resolve("rls_tests.sql");
        if (!Files.exists(script)) {
            unmeasured.add("Row security tests of the base: there is no ops/" + base.system() + "/rls_tests.sql.");
            return List.of();
        }
        Set<String> failures = failures(script, after);
        if (!failures.isEmpty()) {
            failures.removeAll(failures(script, before));
        }
        return failures.stream().map(line -> new Finding(Check.CLIENT_TESTS_FAIL, "ops/" + base.system() + "/rls_tests.sql", "", "", line, "")).toList();
    }

    private static Set<String> failures(Path script, String database) {
        try (Connection owner = TestServer.get().server().connect(database, Server.MIGRATOR)) {
            Outcome outcome = Script.at(script).runAfter("select 1", owner);
            Set<String> failures = new LinkedHashSet<>(outcome.lines().stream().filter(line -> line.contains("FAIL ")).toList());
            if (!outcome.error().isEmpty() && failures.isEmpty()) {
                failures.add(outcome.error().lines().findFirst().orElse(""));
            }
            return failures;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
