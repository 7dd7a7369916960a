package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Skip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** ops/&lt;system&gt;/database.types.ts is what Supabase generates from a migrated database, and an app compiles with it. */
class DatabaseTypesTest {

    private static final String NOTICE = "// Generated from the migrated database; rewritten by mvn test -Dtest=DatabaseTypesTest -Dupdate.pages\n";

    @BeforeEach
    void needsTheCommands() {
        Skip.unless(Stream.of("supabase", "prettier", "tsc").allMatch(name -> Command.ofNpm(name).isPresent()),
                "types for apps, because the commands that generate and compile them are not installed; install them with npm ci");
    }

    /** The types are those of the default server: a container also has the functions of search. */
    @TestFactory
    Stream<DynamicTest> typesAreThoseOfTheDatabase() {
        assumeThat(System.getProperty("db")).as("server").isEqualTo("embedded");
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            Path file = Path.of("ops", system, "database.types.ts");
            String generated = generate(system);
            if (System.getProperty("update.pages") != null) {
                Files.writeString(file, generated);
            }

            assertThat(Files.readString(file)).as("rewrite it with mvn test -Dtest=DatabaseTypesTest -Dupdate.pages").isEqualTo(generated);
        }));
    }

    /** The clients use tables, relations and functions, and each has lines that must not compile. */
    @Test
    void clientsOfEachSystemCompile() {
        Command.Result compiler = Command.of(Command.ofNpm("tsc").orElseThrow().toString(), "-p", "src/test/typescript").merged().run();

        assertThat(compiler.out()).isEmpty();
        assertThat(compiler.status()).isZero();
    }

    private static String generate(String system) {
        try (Database database = Database.openMigrated(system)) {
            String types = SupabaseCommand.types(database.name(), Command.ofNpm("supabase").orElseThrow());
            Command.Result formatted = Command.of(Command.ofNpm("prettier").orElseThrow().toString(), "--parser", "typescript", "--print-width", "140").reading(types).run();
            assertThat(formatted.status()).as(formatted.err()).isZero();
            return NOTICE + formatted.out();
        }
    }
}
