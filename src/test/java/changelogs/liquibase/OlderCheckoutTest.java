package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import changelogs.testing.Await;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands from a checkout that lacks changesets of the database. */
class OlderCheckoutTest {

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    final Messages messages = new Messages();

    Session operator;

    @BeforeEach
    void applyBothChangesets() {
        operator = database.operator();
        checkout("old", "new").update();
    }

    @AfterEach
    void stopListening() {
        messages.close();
    }

    static Stream<Arguments> changing() {
        return Stream.of(
                Arguments.of("update", Map.of()),
                Arguments.of("updateCount", Map.of("count", 1)),
                Arguments.of("updateToTag", Map.of("tag", "old")),
                Arguments.of("updateSql", Map.of()),
                Arguments.of("rollbackCount", Map.of("count", 1)),
                Arguments.of("rollback", Map.of("tag", "old")),
                Arguments.of("rollbackToDate", Map.of("date", Timestamp.valueOf(LocalDateTime.now().minusDays(1)))),
                Arguments.of("rollbackCountSql", Map.of("count", 1)),
                Arguments.of("changelogSync", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("changing")
    void commandThatChangesTheDatabaseStopsBeforeAnythingRuns(String command, Map<String, Object> arguments) {
        Changelog older = checkout("old", "pending");

        assertThatThrownBy(() -> older.run(command, arguments)).hasMessageContainingAll("This checkout is older than the database",
                "the log has 1 changeset of product that the changelog lacks:\n  product/0001::new::product\n", "Check out the commit");
        assertThat(log()).containsExactly("old", "new");
        assertThat(tables()).containsExactly("new", "old");
    }

    @Test
    void updateStopsEvenIfNothingIsPending() {
        assertThatThrownBy(checkout("old")::update).hasMessageContaining("This checkout is older than the database");
    }

    @ParameterizedTest
    @MethodSource("reading")
    void readingCommandContinuesWithAWarning(String command) {
        checkout("old").run(command, Map.of());

        assertThat(messages.texts()).anySatisfy(text -> assertThat(text).startsWith("This checkout is older than the database")
                .contains("product/0001::new::product"));
    }

    static Stream<String> reading() {
        return Stream.of("status", "validate", "unexpectedChangesets");
    }

    @Test
    void tenChangesetsAreNamedAndTheOthersCounted() {
        checkout(Stream.concat(Stream.of("old", "new"), IntStream.range(0, 14).mapToObj(i -> "n" + i)).toArray(String[]::new)).update();

        assertThatThrownBy(checkout("old")::update).hasMessageContainingAll("has 15 changesets of product", "0001::new::", "0001::n8::",
                "\n  and 5 more\n").message().doesNotContain("0001::n9::");
    }

    @Test
    void sameOrNewerCheckoutContinues() {
        assertThatCode(checkout("old", "new")::update).doesNotThrowAnyException();
        assertThatCode(checkout("old", "new", "newer")::update).doesNotThrowAnyException();
        assertThat(messages.texts()).noneMatch(text -> text.contains("older"));
    }

    @Test
    void logRowsOfOtherSystemsDoNotCount() {
        operator.update("update " + Changelog.LOG + " set author = 'elsewhere', filename = 'elsewhere/0001' where id = 'new'");

        assertThatCode(checkout("old")::update).doesNotThrowAnyException();
    }

    @Test
    void logRowWithTheSystemsAuthorCountsWhateverItsPath() {
        operator.update("update " + Changelog.LOG + " set filename = 'moved.yaml' where id = 'new'");

        assertThatThrownBy(checkout("old")::update).hasMessageContaining("moved.yaml::new::product");
    }

    @Test
    void runThatWaitedForARunOfANewerCheckoutStops() {
        operator.update("delete from " + Changelog.LOG + " where id = 'new'");
        Changelog older = checkout("old", "pending");
        CompletableFuture<Void> running;
        try (Session newer = database.operator()) {
            newer.update("select pg_advisory_lock(?, ?)", "databasechangeloglock".hashCode(), "public".hashCode());
            running = Meanwhile.run(older::update);
            Await.until("the older run waits", () -> messages.texts().stream().anyMatch(text -> text.startsWith("Waiting for the changelog lock")));
            newer.update("insert into " + Changelog.LOG + " (id, author, filename, dateexecuted, orderexecuted, exectype)"
                    + " values ('new', 'product', 'product/0001', now(), 2, 'EXECUTED')");
        }

        assertThat(catchThrowable(running::join)).rootCause().hasMessageContaining("product/0001::new::product");
        assertThat(log()).containsExactly("old", "new");
        assertThat(tables()).doesNotContain("pending");
    }

    private Changelog checkout(String... ids) {
        StringBuilder file = new StringBuilder("databaseChangeLog:\n  - logicalFilePath: product/0001\n\n");
        for (String id : ids) {
            file.append("""
                      - changeSet:
                          id: %1$s
                          author: product
                          changes:
                            - sql:
                                sql: create table public.%1$s ()
                            - tagDatabase:
                                tag: %1$s
                                keepTagOnRollback: true
                          rollback:
                            - sql:
                                sql: drop table public.%1$s
                    """.formatted(id));
        }
        Scratch.write(folder, Scratch.FILE, file.toString());
        return Changelog.at(folder, Scratch.FILE, database.name());
    }

    private List<String> log() {
        return operator.column(String.class, "select id from " + Changelog.LOG + " order by orderexecuted");
    }

    private List<String> tables() {
        return operator.column(String.class, """
                select tablename::text from pg_catalog.pg_tables where schemaname = 'public' and tablename <> 'game_profiles' order by 1
                """);
    }
}
