package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever a changelog does, its rollback undoes to the letter. */
class ReversibilityTest {

    @TestFactory
    Stream<DynamicTest> everyChangesetCanGoAloneAndComeBack() {
        return eachSystem((database, changelog) -> {
            Session operator = database.operator();
            int changesets = changelog.changesets();
            int pending = 0;
            Catalog before = Catalog.of(operator);
            for (int done = 0; done + pending < changesets; done++) {
                changelog.updateCount(1 + pending);
                if (applied(operator) == done) {
                    // What the server does not offer stays pending, and is counted again each time.
                    pending++;
                    done--;
                    continue;
                }
                String changeset = operator.value(String.class,
                        "select id from " + Changelog.LOG + " order by orderexecuted desc limit 1");
                Catalog after = Catalog.of(operator);

                changelog.rollbackCount(1);
                assertThat(Catalog.of(operator).objects()).as("the catalog after the rollback of %s", changeset).isEqualTo(before.objects());

                changelog.updateCount(1 + pending);
                assertThat(Catalog.of(operator).objects()).as("the catalog after %s came back", changeset).isEqualTo(after.objects());
                before = after;
            }
            changelog.update();
            assertThat(Catalog.of(operator).objects()).as("the catalog after an update at the end").isEqualTo(before.objects());
            assertThat(applied(operator)).isEqualTo(changesets - pending);
        });
    }

    @TestFactory
    Stream<DynamicTest> rollbackOfEverythingLeavesNothing() {
        return eachSystem((database, changelog) -> {
            Session operator = database.operator();
            Catalog before = Catalog.of(operator);

            changelog.update();
            changelog.rollbackCount(Math.toIntExact(applied(operator)));

            assertThat(Catalog.of(operator).objects()).isEqualTo(before.objects());
            assertThat(applied(operator)).isZero();
        });
    }

    @TestFactory
    Stream<DynamicTest> tagCanBeReturnedToTwice() {
        return eachSystem((database, changelog) -> {
            Session operator = database.operator();
            changelog.updateToTag("0001");
            Catalog tagged = Catalog.of(operator);

            for (int i = 0; i < 2; i++) {
                changelog.update();
                changelog.rollbackToTag("0001");

                assertThat(Catalog.of(operator).objects()).as("the catalog at tag 0001").isEqualTo(tagged.objects());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> secondUpdateChangesNothing() {
        return eachSystem((database, changelog) -> {
            Session operator = database.operator();
            changelog.update();
            Catalog once = Catalog.of(operator);
            var log = operator.rows("select * from " + Changelog.LOG + " order by orderexecuted");

            changelog.update();

            assertThat(Catalog.of(operator).objects()).isEqualTo(once.objects());
            assertThat(operator.rows("select * from " + Changelog.LOG + " order by orderexecuted")).isEqualTo(log);
        });
    }

    private static long applied(Session operator) {
        return operator.value(Long.class, "select count(*) from " + Changelog.LOG);
    }

    private interface Scenario {
        void play(Database database, Changelog changelog);
    }

    private static Stream<DynamicTest> eachSystem(Scenario scenario) {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            try (Database database = Database.open(system)) {
                scenario.play(database, database.changelog().readOnce());
            }
        }));
    }
}
