package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed leaves a changeset and its row, or neither, and nothing that stops the next run. */
class KilledRunTest {

    private static final int KILLS = Integer.getInteger("kills", 100);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    /** One process runs the changelog on so many databases at once: one kill, and as many runs that it hits. */
    private static final int LANES = Integer.getInteger("lanes",10);
    private static final int CHANGESETS = Integer.getInteger("changesets",60);
    private static final Duration LATEST_KILL = Duration.ofMillis(Long.getLong("latest", 400));

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

    final List<Lane> lanes = new ArrayList<>();
    String warmUp;

    @BeforeEach
    void makeDatabases() throws IOException {
        Files.writeString(folder.resolve("changelog.yaml"), SmallChangesets.yaml(CHANGESETS));
        warmUp = TestServer.get().unmigrated("vectors");
        for (int i = 0; i < LANES; i++) {
            Lane lane = new Lane(folder);
            lanes.add(lane);
            Changelog.at(folder, "changelog.yaml", lane.database).status();
        }
    }

    @AfterEach
    void dropDatabases() {
        lanes.forEach(Lane::close);
        TestServer.get().drop(warmUp);
    }

    @Test
    void logAndCatalogAgreeWheneverARunIsKilled() throws InterruptedException {
        Random random = new Random(SEED);
        int killed = 0;
        int midway = 0;
        RunProcess next = prepare();
        try {
            while (killed < KILLS) {
                RunProcess run = next.ready();
                next = null;
                run.go(lanes.stream().map(Lane::command).toList());
                next = prepare();
                boolean whileItStarts = random.nextInt(5) == 0;
                if (!whileItStarts) {
                    run.running();
                }
                Thread.sleep(random.nextLong(LATEST_KILL.toMillis()));
                if (run.failed()) {
                    throw run.failure();
                }
                run.kill();
                for (Lane lane : lanes) {
                    killed++;
                    midway += lane.settle() ? 1 : 0;
                }
            }
        } finally {
            next.close();
        }
        System.out.printf("%d runs killed in %d processes, %d of them between their first changeset and their last; -Dseed=%d%n",
                killed, killed / LANES, midway, SEED);
        assertThat(midway).as("runs killed midway").isGreaterThan(killed / 4);
        lanes.forEach(Lane::goToTheEndAndBack);
    }

    private RunProcess prepare() {
        return RunProcess.start(folder, "changelog.yaml", TestServer.get().server().url(warmUp));
    }

    /** A database over which runs go forward to the end, then back to nothing, and so on. */
    private static final class Lane implements AutoCloseable {

        private final String database;
        private final Session operator;
        private final Path folder;
        private boolean forward = true;
        private int applied;

        Lane(Path folder) {
            this.folder = folder;
            database = TestServer.get().unmigrated("vectors");
            operator = Session.in(database, Server.OPERATOR);
        }

        String command() {
            return (forward ? "update " : "rollback ") + TestServer.get().server().url(database);
        }

        /** Checks what a killed run left behind; tells whether it was hit midway. */
        boolean settle() throws InterruptedException {
            awaitEndOfSessions();
            int before = applied;
            applied = check();
            boolean midway = applied != before && applied > 0 && applied < CHANGESETS;
            if (applied == 0 || applied == CHANGESETS) {
                forward = applied == 0;
            }
            return midway;
        }

        /** The server may still be busy with what it had received. */
        private void awaitEndOfSessions() throws InterruptedException {
            Instant limit = Instant.now().plusSeconds(10);
            while (operator.value(Long.class, OTHER_SESSIONS) > 0) {
                assertThat(Instant.now()).as("time by which the killed session is gone").isBefore(limit);
                Thread.sleep(2);
            }
        }

        private int check() {
            assertThat(operator.value(Long.class, LOCKS))
                    .as("locks left by a killed run").isZero();
            List<String> tables = operator.column(String.class, TABLES);
            assertThat(operator.column(String.class, LOGGED)).as("changesets in the log").isEqualTo(tables);
            return tables.size();
        }

        void goToTheEndAndBack() {
            Changelog changelog = Changelog.at(folder, "changelog.yaml", database);
            changelog.update();
            assertThat(check()).as("changesets after the last run forward").isEqualTo(CHANGESETS);
            changelog.rollbackCount(CHANGESETS);
            assertThat(check()).as("changesets after the last run back").isZero();
        }

        @Override
        public void close() {
            operator.close();
            TestServer.get().drop(database);
        }
    }
}
