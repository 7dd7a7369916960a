package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Session;
import changelogs.testing.Traces;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** After an account is deleted, no column of any table contains its id or its e-mail address. */
class AccountDeletionTest {

    private static final String ALICE = Caller.ALICE.account().toString();

    @TestFactory
    Stream<DynamicTest> noColumnContainsADeletedAccount() {
        return Stream.of("polaris auth.users", "connect auth.users", "vectors auth.users", "describe-it public.users").map(line -> line.split(" "))
                .map(at -> DynamicTest.dynamicTest(at[0], () -> deleteFrom(at[0], at[1])));
    }

    private static void deleteFrom(String system, String accounts) {
        try (Database database = Database.openMigrated(system)) {
            Session operator = database.operator();
            database.owner().script(Fixture.of(system));
            assertThat(Traces.of(operator, ALICE, "alice@example.com")).as("before").contains(accounts + ".id", accounts + ".email");

            operator.update("delete from " + accounts + " where id = ?::uuid", ALICE);

            assertThat(Traces.of(operator, ALICE, "alice@example.com")).as("columns that contain the account").isEmpty();
        }
    }
}
