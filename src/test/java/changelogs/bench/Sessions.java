package changelogs.bench;

import changelogs.bench.ScopedTables.Table;
import changelogs.testing.Database;
import changelogs.testing.TestServer;

/** The first statement of a session as a multiple of the same read of a plain copy, and the clone of a database as one of a clone without our changesets. */
final class Sessions {

    static final String PART = "sessions";
    private static final int FIRST_STATEMENTS = 25;
    private static final int CLONES = 3;

    private Sessions() {
    }

    static void measure(Loaded loaded, Figures figures) throws Exception {
        Table table = loaded.usual();
        String query = Reads.newest(table);
        String keys;
        try (ClientSession session = new ClientSession(loaded.name(), Person.FEW.caller())) {
            keys = Reads.keys(session, table);
        }
        figures.measure(PART, loaded.system(), "first statement", () -> Pairs.of(() -> first(loaded, keys, query.formatted(table.name())),
                () -> first(loaded, keys, query.formatted(Copies.name(table))), FIRST_STATEMENTS, FIRST_STATEMENTS));
        try (Database migrated = Database.openMigrated(loaded.system()); Database unmigrated = Database.open(loaded.system())) {
            figures.measure(PART, loaded.system(), "clone", () -> Pairs.of(() -> clone(migrated), () -> clone(unmigrated), CLONES, CLONES));
        }
    }

    private static long first(Loaded loaded, String keys, String query) throws Exception {
        try (ClientSession session = new ClientSession(loaded.name(), Person.FEW.caller())) {
            return Pairs.nanos(() -> session.begin(keys).read(query));
        }
    }

    private static long clone(Database database) {
        long start = System.nanoTime();
        String copy = TestServer.get().copy(database.name());
        long nanos = System.nanoTime() - start;
        TestServer.get().drop(copy);
        return nanos;
    }
}
