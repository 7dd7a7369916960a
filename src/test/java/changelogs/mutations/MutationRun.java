package changelogs.mutations;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Pmutations} mutates the schema of each system and reports mutations that no test detects. */
class MutationRun {

    private static final Path FOLDER = Path.of("target", "mutations");
    private static final Path ACCEPTED = Path.of("src", "test", "resources", "mutations", "accepted.txt");
    private static final int THREADS = 2;

    @Test
    void everyMutationIsDetectedOrAccepted() throws Exception {
        Settings settings = Settings.given();
        Recording recording = Recording.of(settings.classes(), FOLDER);
        System.out.printf("Recorded %d tests, %d of them with a dedicated database.%n", recording.runs().size(),
                recording.runs().stream().filter(run -> !run.shared()).count());
        List<Mutation> mutations = new ArrayList<>();
        Map<String, Mutants.Callers> callers = new LinkedHashMap<>();
        for (String system : settings.systems()) {
            Mutants mutants = Mutants.of(State.end(system));
            mutations.addAll(mutants.mutations());
            callers.put(system, mutants.callers());
        }
        List<Mutation> chosen = settings.choose(mutations);
        Accepted accepted = Accepted.in(ACCEPTED);

        List<Outcome> outcomes = hunt(new Hunt(recording), chosen);

        Report report = new Report(outcomes, accepted, callers);
        report.write(FOLDER);
        List<String> problems = accepted.problems(outcomes, settings.isFull(), Accepted.ids(mutations));
        problems.forEach(System.out::println);
        System.out.println(report.closingLine());
        assertThat(problems).as("%s; see %s", report.closingLine(), FOLDER.resolve("report.md")).isEmpty();
    }

    private static List<Outcome> hunt(Hunt hunt, List<Mutation> mutations) throws Exception {
        Progress progress = new Progress(mutations.size());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Outcome>> running = mutations.stream().map(mutation -> threads.submit(() -> progress.add(hunt.of(mutation)))).toList();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> outcome : running) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
