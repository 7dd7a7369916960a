package changelogs.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Command;
import changelogs.testing.Skip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Workflows and shell scripts pass actionlint and shellcheck, and secrets and inputs are used safely. */
class WorkflowsTest {

    private static final Path ACTIONLINT = Path.of("node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");
    /** Findings of actionlint 1.7.7 about features of GitHub that it does not know yet. */
    private static final String TOO_NEW = ".*(label \"macos-15-intel\" is unknown|unexpected key \"queue\" for \"concurrency\" section).*";

    private record Step(Path file, String name, Map<?, ?> keys) {

        /** The script of the step; values from the matrix are constants of the workflow, not inputs. */
        String run() {
            String run = (String) keys.get("run");
            return run == null ? null : run.replaceAll("\\$\\{\\{ matrix\\.\\w+ }}", "constant");
        }
    }

    @TestFactory
    Stream<DynamicTest> actionlintFindsNothingInWorkflows() throws IOException {
        return workflows().stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                () -> assertThat(actionlint(file).filter(finding -> !finding.matches(TOO_NEW))).isEmpty()));
    }

    @Test
    void actionlintFindsAMistake(@TempDir Path folder) throws Exception {
        Path workflow = Files.writeString(folder.resolve("workflow.yml"),
                "on: push\njobs: { one: { runs-on: ubuntu-24.04, steps: [ { run: 'echo ${{ inputs.nothing }}' } ] } }");

        assertThat(actionlint(workflow)).anyMatch(finding -> finding.contains("property \"nothing\" is not defined"));
    }

    @TestFactory
    Stream<DynamicTest> shellcheckFindsNothingInScripts() throws IOException {
        return scripts().stream().map(file -> DynamicTest.dynamicTest(file.toString(),
                () -> assertThat(shellcheck(Files.readString(file), "-x")).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> shellcheckFindsNothingInSteps() throws IOException {
        return steps().stream().filter(step -> step.run() != null)
                .map(step -> DynamicTest.dynamicTest(step.file() + ": " + step.name(), () -> assertThat(shellcheck(step.run(), "--shell=bash")).isEmpty()));
    }

    @Test
    void shellcheckFindsAMistake() throws Exception {
        assertThat(shellcheck("rm $1\n", "--shell=bash")).contains("SC2086");
    }

    /** An expression is inserted into the script text, so an input could contain a command; a variable cannot. */
    @Test
    void scriptsTakeInputsFromVariables() throws IOException {
        assertThat(steps()).extracting(Step::run).filteredOn(run -> run != null).isNotEmpty().noneMatch(run -> run.contains("${{"));
    }

    @Test
    void externalActionsArePinnedByCommit() throws IOException {
        assertThat(steps()).extracting(step -> step.keys().get("uses")).filteredOn(uses -> uses != null).isNotEmpty()
                .allMatch(uses -> uses.toString().matches("\\./.*|[\\w./-]+@[0-9a-f]{40}"));
    }

    @Test
    void jobsWithSecretsUseOneEnvironment() throws IOException {
        for (Path file : workflows()) {
            Map<String, Object> workflow = read(file);
            Map<?, ?> jobs = (Map<?, ?>) workflow.remove("jobs");

            assertThat(workflow.toString()).as("%s, outside of jobs", file).doesNotContain("secrets");
            jobs.forEach((name, job) -> {
                if (job.toString().contains("secrets")) {
                    assertThat(((Map<?, ?>) job).get("environment")).as("%s: %s", file, name).isNotNull();
                    assertThat(job.toString()).as("%s: %s", file, name).doesNotContain("secrets: inherit", "secrets)", "secrets[");
                }
            });
        }
    }

    @Test
    void rolloutsToOneDatabaseQueue() {
        assertThat(read(Path.of(".github", "workflows", "rollout.yml")).get("concurrency"))
                .isEqualTo(Map.of("group", "rollout-${{ inputs.system }}-${{ inputs.environment }}", "queue", "max"));
    }

    private static Stream<String> actionlint(Path workflow) {
        Skip.unless(Files.exists(ACTIONLINT), "actionlint, because it is not installed; install it with npm ci");
        // actionlint is WebAssembly, which the optimizing compiler takes seconds to compile. The argument is a pattern of paths with slashes.
        return Command.of("node", "--liftoff-only", ACTIONLINT.toString(), workflow.toString().replace('\\', '/')).merged().run().out().lines()
                .filter(line -> line.matches("\\S+:\\d+:\\d+ .*"));
    }

    private static String shellcheck(String script, String... options) {
        Skip.unless(Command.find("shellcheck").isPresent(), "shellcheck, because it is not on the PATH");
        List<String> command = new ArrayList<>(List.of("shellcheck", "--format=gcc"));
        command.addAll(List.of(options));
        command.add("-");
        return Command.of(command).reading(script).merged().run().out();
    }

    private static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
            return files.sorted().toList();
        }
    }

    /** Files whose first line names a shell. */
    private static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (String folder : List.of(".ci", ".github", "ops", "src")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    try (var in = Files.newInputStream(file)) {
                        if (new String(in.readNBytes(32), StandardCharsets.ISO_8859_1).matches("(?s)#!\\S*[/ ](env )?(ba)?sh\\b.*")) {
                            scripts.add(file);
                        }
                    }
                }
            }
        }
        assertThat(scripts).contains(Path.of(".ci", "run"), Path.of("ops", "pg-env"));
        return scripts;
    }

    /** Steps of all workflows and of the actions in this repository. */
    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (Path file : workflows()) {
            ((Map<?, ?>) read(file).get("jobs")).values().forEach(job -> add(steps, file, (Map<?, ?>) job));
        }
        try (Stream<Path> actions = Files.list(Path.of(".github", "actions"))) {
            actions.map(folder -> folder.resolve("action.yml")).sorted().forEach(file -> add(steps, file, (Map<?, ?>) read(file).get("runs")));
        }
        return steps;
    }

    private static void add(List<Step> steps, Path file, Map<?, ?> job) {
        for (Object step : (List<?>) job.get("steps")) {
            Map<?, ?> keys = (Map<?, ?>) step;
            Object name = keys.get("name");
            steps.add(new Step(file, name == null ? keys.toString() : name.toString(), keys));
        }
    }

    private static Map<String, Object> read(Path file) {
        try {
            return new Yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
