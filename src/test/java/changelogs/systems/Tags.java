package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Catalog;
import changelogs.testing.CatalogReader;
import changelogs.testing.Changelog;
import changelogs.testing.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liquibase.change.core.TagDatabaseChange;

/** The tags of a changelog and the catalog at each of them. Only changes since the last tag are read; {@link RoundTrip} reads the complete catalog at each tag. */
final class Tags {

    private final Changelog changelog;
    private final CatalogReader reader;
    private final Map<String, Catalog> states = new LinkedHashMap<>();

    private Tags(Changelog changelog, Session operator) {
        this.changelog = changelog;
        this.reader = new CatalogReader(operator);
    }

    /** Runs a full update and records the catalog at each tag. */
    static Tags pass(Changelog changelog, Session operator) {
        Tags tags = new Tags(changelog, operator);
        changelog.afterEach(changeset -> changeset.getChanges().stream()
                .filter(TagDatabaseChange.class::isInstance).map(TagDatabaseChange.class::cast)
                .forEach(change -> tags.states.put(change.getTag(), tags.reader.read()))).update();
        assertThat(tags.states).as("tags of the changelog").isNotEmpty();
        return tags;
    }

    /** Rolls back to each tag, last tag first. */
    void rollBackToEach() {
        List<String> lastFirst = new ArrayList<>(states.keySet());
        Collections.reverse(lastFirst);
        for (String tag : lastFirst) {
            changelog.rollbackToTag(tag);
            assertState(tag, "the rollback to tag");
        }
    }

    /** Updates to each tag, first tag first. */
    void updateToEach() {
        for (String tag : states.keySet()) {
            changelog.updateToTag(tag);
            assertState(tag, "the update to tag");
        }
    }

    private void assertState(String tag, String event) {
        assertThat(reader.read().differencesFrom(states.get(tag))).as("differences from the earlier catalog, after %s %s", event, tag).isEmpty();
    }
}
