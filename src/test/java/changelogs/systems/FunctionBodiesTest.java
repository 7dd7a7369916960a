package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.FunctionBodies;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** PL/pgSQL checks a statement only when it is executed; plpgsql_check checks all statements, including those that no test executes. */
class FunctionBodiesTest {

    @TestFactory
    Stream<DynamicTest> plpgsqlCheckFindsNoErrorInAnyFunction() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            try (Database database = Database.openMigrated(system)) {
                assertThat(complaints(database)).isEmpty();
            }
        }));
    }

    @Test
    void unknownColumnInAStatementIsFound() {
        try (Database database = Database.openMigrated("vectors")) {
            database.owner().script("""
                    create function private.bad() returns void language plpgsql set search_path = '' as $$
                    begin
                        if false then
                            update public.vector_progress set no_such_column = 1;
                        end if;
                    end
                    $$
                    """);

            assertThat(complaints(database)).singleElement().asString().contains("private.bad()", "no_such_column");
        }
    }

    private static List<String> complaints(Database database) {
        Session operator = database.operator();
        Skip.unless(FunctionBodies.canBeChecked(operator),
                "checks of function bodies, because this server has no plpgsql_check");
        return FunctionBodies.complaints(operator);
    }
}
