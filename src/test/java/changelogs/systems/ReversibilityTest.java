package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

/** Rollback of every changeset restores the catalog exactly. */
@Order(1)
class ReversibilityTest {

    /** Runs with all contexts, so that changesets in a context are rolled back and applied again too; this takes long. */
    @TestFactory
    Stream<DynamicTest> everyChangesetCanBeRolledBackAndAppliedAgain() {
        return eachSystem("local,adyen", Database::open, (operator, changelog) -> {
            RoundTrip trip = RoundTrip.begin(changelog, operator);
            trip.rollBackEach();
            trip.reapplyEach();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyTagCanBeReachedByUpdateAndTwiceByRollback() {
        return eachSystem("local", Database::open, (operator, changelog) -> {
            Tags tags = Tags.pass(changelog, operator);
            tags.rollBackToEach();
            tags.updateToEach();
            tags.rollBackToEach();
        });
    }

    @TestFactory
    Stream<DynamicTest> secondUpdateChangesNothing() {
        return Stream.of("local", "local,adyen").flatMap(contexts -> eachSystem(contexts, Database::openMigrated, (operator, changelog) -> {
            // Applies the changesets of the contexts to the migrated database.
            changelog.update();
            Catalog once = Catalog.of(operator);
            var log = operator.rows("select * from " + Changelog.LOG + " order by orderexecuted");

            changelog.update();

            assertThat(Catalog.of(operator).differencesFrom(once)).isEmpty();
            assertThat(operator.rows("select * from " + Changelog.LOG + " order by orderexecuted")).isEqualTo(log);
        }));
    }

    private interface Scenario {
        void run(Session operator, Changelog changelog);
    }

    private static Stream<DynamicTest> eachSystem(String contexts, Function<String, Database> open, Scenario scenario) {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system + " in " + contexts, () -> {
            try (Database database = open.apply(system)) {
                scenario.run(database.operator(), database.changelog().in(contexts).readOnce());
            }
        }));
    }
}
