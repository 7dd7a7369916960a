package changelogs.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Fixture;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** ops/&lt;system&gt;/schema.md and access.md say what the migrated database says. */
class GeneratedPagesTest {

    static final String REWRITE = "mvn test -Dtest=GeneratedPagesTest -Dupdate.pages";

    @TestFactory
    Stream<DynamicTest> pagesSayWhatTheDatabaseSays() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            for (var page : pages(system, "").entrySet()) {
                Path file = Path.of("ops", system, page.getKey());
                if (System.getProperty("update.pages") != null) {
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, page.getValue());
                }
                compare(file, page.getValue());
            }
        }));
    }

    @Test
    void pageThatSaysSomethingElseIsShownWithTheCommandThatRewritesIt(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("access.md"), "# Access\n| `anon` | - |\n");

        assertThatThrownBy(() -> compare(page, "# Access\n| `anon` | all rows |\n"))
                .hasMessageContaining("\n- | `anon` | - |\n+ | `anon` | all rows |\n").hasMessageContaining(REWRITE);
    }

    @Test
    void privilegeThatThePageDoesNotListIsSeen() throws SQLException {
        assertSeen(Map.ofEntries(
                Map.entry("grant select on public.action_events to anon", "| `anon` | no rows | - | - | - | - |"),
                Map.entry("grant select (version) on public.vector_progress to public", "| `anon` | no rows: version | - | - | - | - |"),
                Map.entry("grant trigger on public.vector_progress to anon", "| **trigger** |"),
                Map.entry("grant references (name) on private.backfills to authenticated", "| **references** |"),
                Map.entry("grant update (created_at) on public.vector_progress to authenticated", "draft_skipped_at, created_at |"),
                Map.entry("grant delete on public.action_events to authenticated", "own rows: completed_at, duration, metadata | no rows |"),
                Map.entry("grant truncate on public.action_events to authenticated", "| **yes** |"),
                Map.entry("grant usage on schema private to anon", "| `private` | reachable | - | - |"),
                Map.entry("grant execute on function private.seed_vector_progress() to authenticated",
                        "| `private.seed_vector_progress()` | - | only within policies | - |"),
                Map.entry("grant select on extensions.databasechangelog to anon", "| gives | `extensions.databasechangelog` | `anon` |  | select |"),
                Map.entry("revoke select on public.game_profiles from anon", "| takes | `public.game_profiles` | `anon` |  | select |")));
    }

    @Test
    void rowsThatThePageDoesNotListAreSeen() throws SQLException {
        assertSeen(Map.of(
                "alter table public.vector_progress disable row level security",
                "| `authenticated`, a user with rows | all rows | all rows: profile_id",
                "create policy open on public.action_events for select to authenticated using (completed_at is not null)",
                "| `authenticated`, without rows | open rows | no rows: action_id"));
    }

    /** Each change of a migrated database leaves its mark on access.md. */
    private static void assertSeen(Map<String, String> changes) throws SQLException {
        String before = pages("vectors", "").get("access.md");
        String after = pages("vectors", String.join(";\n", changes.keySet())).get("access.md");
        changes.forEach((change, mark) -> {
            assertThat(before).doesNotContain(mark);
            assertThat(after).as(change).contains(mark);
        });
    }

    /** The pages by name, after something was done to the migrated database. */
    private static Map<String, String> pages(String system, String change) throws SQLException {
        TestServer server = TestServer.get();
        String unmigrated = server.unmigrated(system);
        String migrated = withoutPgvector(server, unmigrated) ? migratedCopy(system, unmigrated) : server.migrated(system);
        try (Made made = Made.between(unmigrated, migrated)) {
            try (var owner = server.server().connect(migrated, Server.MIGRATOR); Statement statement = owner.createStatement()) {
                statement.execute(Fixture.of(system));
                statement.execute(change);
            }
            try (Actor actor = new Actor(server.server().connect(migrated, Server.OPERATOR))) {
                return Map.of("schema.md", SchemaPage.of(system, made), "access.md", AccessPage.of(system, made, actor));
            }
        } finally {
            server.drop(migrated);
            server.drop(unmigrated);
        }
    }

    /** Pages are alike on every server, so one that has pgvector is made to lack it: where it is in another schema, what needs it waits. */
    private static boolean withoutPgvector(TestServer server, String database) throws SQLException {
        try (var operator = server.server().connect(database, Server.OPERATOR); Statement statement = operator.createStatement()) {
            if (!statement.executeQuery("select from pg_catalog.pg_available_extensions where name = 'vector'").next()) {
                return false;
            }
            statement.execute("create schema elsewhere; create extension vector with schema elsewhere");
            return true;
        }
    }

    private static String migratedCopy(String system, String unmigrated) {
        String copy = TestServer.get().copy(unmigrated);
        new Changelog(system, copy).update();
        return copy;
    }

    private static void compare(Path file, String expected) throws IOException {
        List<String> written = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> found = expected.lines().toList();
        if (!written.equals(found)) {
            fail(file + " does not say what the migrated database says (- the page, + the database):\n"
                    + difference(written, found) + "\nIf the change is meant, rewrite the pages and review the diff: " + REWRITE);
        }
    }

    /** The lines that only one of the two has, at most twenty. */
    private static String difference(List<String> written, List<String> found) {
        List<String> lines = Stream.concat(
                written.stream().filter(line -> !found.contains(line)).map(line -> "- " + line),
                found.stream().filter(line -> !written.contains(line)).map(line -> "+ " + line)).toList();
        return String.join("\n", lines.subList(0, Math.min(lines.size(), 20))) + (lines.size() > 20 ? "\n… " + (lines.size() - 20) + " more" : "");
    }
}
