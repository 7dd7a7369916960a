package changelogs.bench;

import changelogs.bench.BlockingLocks.Lock;
import changelogs.liquibase.RunProcess;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.State;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Stalls of clients while migrations are applied and rolled back. The baseline is the same run on another database of the server, which takes
 * the same CPU time but no lock of a client.
 */
final class Rollout {

    static final String PART = "rollout";
    private static final String SYSTEM = "polaris";
    private static final String FROM = "0002";
    private static final int PEOPLE_PER_ROW = 5;
    private static final long START_MILLIS = 2000;
    private static final int LONGEST = 10;

    private Rollout() {
    }

    static void measure(Settings settings, Path folder, Figures figures) throws Exception {
        Path root = root(folder);
        State state = State.upTo(FROM, SYSTEM, "local");
        int people = settings.rows() * PEOPLE_PER_ROW;
        try (Database database = Database.openMigrated(state); Database other = Database.openMigrated(state); Database rehearsal = Database.open(SYSTEM)) {
            load(database, people);
            try (Traffic traffic = new Traffic(database.name(), people, settings.rate()); BlockingLocks locks = new BlockingLocks(database.name())) {
                Thread.sleep(START_MILLIS);
                for (String command : List.of("update", "rollbackTo=" + FROM)) {
                    String row = command.replace("To=", " to ");
                    double[] beside = during(traffic, root, rehearsal, other, command);
                    figures.progress(row + " of another database: " + text(beside));
                    locks.longest();
                    double[] rollout = during(traffic, root, rehearsal, database, command);
                    Lock lock = locks.longest();
                    figures.progress(row + ": " + text(rollout) + "; " + traffic.deadlocks() + " deadlocks; longest lock that blocks writes: " + lock);
                    double scan = scan(database.operator());
                    figures.measure(PART, row, "longest stalls, " + Comparison.NOT_COMPARED, () -> new Cost(longest(rollout), longest(beside)));
                    figures.measure(PART, row, "longest lock, in scans of sessions", () -> new Cost(lock.millis(), scan));
                }
            }
            TestServer.get().drop(database.name());
        }
    }

    /** A folder for the files of the processes that also contains the changelog. */
    private static Path root(Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve("rollout"));
        Path link = root.resolve("changelog");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, Path.of("changelog").toAbsolutePath());
        }
        return root;
    }

    private static double[] during(Traffic traffic, Path root, Database rehearsal, Database target, String command) {
        String file = "changelog/" + SYSTEM + "/changelog.yaml";
        try (RunProcess process = RunProcess.start(root, file, TestServer.get().server().url(rehearsal.name())).awaitReady()) {
            long start = System.nanoTime();
            process.runAll(List.of(command + " " + TestServer.get().server().url(target.name())));
            process.finish();
            return traffic.since(start);
        }
    }

    private static double scan(Session operator) throws Exception {
        Pairs.Work scan = () -> Pairs.nanos(() -> operator.rows("select count(*) from public.sessions where notes is null"));
        return Pairs.of(scan, scan).ours();
    }

    /** Mean of the ten longest stalls, which one slow process of the machine changes less than the longest one. */
    private static double longest(double[] ascending) {
        return Arrays.stream(ascending, Math.max(0, ascending.length - LONGEST), ascending.length).average().orElseThrow();
    }

    private static String text(double[] ascending) {
        return String.format(Locale.ROOT, "%d transactions, median %.1f ms, ten longest %.0f ms, longest %.0f ms", ascending.length,
                ascending[ascending.length / 2], longest(ascending), ascending[ascending.length - 1]);
    }

    private static void load(Database database, int people) {
        database.operator().script("""
                set local session_replication_role = replica;
                insert into auth.users (id, email) select md5('person' || i)::uuid, i || '@example.com' from generate_series(1, %1$d) as i;
                insert into public.profiles (id, email) select md5('person' || i)::uuid, i || '@example.com' from generate_series(1, %1$d) as i;
                insert into public.sessions (user_id, tier, status, started_at, submitted_at, ended_at, duration_sec, score)
                    select md5('person' || i)::uuid, 'free', 'completed', now() - i * interval '1 second', now(), now(), 0, 80 from generate_series(1, %1$d) as i;
                insert into public.events (user_id, name) select md5('person' || i)::uuid, 'page_opened' from generate_series(1, %1$d) as i;
                analyze;
                """.formatted(people));
    }
}
