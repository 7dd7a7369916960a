package changelogs.mutations;

import java.util.Set;

/**
 * Recorded data of a test.
 *
 * @param id the unique id of JUnit
 * @param states names of the states of the databases that the test used
 * @param shared whether the test uses only shared databases
 * @param names "role object" for objects named in its statements
 * @param touches "role object" also for objects that were scanned, written or called, and for objects that the named ones use
 * @param refusals names in the errors that occurred
 */
record TestRun(String id, long millis, boolean shared, Set<String> states, Set<String> names, Set<String> touches, Set<String> refusals) {

    boolean touches(Mutation mutation) {
        return states.contains(mutation.state().toString()) && any(touches, mutation);
    }

    boolean names(Mutation mutation) {
        return any(names, mutation);
    }

    boolean isRefused(Mutation mutation) {
        return mutation.hints().stream().anyMatch(refusals::contains);
    }

    private static boolean any(Set<String> touched, Mutation mutation) {
        return mutation.concerns().stream().anyMatch(object -> mutation.roles().isEmpty()
                ? touched.contains("any " + object)
                : mutation.roles().stream().anyMatch(role -> touched.contains(role + " " + object)));
    }
}
