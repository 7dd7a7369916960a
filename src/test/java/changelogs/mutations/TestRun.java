package changelogs.mutations;

import java.util.Set;

/**
 * What a test did when it was recorded.
 *
 * @param id the unique id of JUnit
 * @param states the states of the databases that it used, by name
 * @param shared whether it uses shared databases alone
 * @param names "role object" for what its statements name
 * @param touches "role object" for what was scanned, written or called too, and what those names lead to
 * @param refusals the names in the errors that it met
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
