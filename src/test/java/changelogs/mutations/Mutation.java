package changelogs.mutations;

import changelogs.testing.State;
import java.util.Set;

/**
 * One thing taken from a migrated schema, or widened.
 *
 * @param object what is mutated, by name
 * @param concerns the relations and functions whose users may notice
 * @param roles the roles that may notice; all where empty
 * @param hints names that an error message would hold while the object is whole
 * @param migration the migration that made the object
 */
record Mutation(Kind kind, State state, String object, Set<String> concerns, Set<String> roles, Set<String> hints, String migration, String sql) {

    /** Names the mutation in the list of accepted survivors, and in the reports. */
    String id() {
        return state.system() + ": " + kind + ": " + object;
    }

}
