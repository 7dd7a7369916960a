package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Output of a run: one line per migration, the pending changesets with reasons, and the failed changeset. */
class ReportTest {

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    final Messages messages = new Messages();

    @AfterEach
    void stopListening() {
        messages.close();
    }

    @Test
    void updatePrintsALinePerMigrationAndThePendingChangesetsByReason() {
        migration("0001-people", table("people"), table("places"));
        migration("0002-notes", table("notes"), waiting("one"), waiting("two"), """
                  - changeSet:
                      id: live
                      author: test
                      contextFilter: live
                      changes:
                        - sql:
                            sql: select 1
                """);

        changelog().update();

        assertThat(messages.texts()).satisfiesExactly(
                line -> assertThat(line).matches("  0001-people +2 changesets +\\d+\\.\\d s"),
                line -> assertThat(line).matches("  0002-notes +1 changeset +\\d+\\.\\d s +2 pending"),
                line -> assertThat(line).isEqualTo("Liquibase: Update has been successful. Rows affected: 0"),
                line -> assertThat(line).matches("3 changesets applied in \\d+\\.\\d s; 3 pending:"),
                line -> assertThat(line).isEqualTo("     2  pg_cron is not enabled here (0002)"),
                line -> assertThat(line).isEqualTo("     1  for other contexts: live (0002)"));
    }

    @Test
    void updateOfManyMigrationsFitsOnAScreen() {
        IntStream.rangeClosed(1, 60).forEach(i -> migration("%04d-part".formatted(i), table("t" + i)));

        changelog().update();

        assertThat(lines()).hasSize(37).anyMatch(line -> line.matches("  and 25 more +25 changesets +\\d+\\.\\d s"))
                .last().asString().startsWith("60 changesets applied");
    }

    @Test
    void statusOfPolarisFitsOnAScreen() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new Changelog("polaris", database.name()).run("status", Map.of(), out);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSizeLessThan(50).first().asString().matches("\\d+ changesets of \\d+ would be applied by an update:");
        assertThat(lines).anyMatch(line -> line.matches(" +\\d+ in 0001-init")).anyMatch(line -> line.contains("  for other contexts: adyen ("));
    }

    @Test
    void statusListsChangesetsThatWouldStayPendingWithReasons() {
        migration("0001-people", table("people"), waiting("one"));

        assertThat(status()).containsExactly("1 changeset of 2 would be applied by an update:", "     1 in 0001-people",
                "1 changeset would stay pending:", "     1  pg_cron is not enabled here (0001)");
        changelog().update();
        assertThat(status()).containsExactly("0 changesets of 2 would be applied by an update.",
                "1 changeset would stay pending:", "     1  pg_cron is not enabled here (0001)");
    }

    @Test
    void statusReportsThatTheDatabaseIsUpToDate() {
        migration("0001-people", table("people"));
        changelog().update();

        assertThat(status()).containsExactly("The database is up to date.");
    }

    @Test
    void statusToleratesAPreconditionOnAnObjectThatIsNotCreatedYet() {
        migration("0001-people", table("people"), waiting("one").replace("select 0", "select 0 from public.people"), table("places"));

        assertThat(status()).containsExactly("3 changesets of 3 would be applied by an update:", "     3 in 0001-people");
    }

    @Test
    void rollbackListsFewChangesetsAndCountsMany() {
        migration("0001-people", IntStream.range(0, 11).mapToObj(i -> table("t" + i)).toArray(String[]::new));
        migration("0002-notes", table("notes"));
        changelog().update();
        int before = lines().size();

        changelog().rollbackCount(2);
        assertThat(lines().subList(before, lines().size())).satisfiesExactly(
                line -> assertThat(line).matches("  0002-notes +1 changeset .*"),
                line -> assertThat(line).matches("  0001-people +1 changeset .*"),
                line -> assertThat(line).matches("2 changesets rolled back in \\d+\\.\\d s:"),
                line -> assertThat(line).isEqualTo("  notes"),
                line -> assertThat(line).isEqualTo("  t10"));

        changelog().update();
        changelog().rollbackCount(12);
        assertThat(lines()).last().asString().matches("12 changesets rolled back in \\d+\\.\\d s\\.");
    }

    @Test
    void changelogSyncCountsTheMarkedChangesets() {
        migration("0001-people", table("people"), table("places"));

        changelog().changelogSync();

        assertThat(lines()).contains("2 changesets marked as applied without running them.").anyMatch(line -> line.matches("  0001-people +2 marked"));
    }

    @Test
    void failureNamesChangesetFileLineReasonAndNextStep() {
        migration("0001-people", table("people"), Scratch.sql("broken", "select 1 / 0", "select 1"), table("places"));

        assertThatThrownBy(changelog()::update).message().startsWith("""
                Failed:   test/0001::broken::test
                File:     0001-people/changelog.yaml:19
                Reason:   ERROR: division by zero
                Do:       No part of this changeset was applied; earlier changesets were. Fix the cause and run liquibase:update again; it continues with this changeset.
                Failed SQL:
                select 1 / 0""").doesNotContain("Exception");
        assertThat(lines()).last().asString().matches("  0001-people +1 changeset .*");
    }

    @Test
    void failureInASqlFileNamesTheLineOfTheFailedStatement() throws IOException {
        String first = "-- One.\ncreate function public.one() returns integer language sql\nas $$\n    select missing_column;\n$$;\n";
        String second = "create table public.two (id integer);\n\ncomment on table public.two\n    iss 'Two';\n";

        assertThat(failureOf(first)).contains("File:     0001-people/changelog.yaml:5\n          0001-people/functions/one.sql:4\n");
        assertThat(failureOf(second)).contains("          0001-people/functions/one.sql:4\n");
        assertThat(failureOf("drop table public.absent;\n")).contains("          0001-people/functions/one.sql\n");
    }

    @Test
    void failureOutsideOfATransactionSaysThatAPartMayBeApplied() {
        migration("0001-people", Scratch.sql("broken", "vacuum public.absent", "select 1")
                .replace("      changes:", "      runInTransaction: false\n      changes:"));

        assertThatThrownBy(changelog()::update).message().contains("File:     0001-people/changelog.yaml:5\n", "relation \"public.absent\" does not exist",
                "This changeset runs without a transaction, so a part of it may be applied; it can run again.");
    }

    @Test
    void failedRollbackExplainsHowToRestoreRolledBackChangesets() {
        migration("0001-people", Scratch.sql("broken", "select 1", "select 1 / 0"), table("people"));
        changelog().update();

        assertThatThrownBy(() -> changelog().rollbackCount(2)).message().contains("Failed:   test/0001::broken::test\n", "File:     0001-people/changelog.yaml:5\n",
                "No part of this changeset was rolled back; later changesets were.", "restore them with liquibase:update");
    }

    @Test
    void counterIsShownOnATerminalAndClearedBeforeOtherOutput() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), true);

        progress.show(612, 1010);
        progress.show(613, 1010);
        assertThat(out.toString(StandardCharsets.UTF_8)).as("counter without an immediate second update").isEqualTo("\r612 of 1010");
        progress.clear();
        progress.clear();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\r612 of 1010\r" + " ".repeat(24) + "\r");
    }

    @Test
    void counterIsNotShownWithoutATerminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), false);

        progress.show(612, 1010);
        progress.clear();

        assertThat(out.size()).isZero();
    }

    private String failureOf(String sql) throws IOException {
        migration("0001-people", """
                  - changeSet:
                      id: one
                      author: test
                      changes:
                        - sqlFile:
                            path: functions/one.sql
                            relativeToChangelogFile: true
                            splitStatements: false
                """);
        Files.createDirectories(folder.resolve("0001-people/functions"));
        Files.writeString(folder.resolve("0001-people/functions/one.sql"), sql);
        return org.assertj.core.api.Assertions.catchThrowable(changelog()::update).getMessage();
    }

    private List<String> status() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        changelog().run("status", Map.of(), out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> lines() {
        return messages.texts().stream().filter(text -> !text.startsWith("Liquibase: ") && !text.startsWith("ERROR: ")).toList();
    }

    private void migration(String name, String... changeSets) {
        folder.resolve(name).toFile().mkdir();
        Scratch.write(folder.resolve(name), "changelog.yaml", "databaseChangeLog:\n  - logicalFilePath: test/" + name.substring(0, 4) + "\n\n"
                + String.join("\n", changeSets));
    }

    /** The main changelog, which includes all migrations added so far. */
    private Changelog changelog() {
        String[] names = folder.toFile().list((parent, name) -> name.matches("\\d{4}-.*"));
        Scratch.write(folder, Scratch.FILE, List.of(names).stream().sorted().map("""
                  - include:
                      file: %s/changelog.yaml
                      relativeToChangelogFile: true
                """::formatted).collect(Collectors.joining("", "databaseChangeLog:\n", "")));
        return Changelog.at(folder, Scratch.FILE, database.name());
    }

    private static String table(String name) {
        return Scratch.sql(name, "create table public." + name + " ()", "drop table public." + name);
    }

    private static String waiting(String id) {
        return """
                  - changeSet:
                      id: %1$s
                      author: test
                      preConditions:
                        - onFail: CONTINUE
                        - onFailMessage: pg_cron is not enabled here, so nothing runs the job %1$s; this changeset stays pending. Enable it.
                        - sqlCheck:
                            expectedResult: "1"
                            sql: select 0
                      changes:
                        - sql:
                            sql: select 1
                """.formatted(id);
    }
}
