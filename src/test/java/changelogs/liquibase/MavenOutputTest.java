package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import changelogs.testing.TestServer;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Output in a terminal: Maven runs with this project's pom on a database of the test server. */
class MavenOutputTest {

    private static final String PASSWORD = "password=" + Server.PASSWORD;

    /** The Maven command; null if it is not on the path, as in an IDE. */
    private static String maven;

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    private record Output(int status, List<String> lines) {

        String last() {
            return lines.get(lines.size() - 1);
        }
    }

    @BeforeAll
    static void findMaven() {
        maven = Command.find(File.separatorChar == '\\' ? "mvn.cmd" : "mvn").map(Path::toString).orElse(null);
        assumeTrue(maven != null, "Maven is not on the path");
    }

    @Test
    void updatePrintsItsTargetAtStartAndEndAndFitsOnAScreen() {
        Output output = maven("liquibase:update", "-Pvectors");

        String target = "System vectors, environment local, database " + database.name() + " on " + server() + ", as postgres";
        assertThat(output.lines()).hasSizeLessThan(40).anyMatch(line -> line.endsWith(target))
                .anyMatch(line -> line.matches(".* 0002-action-events +6 changesets .*"));
        assertThat(output.lines().indexOf("[INFO] " + target)).isLessThan(indexOf(output, "Executing on Database"));
        assertThat(output.last()).isEqualTo(target + ": 30 changesets applied, 0 pending.");
        assertThat(output.status()).isZero();
    }

    @Test
    void verbosePrintsTheLinesOfLiquibase() {
        Output output = maven("liquibase:update", "-Pvectors", "-Dverbose");

        assertThat(output.lines()).contains("[INFO] Running Changeset: vectors/0002::0002-action-events::vectors", "UPDATE SUMMARY");
        assertThat(output.last()).endsWith(": 30 changesets applied, 0 pending.");
    }

    @Test
    void failureIsPrintedLast() {
        Scratch.changelog(folder, database.name(), Scratch.sql("first", "select 1", "select 1"), Scratch.sql("broken", "select 1 / 0", "select 1"));

        Output output = maven("liquibase:update", "-Dliquibase.searchPath=" + folder, "-Dliquibase.changeLogFile=" + Scratch.FILE);

        assertThat(output.status()).isNotZero();
        assertThat(output.lines().subList(output.lines().size() - 5, output.lines().size())).satisfiesExactly(
                line -> assertThat(line).contains("database " + database.name()),
                line -> assertThat(line).isEqualTo("Failed:   changelog.yaml::broken::test"),
                line -> assertThat(line).isEqualTo("File:     changelog.yaml:19"),
                line -> assertThat(line).isEqualTo("Reason:   ERROR: division by zero"),
                line -> assertThat(line).startsWith("Do:       No part of this changeset was applied"));
        assertThat(output.lines()).filteredOn(line -> line.contains("Failed SQL")).as("printed errors").hasSize(1);
    }

    @Test
    void misspelledEnvironmentIsRefusedBeforeAnythingRuns() {
        Output output = maven("liquibase:update", "-Pvectors,stagin");

        assertThat(output.status()).isNotZero();
        assertThat(output.last()).startsWith("There is no profile stagin in pom.xml or settings.xml. Nothing was run.");
        assertThat(database.operator().value(Boolean.class, "select to_regclass('" + Changelog.LOG + "') is null")).isTrue();
    }

    @Test
    void lifecycleAlsoRefusesAnUnknownProfile() {
        Output output = maven("validate", "-Pstagin");

        assertThat(output.status()).isNotZero();
        assertThat(output.lines()).anyMatch(line -> line.contains("The requested profile doesn't exist: stagin"));
    }

    /** Runs Maven on the test server's database instead of the one in {@code .local}. */
    private Output maven(String... arguments) {
        List<String> command = new ArrayList<>(List.of(maven, "-B"));
        if (MavenArguments.current().has("-o", "--offline")) {
            command.add("-o");
        }
        command.addAll(List.of("-Dliquibase.url=" + url() + (url().contains("?") ? "&" : "?") + PASSWORD, "-Dliquibase.driver=org.postgresql.Driver"));
        command.addAll(List.of(arguments));
        Command.Result result = Command.of(command).merged().run();
        List<String> lines = result.out().lines().toList();
        assertThat(lines).filteredOn(line -> line.contains(PASSWORD) && !line.contains("Executing on Database")).as("lines with the password").isEmpty();
        return new Output(result.status(), lines);
    }

    private static int indexOf(Output output, String part) {
        return output.lines().indexOf(output.lines().stream().filter(line -> line.contains(part)).findFirst().orElseThrow());
    }

    private String url() {
        return TestServer.get().server().url(database.name());
    }

    private String server() {
        return url().replaceFirst("jdbc:postgresql://", "").replaceFirst("/.*", "");
    }
}
