package changelogs.mutations;

import changelogs.testing.State;
import java.util.Set;

/**
 * One object of a migrated schema that is dropped or weakened.
 *
 * @param object name of the mutated object
 * @param concerns relations and functions whose users may detect the mutation
 * @param roles roles that may detect the mutation; all if empty
 * @param hints names that error messages contain while the object is unchanged
 * @param migration the migration that created the object
 */
record Mutation(Kind kind, State state, String object, Set<String> concerns, Set<String> roles, Set<String> hints, String migration, String sql) {

    /** Id of the mutation in the list of accepted survivors and in reports. */
    String id() {
        return state.system() + ": " + kind + ": " + object;
    }

}
