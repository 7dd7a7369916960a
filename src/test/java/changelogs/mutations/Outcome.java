package changelogs.mutations;

import java.util.List;

/**
 * Result of the tests for a mutation.
 *
 * @param detectedBy the test that failed first; null if the mutation survived
 * @param ran tests that ran
 */
record Outcome(Mutation mutation, String detectedBy, List<String> ran, long millis) {

    boolean detected() {
        return detectedBy != null;
    }

    boolean untouched() {
        return ran.isEmpty();
    }
}
