package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Await;
import changelogs.testing.Changelog;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed run leaves either a changeset and its log row or neither, and nothing that stops the next run. */
class KilledRunTest {

    private static final int KILLS = Integer.getInteger("kills", 100);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    /** Number of databases on which a process runs the changelog at once, so that each kill hits as many runs. */
    private static final int TARGETS = 10;
    private static final int CHANGESETS = 40;

    private static final String OTHER_SESSIONS = """
            select count(*)
            from pg_catalog.pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
            """;
    private static final String LOCKS = """
            select count(*)
            from pg_catalog.pg_locks
            where locktype = 'advisory' and database = (select oid from pg_catalog.pg_database where datname = current_database())
            """;
    private static final String TABLES = """
            select substr(relname::text, 3)
            from pg_catalog.pg_class
            where relkind = 'r' and relname ~ '^t_[0-9]+$'
            order by substr(relname::text, 3) collate "C"
            """;
    private static final String LOGGED = "select id from " + Changelog.LOG + " order by id collate \"C\"";

    @TempDir
    Path folder;

    final List<TestDatabase> targets = new ArrayList<>();
    String warmUp;

    @BeforeEach
    void makeDatabases() {
        Scratch.write(folder, Scratch.FILE, SmallChangesets.yaml(CHANGESETS));
        warmUp = TestServer.get().unmigrated("vectors");
        Changelog.at(folder, Scratch.FILE, warmUp).status();
        for (int i = 0; i < TARGETS; i++) {
            targets.add(new TestDatabase(TestServer.get().copy(warmUp)));
        }
    }

    @AfterEach
    void dropDatabases() {
        targets.forEach(TestDatabase::close);
        TestServer.get().drop(warmUp);
    }

    @Test
    void logAndCatalogMatchAfterEachKilledRun() throws InterruptedException {
        Random random = new Random(SEED);
        int processes = (KILLS + TARGETS - 1) / TARGETS;
        int midway = 0;
        RunProcess next = prepare();
        try {
            for (int i = 1; i <= processes; i++) {
                targets.forEach(target -> target.chooseDirection(random));
                RunProcess run = next.awaitReady();
                run.runAll(targets.stream().map(TestDatabase::command).toList());
                // The next process loads while this one runs.
                next = i < processes ? prepare() : run;
                if (random.nextInt(8) == 0) {
                    Thread.sleep(random.nextInt(200));
                } else {
                    run.awaitStarted(1 + random.nextInt(targets.stream().mapToInt(TestDatabase::remaining).sum()));
                    Thread.sleep(0, random.nextInt(1_000_000));
                }
                if (run.failed()) {
                    throw run.failure();
                }
                run.kill();
                midway += (int) targets.stream().filter(TestDatabase::checkAfterKill).count();
            }
        } finally {
            next.close();
        }
        System.out.printf("%d runs killed in %d processes, %d of them between their first changeset and their last; -Dseed=%d%n",
                processes * TARGETS, processes, midway, SEED);
        assertThat(midway).as("runs killed midway").isGreaterThan(processes * TARGETS / 4);
        TestDatabase last = targets.get(random.nextInt(TARGETS));
        last.updateAndRollBackCompletely(Changelog.at(folder, Scratch.FILE, last.database));
    }

    private RunProcess prepare() {
        return RunProcess.start(folder, Scratch.FILE, TestServer.get().server().url(warmUp));
    }

    /** A database on which updates and rollbacks alternate; each starts from the state that the killed run left. */
    private static final class TestDatabase implements AutoCloseable {

        private final String database;
        private final Session operator;
        private boolean forward;
        private int applied;

        TestDatabase(String database) {
            this.database = database;
            this.operator = Session.in(database, Server.OPERATOR);
        }

        void chooseDirection(Random random) {
            forward = applied == 0 || applied < CHANGESETS && random.nextBoolean();
        }

        String command() {
            return (forward ? "update " : "rollback ") + TestServer.get().server().url(database);
        }

        int remaining() {
            return forward ? CHANGESETS - applied : applied;
        }

        /** Checks the state after a killed run; returns whether the run was killed midway. */
        boolean checkAfterKill() {
            int before = applied;
            applied = check();
            return applied != before && remaining() > 0;
        }

        private int check() {
            // The server may still execute statements that it received, or close the session.
            Await.until("the session of the run ends", () -> operator.value(Long.class, OTHER_SESSIONS) == 0);
            assertThat(operator.value(Long.class, LOCKS))
                    .as("locks left by a killed run").isZero();
            List<String> tables = operator.column(String.class, TABLES);
            assertThat(operator.column(String.class, LOGGED)).as("changesets in the log").isEqualTo(tables);
            return tables.size();
        }

        void updateAndRollBackCompletely(Changelog changelog) {
            changelog.update();
            assertThat(check()).as("changesets after the last update").isEqualTo(CHANGESETS);
            changelog.rollbackCount(CHANGESETS);
            assertThat(check()).as("changesets after the last rollback").isZero();
        }

        @Override
        public void close() {
            operator.close();
            TestServer.get().drop(database);
        }
    }
}
