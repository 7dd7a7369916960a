package changelogs.skeleton;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** NewMigration creates a working skeleton in a copy of the changelogs. */
class NewMigrationTest {

    @TempDir
    Path project;

    private NewMigration command;

    @BeforeEach
    void copyIncludes() throws IOException {
        for (String system : systems()) {
            copy(Path.of("changelog", system, "changelog.yaml"));
        }
        command = new NewMigration(project.resolve("changelog"));
    }

    static List<String> systems() {
        return Changelog.systems();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void skeletonRunsAndIsRolledBackCompletely(String system) throws IOException {
        String name = nextNumber(system) + "-book-marks";
        try (Database database = Database.openMigrated(system)) {
            Catalog before = Catalog.of(database.operator());
            String lastTag = database.operator().value(String.class, "select max(tag) from " + Changelog.LOG);

            copy(Path.of("changelog", system));
            copy(Path.of("changelog", "shared"));
            command.create(system, name);
            Changelog changelog = Changelog.at(project, "changelog/" + system + "/changelog.yaml", database.name()).readOnce();
            changelog.update();
            Catalog migrated = Catalog.of(database.operator());

            database.as(ALICE).update("insert into public.book_marks (user_id, title) values (?, 'Mine')", ALICE.account());
            assertThat(database.as(ALICE).value(Long.class, "select public.count_book_marks()")).as("Alice's rows").isOne();
            assertThat(database.as(BOB).rows("select * from public.book_marks")).as("rows visible to Bob").isEmpty();
            assertThatThrownBy(() -> database.as(BOB).update("insert into public.book_marks (user_id, title) values (?, 'Hers')", ALICE.account()))
                    .is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> database.as(ANON).rows("select * from public.book_marks")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            database.as(ALICE).update("delete from public.book_marks");

            changelog.rollbackToTag(lastTag);
            assertThat(Catalog.of(database.operator()).differencesFrom(before)).as("differences after the rollback").isEmpty();
            changelog.update();
            assertThat(Catalog.of(database.operator()).differencesFrom(migrated)).as("differences after the second update").isEmpty();
            changelog.rollbackToTag(nextNumber(system, -1));
        }
    }

    @Test
    void secondSkeletonFollowsTheFirst() throws IOException {
        command.create("vectors", "0005-first");
        command.create("vectors", "0006-second");

        assertThat(Files.readString(project.resolve("changelog/vectors/changelog.yaml"))).endsWith("""
                  - include:
                      file: 0005-first/changelog.yaml
                      relativeToChangelogFile: true
                  - include:
                      file: 0006-second/changelog.yaml
                      relativeToChangelogFile: true
                """);
    }

    @Test
    void reportListsFilesAndNextSteps() throws IOException {
        assertThat(command.create("vectors", "0005-book-marks"))
                .contains("changelog/vectors/0005-book-marks/ with", "functions/count_book_marks.sql", "mvn test-compile liquibase:update -Pvectors",
                        "-Dliquibase.rollbackTag=0004");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "vectors | book-marks      | is not a valid migration name. Give four digits and words in lower case, at most 40 characters: -Dname=0005-what-it-is-for.",
        "vectors | 5-book-marks    | is not a valid migration name.",
        "vectors | 0005-Book-Marks | is not a valid migration name.",
        "vectors | 0005-book_marks | is not a valid migration name.",
        "vectors | 0005-book--mark | is not a valid migration name.",
        "vectors | 0005/../../x    | is not a valid migration name.",
        "vectors | ''              | is not a valid migration name.",
        "vectors | 0005-words-that-go-on-and-on-and-on-and-on | is not a valid migration name.",
        "vectors | 0004-book-marks | The number 0004 is taken in",
        "vectors | 0007-book-marks | The number 0007 leaves a gap in",
        "shop    | 0001-book-marks | There is no system \"shop\". Give one with -Dsystem: connect, ",
        "shared  | 0001-book-marks | There is no system \"shared\".",
        "''      | 0001-book-marks | There is no system \"\"."})
    void wrongSystemOrNameIsRefusedAndNothingIsWritten(String system, String name, String reason) throws IOException {
        Map<Path, String> before = contents();

        assertThatThrownBy(() -> command.create(system, name)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
        assertThat(contents()).as("changelogs").isEqualTo(before);
    }

    private String nextNumber(String system) throws IOException {
        return nextNumber(system, 0);
    }

    private String nextNumber(String system, int offset) throws IOException {
        return "%04d".formatted(Integer.parseInt(NewMigration.next(Path.of("changelog", system, "changelog.yaml"))) + offset);
    }

    private Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                contents.put(path, Files.readString(path));
            }
        }
        return contents;
    }

    private void copy(Path part) throws IOException {
        try (Stream<Path> paths = Files.walk(part)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = project.resolve(path);
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
