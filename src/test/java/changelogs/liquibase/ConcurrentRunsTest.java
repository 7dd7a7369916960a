package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Await;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several concurrent runs on one database. */
class ConcurrentRunsTest {

    private static final int PROCESSES = 2;
    private static final int RUNS = 8;

    private static final String NOTES = Scratch.sql("notes", """
            create table public.notes (id integer);
            insert into public.notes select generate_series(1, 1000);
            """, "drop table public.notes");
    private static final String INDEX = """
              - changeSet:
                  id: index
                  author: test
                  runInTransaction: false
                  changes:
                    - sql:
                        sql: |-
                          create index concurrently notes_id on public.notes (id);
            """;

    private static final String MORE = Scratch.sql("more", "create table public.more ()", "drop table public.more");

    @RegisterExtension
    final Database database = Database.before("vectors");
    @RegisterExtension
    final Database warmUp = Database.before("vectors");

    @TempDir
    Path folder;

    Session operator;

    @BeforeEach
    void watch() {
        operator = database.operator();
    }

    @Test
    void eightRunsOnAnEmptyDatabaseApplyEachChangesetOnce() {
        Scratch.write(folder, NOTES, INDEX, MORE);
        List<RunProcess> processes = Stream.generate(() -> RunProcess.start(folder, Scratch.FILE, url(warmUp))).limit(PROCESSES).toList();
        try {
            processes.forEach(RunProcess::awaitReady);
            processes.forEach(process -> process.runAll(Collections.nCopies(RUNS / PROCESSES, "update " + url(database))));
            processes.forEach(RunProcess::finish);
        } finally {
            processes.forEach(RunProcess::close);
        }
        assertThat(log()).containsExactly("notes", "index", "more");
    }

    @Test
    void runContinuesWhenAnotherRunCreatesTheLogFirst() throws SQLException {
        Changelog changelog = Scratch.changelog(folder, database.name(), NOTES);
        changelog.status();
        Session owner = database.owner();
        owner.script("alter table extensions.databasechangelog rename to created_earlier");
        CompletableFuture<Void> run;
        try (Connection other = database.owner().connection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("create table extensions.databasechangelog (like extensions.created_earlier)");
            run = Meanwhile.run(changelog::update);
            Await.until("the run waits to create the log", () -> waiting("query ilike 'create table extensions.databasechangelog%'") == 1);
            other.commit();
        }
        run.join();

        assertThat(log()).containsExactly("notes");
    }

    @Test
    void failureToCreateTheLogIsAnError() {
        database.operator().script("revoke create on schema extensions from postgres; alter schema extensions owner to supabase_admin");

        assertThatThrownBy(Scratch.changelog(folder, database.name(), NOTES)::update).hasStackTraceContaining("permission denied for schema extensions");
    }

    @Test
    void waitingRunsDoNotBlockCreateIndexConcurrently() throws SQLException {
        Scratch.changelog(folder, database.name(), NOTES).update();
        Changelog changelog = Scratch.changelog(folder, database.name(), NOTES, INDEX, MORE);
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        try (Connection writer = database.owner().connection(); Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into public.notes values (0)");
            runs.add(Meanwhile.run(changelog::update));
            Await.until("the index waits for the writer", () -> waiting("query like 'create index concurrently%'") == 1);
            runs.add(Meanwhile.run(changelog::update));
            runs.add(Meanwhile.run(changelog::update));
            Await.until("the other runs wait for the lock, without a transaction", () -> operator.value(Boolean.class, """
                    select count(*) = 2
                    from pg_catalog.pg_stat_activity
                    where datname = current_database()
                        and application_name like 'liquibase of %'
                        and state = 'idle'
                        and xact_start is null
                        and backend_xmin is null
                        and state_change < now() - interval '0.3 seconds'
                    """));
            writer.rollback();
        }
        Instant released = Instant.now();
        runs.forEach(CompletableFuture::join);

        assertThat(Duration.between(released, Instant.now())).as("time from the end of the writer to the end of the runs").isLessThan(Duration.ofSeconds(5));
        assertThat(log()).containsExactly("notes", "index", "more");
    }

    @Test
    void waitingRollbackRollsBackTheChangesetThatIsLastAfterTheWait() throws SQLException {
        Changelog changelog = Scratch.changelog(folder, database.name(), NOTES, MORE, Scratch.sql("last", "select 1", "select 1"));
        changelog.update();
        CompletableFuture<Void> first;
        CompletableFuture<Void> second;
        try (Connection reader = database.owner().connection(); Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("lock table " + Changelog.LOG + " in share mode");
            first = Meanwhile.run(() -> changelog.rollbackCount(1));
            Await.until("the first run waits for the log", () -> waiting("wait_event_type = 'Lock'") == 1);
            second = Meanwhile.run(() -> changelog.rollbackCount(1));
            Await.until("the second run waits for the first", () -> waiting("state = 'idle'") == 1);
            reader.rollback();
        }
        first.join();
        second.join();

        assertThat(log()).containsExactly("notes");
    }

    private List<String> log() {
        return operator.column(String.class, "select id from " + Changelog.LOG + " order by orderexecuted");
    }

    private long waiting(String how) {
        return operator.value(Long.class, """
                select count(*)
                from pg_catalog.pg_stat_activity
                where datname = current_database() and application_name like 'liquibase of %%' and %s
                """.formatted(how));
    }

    private static String url(Database database) {
        return TestServer.get().server().url(database.name());
    }
}
