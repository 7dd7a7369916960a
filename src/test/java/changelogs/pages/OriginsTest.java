package changelogs.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.CatalogReader;
import changelogs.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The changeset that Origins finds for an object is the one that creates it in the database. */
class OriginsTest {

    private static final Pattern OBJECT = Pattern.compile("(relation|function|trigger|policy|constraint|index) ((\\w+)\\.(\\w+))(?:\\(.*\\)|\\.(.+))?");
    private static final Pattern INDEX = Pattern.compile("CREATE (?:UNIQUE )?INDEX \\S+ ON (\\S+) .*", Pattern.DOTALL);

    /**
     * Runs for one system only, since reading the catalog after each changeset of all systems takes a minute; for the others, page
     * generation fails on objects without an origin.
     */
    @TestFactory
    Stream<DynamicTest> originIsTheChangesetThatCreatesTheObject() {
        return Stream.of("vectors").map(system -> DynamicTest.dynamicTest(system, () -> {
            Origins origins = Origins.of(system);
            List<String> seen = new ArrayList<>();
            List<String> differences = new ArrayList<>();
            try (Database database = Database.open(system)) {
                CatalogReader reader = new CatalogReader(database.operator());
                Catalog[] before = {reader.read()};
                database.changelog().afterEach(changeset -> {
                    Catalog after = reader.read();
                    created(after.since(before[0])).forEach(key -> {
                        seen.add(key.kind());
                        if (creators(origins, key).stream().noneMatch(made -> made.changeset().equals(changeset.getId()))) {
                            differences.add(changeset.getId() + " creates " + key);
                        }
                    });
                    before[0] = after;
                }).update();
            }
            assertThat(differences).isEmpty();
            assertThat(seen).contains("relation", "function", "trigger", "policy", "constraint", "index");
        }));
    }

    @Test
    void objectWithoutAnOriginIsReported() {
        Origins origins = Origins.of("vectors");

        assertThatThrownBy(() -> origins.last("policy", "public.action_events", "made_by_hand"))
                .hasMessageContaining("policy made_by_hand on public.action_events");
    }

    private static List<Origins.Origin> creators(Origins origins, Origins.Key key) {
        List<Origins.Origin> ofDropped = origins.dropped().get(key);
        return ofDropped == null ? origins.of(key.kind(), key.relation(), key.name()) : ofDropped;
    }

    /** New objects of the kinds whose files the pages name. Since PostgreSQL 18, not null is a constraint. */
    private static List<Origins.Key> created(Map<String, String> definitions) {
        List<Origins.Key> keys = new ArrayList<>();
        definitions.forEach((name, definition) -> {
            Matcher object = OBJECT.matcher(name);
            if (object.matches()) {
                String kind = object.group(1);
                if (kind.equals("index")) {
                    Matcher index = INDEX.matcher(definition);
                    if (index.matches() && !definitions.containsKey("constraint " + index.group(1) + "." + object.group(4))) {
                        keys.add(new Origins.Key(kind, index.group(1), object.group(4)));
                    }
                } else if (object.group(5) != null && !definition.matches("(?s)(TRIGGER|NOT NULL ).*")) {
                    keys.add(new Origins.Key(kind, object.group(2), object.group(5)));
                } else if (kind.equals("function") || kind.equals("relation") && definition.matches("(?s)[rpvm] .*")) {
                    keys.add(new Origins.Key(kind, "", object.group(2)));
                }
            }
        });
        return keys;
    }
}
