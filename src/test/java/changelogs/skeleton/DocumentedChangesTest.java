package changelogs.skeleton;

import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changelog files shown on pages of docs/ run unchanged. */
class DocumentedChangesTest {

    private static final Pattern FILE = Pattern.compile("^`(changelog/[^`]+)`:\\n\\n```\\w+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("changed: column \\S+ was \\d+ (.*); is \\d+ (.*)");
    private static final UUID PROFILE = UUID.fromString("a11ce000-0000-4000-8000-00000000000a");

    @TempDir
    Path project;

    @Test
    void oldAndNewClientsWriteBetweenExpandAndContract() throws IOException {
        try (Database database = Database.openMigrated("vectors")) {
            Changelog changelog = changelogWith("expand-and-contract.md", "vectors", database);
            Session operator = database.operator();
            Session alice = database.as(ALICE);
            operator.update("insert into auth.users (id) values (?)", ALICE.account());
            operator.update("insert into public.game_profiles (id, user_id) values (?, ?)", PROFILE, ALICE.account());
            log(alice, "before", "duration", 5);
            Catalog before = Catalog.of(operator);

            changelog.updateToTag("0005");

            log(alice, "old client", "duration", 7);
            log(alice, "new client", "duration_ms", 1500);
            log(alice, "old client edits", "duration", 1);
            alice.update("update public.action_events set duration = 9 where action_id = 'old client edits'");
            log(alice, "new client edits", "duration_ms", 1);
            alice.update("update public.action_events set duration_ms = 2500 where action_id = 'new client edits'");
            assertThat(alice.column(String.class, "select action_id || ' ' || duration || ' ' || duration_ms from public.action_events"))
                    .containsExactlyInAnyOrder("before 5 5000", "old client 7 7000", "new client 1 1500", "old client edits 9 9000",
                            "new client edits 2 2500");
            assertThatThrownBy(() -> changelog.rollbackToTag("0004")).hasMessageContaining("duration_ms holds data");
            changelog.updateToTag("0005");
            Catalog expanded = Catalog.of(operator);

            changelog.updateToTag("0006");
            log(alice, "after", "duration_ms", 3500);

            changelog.rollbackToTag("0005");
            assertThat(alice.column(String.class, "select action_id || ' ' || duration || ' ' || duration_ms from public.action_events"))
                    .containsExactlyInAnyOrder("before 5 5000", "old client 7 7000", "new client 1 1500", "old client edits 9 9000",
                            "new client edits 2 2500", "after 3 3500");
            log(alice, "old client again", "duration", 4);
            assertThat(differences(operator, expanded)).as("differences after the rollback of the contract step").isEmpty();

            changelog.allowingDataLoss().rollbackToTag("0004");
            assertThat(differences(operator, before)).as("differences after the rollback of the expand step").isEmpty();
        }
    }

    @Test
    void tableIsAddedToAnExistingPublicationAndRemovedByRollback() throws IOException {
        try (Database database = Database.openMigrated("connect")) {
            Changelog changelog = changelogWith("realtime.md", "connect", database);
            String published = "select schemaname || '.' || tablename from pg_catalog.pg_publication_tables where pubname = 'supabase_realtime'";
            Catalog before = Catalog.of(database.operator());

            changelog.update();
            assertThat(Catalog.of(database.operator()).differencesFrom(before)).as("differences without the publication").isEmpty();

            database.owner().script("create publication supabase_realtime");
            changelog.update();
            assertThat(database.operator().column(String.class, published)).containsExactly("public.blind_chat_messages");

            changelog.rollbackCount(1);
            assertThat(database.operator().column(String.class, published)).isEmpty();
        }
    }

    /** Differences between catalogs, ignoring the order of columns: a column added again by rollback comes last. */
    private static List<String> differences(Session operator, Catalog before) {
        return Catalog.of(operator).differencesFrom(before).stream().filter(difference -> {
            Matcher change = COLUMN.matcher(difference);
            return !change.matches() || !change.group(1).equals(change.group(2));
        }).toList();
    }

    private static void log(Session player, String action, String column, int duration) {
        player.update("insert into public.action_events (action_id, profile_id, " + column + ") values (?, ?, ?)", action, PROFILE, duration);
    }

    /** A copy of the changelogs with the files of the page and an include for each migration. */
    private Changelog changelogWith(String page, String system, Database database) throws IOException {
        try (Stream<Path> paths = Files.walk(Path.of("changelog"))) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                write(path.toString(), Files.readString(path));
            }
        }
        String main = "changelog/" + system + "/changelog.yaml";
        List<String> parts = FILE.matcher(Files.readString(Path.of("docs", page))).results()
                .peek(file -> write(file.group(1), file.group(2))).map(file -> file.group(1)).filter(file -> file.endsWith(".yaml")).toList();
        assertThat(parts).as("parts of migrations in %s", page).isNotEmpty();
        for (String part : parts) {
            write(main, Files.readString(project.resolve(main)) + """
                      - include:
                          file: %s
                          relativeToChangelogFile: true
                    """.formatted(part.substring(("changelog/" + system + "/").length())));
        }
        return Changelog.at(project, main, database.name()).readOnce();
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(project.resolve(file).getParent());
            Files.writeString(project.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
