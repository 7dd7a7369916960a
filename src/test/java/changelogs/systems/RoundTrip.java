package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Catalog;
import changelogs.testing.CatalogReader;
import changelogs.testing.Changelog;
import changelogs.testing.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeSet;

/**
 * Applies a changelog to an empty database, rolls it back and applies it again, and compares the catalog after each changeset. After each
 * changeset only the changes of the catalog are read; at each tag and at both ends the complete catalog is read too.
 *
 * <p>Each direction is one Liquibase run, since starting Liquibase takes longer than a changeset. Each changeset is still rolled back from
 * exactly the state that it created, and applied again to the state that its rollback left.
 */
final class RoundTrip {

    private final Changelog changelog;
    private final Session operator;
    private final CatalogReader reader;
    /** The changesets that ran, in order; changesets that need a missing extension stay pending and are not included. */
    private final List<String> changesets = new ArrayList<>();
    /** The catalog before the first changeset, then the catalog after each changeset. */
    private final List<Catalog> states = new ArrayList<>();
    /** Indexes of the states at which the complete catalog is read. */
    private final Set<Integer> milestones = new HashSet<>(Set.of(0));

    private RoundTrip(Changelog changelog, Session operator) {
        this.changelog = changelog;
        this.operator = operator;
        this.reader = new CatalogReader(operator);
    }

    /** Applies all changesets for the first time and records the catalog after each. */
    static RoundTrip begin(Changelog changelog, Session operator) {
        RoundTrip trip = new RoundTrip(changelog, operator);
        trip.states.add(trip.read(0));
        changelog.afterEach(trip::pass).update();
        trip.milestones.add(trip.changesets.size());
        trip.assertState(trip.changesets.size(), "the first complete update");
        return trip;
    }

    private void pass(ChangeSet changeset) {
        changesets.add(name(changeset));
        if (changeset.getChanges().stream().anyMatch(TagDatabaseChange.class::isInstance)) {
            milestones.add(changesets.size());
        }
        states.add(read(changesets.size()));
    }

    /** Rolls back all changesets, last first; each must restore the catalog before it. */
    void rollBackEach() {
        changelog.afterEach(changeset -> assertState(position(changeset), "the rollback of " + name(changeset))).rollbackCount(changesets.size());
        assertState(0, "the complete rollback");
        assertApplied(0);
    }

    /** Applies all changesets again; each must give the same catalog as the first time. */
    void reapplyEach() {
        changelog.afterEach(changeset -> assertState(position(changeset) + 1, name(changeset) + " was applied again")).update();
        assertState(changesets.size(), "the second complete update");
        assertApplied(changesets.size());
    }

    private int position(ChangeSet changeset) {
        int position = changesets.indexOf(name(changeset));
        assertThat(position).as("index of %s among the changesets that ran the first time", name(changeset)).isNotNegative();
        return position;
    }

    private Catalog read(int position) {
        Catalog state = reader.read();
        if (milestones.contains(position)) {
            assertThat(state.differencesFrom(Catalog.of(operator))).as("differences between the incremental and the complete catalog").isEmpty();
        }
        return state;
    }

    private void assertState(int position, String event) {
        assertThat(read(position).differencesFrom(states.get(position))).as("differences from the earlier catalog, after %s", event).isEmpty();
    }

    private void assertApplied(long count) {
        assertThat(operator.value(Long.class, "select count(*) from " + Changelog.LOG)).as("changesets in the log").isEqualTo(count);
    }

    private static String name(ChangeSet changeset) {
        return changeset.toString(false);
    }
}
