package changelogs.mutations;

import java.util.List;

/**
 * Result of the tests for a mutation.
 *
 * @param noticedBy the test that failed first; null if the mutation survived
 * @param ran tests that ran
 */
record Outcome(Mutation mutation, String noticedBy, List<String> ran, long millis) {

    boolean noticed() {
        return noticedBy != null;
    }

    boolean untouched() {
        return ran.isEmpty();
    }
}
