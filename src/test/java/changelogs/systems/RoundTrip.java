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
 * A changelog's way from an empty log to its end, back, and to its end again, with the catalog compared after each changeset. Only its
 * changes are read after each; at each tag and at both ends the whole catalog is read too.
 *
 * <p>Liquibase goes each way in one run, since starting it costs more than a changeset does. On the way back each changeset is
 * still taken back by itself, from the very state that it led to, and on the second way forward it starts from what its rollback left.
 */
final class RoundTrip {

    private final Changelog changelog;
    private final Session operator;
    private final CatalogReader reader;
    /** The changesets that ran, in order; what the server does not offer stays pending and is not among them. */
    private final List<String> changesets = new ArrayList<>();
    /** The catalog before the first changeset, then those after each. */
    private final List<Catalog> states = new ArrayList<>();
    /** The places of the states at which the whole catalog is read. */
    private final Set<Integer> milestones = new HashSet<>(Set.of(0));

    private RoundTrip(Changelog changelog, Session operator) {
        this.changelog = changelog;
        this.operator = operator;
        this.reader = new CatalogReader(operator);
    }

    /** Goes forward for the first time and keeps the catalogs that come by. */
    static RoundTrip begin(Changelog changelog, Session operator) {
        RoundTrip trip = new RoundTrip(changelog, operator);
        trip.states.add(trip.read(0));
        changelog.afterEach(trip::pass).update();
        trip.milestones.add(trip.changesets.size());
        trip.assertState(trip.changesets.size(), "the update of everything");
        return trip;
    }

    private void pass(ChangeSet changeset) {
        changesets.add(name(changeset));
        if (changeset.getChanges().stream().anyMatch(TagDatabaseChange.class::isInstance)) {
            milestones.add(changesets.size());
        }
        states.add(read(changesets.size()));
    }

    /** Takes all changesets back, last first: each leaves what was there before it. */
    void takeEachBack() {
        changelog.afterEach(changeset -> assertState(place(changeset), "the rollback of " + name(changeset))).rollbackCount(changesets.size());
        assertState(0, "the rollback of everything");
        assertApplied(0);
    }

    /** Applies all changesets again: each makes what it made the first time. */
    void applyEachAgain() {
        changelog.afterEach(changeset -> assertState(place(changeset) + 1, name(changeset) + " came back")).update();
        assertState(changesets.size(), "everything came back");
        assertApplied(changesets.size());
    }

    private int place(ChangeSet changeset) {
        int place = changesets.indexOf(name(changeset));
        assertThat(place).as("the place of %s among those that ran the first time", name(changeset)).isNotNegative();
        return place;
    }

    private Catalog read(int place) {
        Catalog state = reader.read();
        if (milestones.contains(place)) {
            assertThat(state.differencesFrom(Catalog.of(operator))).as("what reading only the changes got wrong").isEmpty();
        }
        return state;
    }

    private void assertState(int place, String event) {
        assertThat(read(place).differencesFrom(states.get(place))).as("what is not as it was, after %s", event).isEmpty();
    }

    private void assertApplied(long count) {
        assertThat(operator.value(Long.class, "select count(*) from " + Changelog.LOG)).as("changesets in the log").isEqualTo(count);
    }

    private static String name(ChangeSet changeset) {
        return changeset.toString(false);
    }
}
