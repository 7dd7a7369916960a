package changelogs.bench;

import changelogs.liquibase.Wire;
import changelogs.ops.Psql;
import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Runs of Liquibase over a network, as multiples of psql that runs the same SQL, and in round trips per changeset. */
final class Runs {

    static final String PART = "runs";
    private static final String SYSTEM = "polaris";

    private Runs() {
    }

    static void measure(Duration delay, Path folder, Figures figures) throws Exception {
        try (Database ours = Database.open(SYSTEM); Database psql = Database.open(SYSTEM); Wire wire = new Wire(TestServer.get().server(), delay)) {
            Changelog changelog = Changelog.atUrl(Path.of(""), "changelog/" + SYSTEM + "/changelog.yaml", wire.url(ours.name())).allowingDataLoss();
            Path forward = write(folder.resolve("update.sql"), new Changelog(SYSTEM, psql.name()), "updateSql", Map.of());
            Spent update = spent(wire, changelog::update);
            int changesets = (int) ours.count(Changelog.LOG);
            figures.progress("updated in " + update);
            Path back = write(folder.resolve("rollback.sql"), new Changelog(SYSTEM, ours.name()).allowingDataLoss(), "rollbackCountSql", Map.of("count", changesets));
            Spent nothing = spent(wire, changelog::update);
            Spent rollback = spent(wire, () -> changelog.rollbackCount(changesets));
            figures.progress("rolled back in " + rollback);
            add(figures, "update", update, changesets);
            add(figures, "rollback of everything", rollback, changesets);
            if (Psql.isPresent()) {
                Spent forwardByPsql = spent(wire, () -> psql(wire, psql, forward));
                figures.progress("psql updated in " + forwardByPsql);
                Spent backByPsql = spent(wire, () -> psql(wire, psql, back));
                figures.progress("psql rolled back in " + backByPsql);
                add(figures, "update", update, forwardByPsql);
                add(figures, "update with nothing to do", nothing, forwardByPsql);
                add(figures, "rollback of everything", rollback, backByPsql);
            }
        }
    }

    private static void add(Figures figures, String row, Spent spent, int changesets) throws Exception {
        figures.measure(PART, row, "round trips per changeset", () -> new Cost(spent.trips(), changesets));
    }

    private static void add(Figures figures, String row, Spent spent, Spent psql) throws Exception {
        figures.measure(PART, row, "round trips, psql", () -> new Cost(spent.trips(), psql.trips()));
        figures.measure(PART, row, "time, psql", () -> new Cost(spent.millis(), psql.millis()));
    }

    private static void psql(Wire wire, Database database, Path script) {
        Command.Result result = Psql.run(wire.server(), database.name(), script);
        if (result.status() != 0) {
            throw new IllegalStateException(result.err());
        }
    }

    private static Path write(Path file, Changelog changelog, String command, Map<String, Object> arguments) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            changelog.run(command, arguments, out);
        }
        return file;
    }

    private static Spent spent(Wire wire, Runnable run) {
        int trips = wire.trips();
        long start = System.nanoTime();
        run.run();
        return new Spent(wire.trips() - trips, Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private record Spent(int trips, long millis) {

        @Override
        public String toString() {
            return millis / 1000.0 + " s, " + trips + " round trips";
        }
    }
}
