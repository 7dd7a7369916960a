package changelogs.mutations;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every accepted survivor needs a reason, and obsolete entries are reported. */
class AcceptedTest {

    private static final Mutation MUTATION = new Mutation(Kind.CHECK_DROPPED, State.end("vectors"), "public.t t_check", Set.of("public.t"), Set.of(), Set.of(), "0001", "");
    private static final Outcome SURVIVED = new Outcome(MUTATION, null, List.of("test"), 1);
    private static final Outcome DETECTED = new Outcome(MUTATION, "[class:changelogs.SomeTest]", List.of("test"), 1);

    @TempDir
    Path folder;

    @Test
    void survivorNeedsAReason() throws IOException {
        assertThat(accepted("").problems(List.of(SURVIVED), false, Set.of())).containsExactly("No test detects: " + MUTATION.id());
        assertThat(accepted(MUTATION.id()).problems(List.of(SURVIVED), false, Set.of())).containsExactly("Accepted without a reason: " + MUTATION.id());
        assertThat(accepted("# The key implies\n# it.\nother\n" + MUTATION.id()).problems(List.of(SURVIVED), false, Set.of())).isEmpty();
        assertThat(accepted("# The key implies\n# it.\n" + MUTATION.id()).reasons()).containsEntry(MUTATION.id(), "The key implies it.");
    }

    @Test
    void reasonAppliesUpToTheNextBlankLine() throws IOException {
        assertThat(accepted("# Why.\nother\n\n" + MUTATION.id()).problems(List.of(SURVIVED), false, Set.of())).containsExactly("Accepted without a reason: " + MUTATION.id());
    }

    @Test
    void entryOfADetectedMutationIsObsolete() throws IOException {
        assertThat(accepted("# Why.\n" + MUTATION.id()).problems(List.of(DETECTED), false, Set.of())).singleElement().asString().contains("detected by SomeTest");
    }

    @Test
    void entryWithoutAMutationIsObsoleteInAFullRun() throws IOException {
        Accepted accepted = accepted("# Why.\n" + MUTATION.id());

        assertThat(accepted.problems(List.of(), true, Set.of())).containsExactly("Accepted, but there is no such mutation: " + MUTATION.id());
        assertThat(accepted.problems(List.of(), true, Set.of(MUTATION.id()))).isEmpty();
        assertThat(accepted.problems(List.of(), false, Set.of())).isEmpty();
    }

    private Accepted accepted(String text) throws IOException {
        return Accepted.in(Files.writeString(folder.resolve("accepted.txt"), text));
    }
}
