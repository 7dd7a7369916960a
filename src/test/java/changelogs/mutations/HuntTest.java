package changelogs.mutations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A mutation is detected, survives, or is not touched by any test. */
class HuntTest {

    private static final String PLAYERS = "[engine:junit-jupiter]/[class:" + Samples.Players.class.getName() + "]";
    private static final State VECTORS = State.end("vectors");

    private static Recording recording;

    @BeforeAll
    static void record() {
        recording = Recording.of(List.of(PLAYERS));
    }

    @Test
    void recordingContainsTheObjectsAndRolesOfEachTest() {
        assertThat(recording.runs()).hasSize(2);
        TestRun stranger = recording.runs().stream().filter(run -> run.id().contains("stranger")).findFirst().orElseThrow();

        assertThat(stranger.names()).contains("authenticated public.vector_progress", "postgres public.game_profiles").doesNotContain("any private.owned_profile_ids");
        assertThat(stranger.touches()).contains("postgres private.seed_vector_progress", "postgres public.vector_progress", "authenticated private.owned_profile_ids")
                .doesNotContain("any public.action_events", "anon public.vector_progress");
    }

    @Test
    void mutationOfATestedPolicyIsDetected() {
        Outcome outcome = hunt(Kind.POLICY_WIDENED, "public.vector_progress", "authenticated",
                "alter policy \"Users select own vector progress\" on public.vector_progress using (true)");

        assertThat(outcome.detected()).isTrue();
        assertThat(Suite.name(outcome.detectedBy())).isEqualTo("mutations.Samples$Players > strangerReadsNothing");
    }

    @Test
    void mutationOfAnUntestedCheckSurvives() {
        Outcome outcome = hunt(Kind.CHECK_DROPPED, "public.vector_progress", "postgres",
                "alter table public.vector_progress drop constraint vector_progress_step_index_check");

        assertThat(outcome.detected()).isFalse();
        assertThat(outcome.untouched()).isFalse();
    }

    @Test
    void mutationOfAnUnusedTableIsUntouched() {
        Outcome outcome = hunt(Kind.POLICY_DROPPED, "public.action_events", "authenticated",
                "drop policy \"Users select own action events\" on public.action_events");

        assertThat(outcome.detected()).isFalse();
        assertThat(outcome.untouched()).isTrue();
    }

    @Test
    void privilegeOfAnUnusedRoleIsUntouched() {
        assertThat(hunt(Kind.PRIVILEGE_REVOKED, "public.vector_progress", "anon", "revoke select on public.vector_progress from anon").untouched()).isTrue();
    }

    @Test
    void mutationThatCannotBeAppliedFailsTheRun() {
        assertThatThrownBy(() -> hunt(Kind.TRIGGER_DROPPED, "public.vector_progress", "authenticated", "drop trigger no_such_trigger on public.vector_progress"))
                .hasMessageContaining("Cannot apply vectors: trigger dropped").hasMessageContaining("no_such_trigger");
    }

    private static Outcome hunt(Kind kind, String table, String role, String sql) {
        return new Hunt(recording).of(new Mutation(kind, VECTORS, table + " sample", Set.of(table), Set.of(role), Set.of(), "0001", sql));
    }
}
