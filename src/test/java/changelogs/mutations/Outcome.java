package changelogs.mutations;

import java.util.List;

/**
 * What the tests made of a mutation.
 *
 * @param noticedBy the test that failed first; null where it survived
 * @param ran the tests that ran
 */
record Outcome(Mutation mutation, String noticedBy, List<String> ran, long millis) {

    boolean noticed() {
        return noticedBy != null;
    }

    boolean untouched() {
        return ran.isEmpty();
    }
}
