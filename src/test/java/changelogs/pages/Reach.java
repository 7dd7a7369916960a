package changelogs.pages;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Describes the rows of a table that a command can affect, by comparing two users who own rows with a stranger. */
record Reach(Set<String> all, Set<String> alice, Set<String> bob, Set<String> stranger) {

    static final String NONE = "no rows";

    String ofAlice() {
        return ofUser(alice);
    }

    String ofBob() {
        return ofUser(bob);
    }

    String ofStranger() {
        return ofOther(stranger);
    }

    /** Rows for a caller without an account. */
    String ofOther(Set<String> rows) {
        return rows.isEmpty() ? NONE : rows.containsAll(all) ? "all rows" : "open rows";
    }

    /** Rows for a caller with an account and more rights than the two users. */
    String ofOne(Set<String> rows) {
        return ofOther(rows).replace("open rows", rows.equals(stranger) ? "open rows" : "some rows");
    }

    private String ofUser(Set<String> rows) {
        if (rows.isEmpty() || rows.containsAll(all) || rows.equals(stranger)) {
            return ofOther(rows);
        }
        String own = Collections.disjoint(without(alice), without(bob)) ? "own rows" : "own and shared rows";
        return stranger.isEmpty() ? own : own.replace(" rows", ", open rows");
    }

    private List<String> without(Set<String> rows) {
        return rows.stream().filter(row -> !stranger.contains(row)).toList();
    }
}
