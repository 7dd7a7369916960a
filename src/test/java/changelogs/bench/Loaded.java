package changelogs.bench;

import changelogs.bench.ScopedTables.Table;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A migrated database of a system with rows, and copies of the tables that are scoped to a user. */
record Loaded(String system, Database database, List<Table> tables) implements AutoCloseable {

    private static final Map<String, String> USUAL = Map.of("polaris", "sessions", "connect", "match_feedback", "vectors", "action_events", "describe-it", "export_history");

    static Loaded of(String system, int rows) {
        Database database = Database.openMigrated(system);
        try (Database unmigrated = Database.open(system)) {
            List<Table> tables = ScopedTables.in(database.operator(), unmigrated.operator());
            Map<String, String> empty = Crowd.fill(database, system, tables.stream().map(Table::name).collect(Collectors.toSet()), rows);
            Session operator = database.operator();
            operator.update("set search_path = ''");
            Copies.of(tables, operator);
            tables.stream().map(Table::name).filter(empty::containsKey).forEach(table -> System.out.println("  not measured: " + system + " " + table + ": " + empty.get(table)));
            return new Loaded(system, database, tables.stream().filter(table -> !empty.containsKey(table.name())).toList());
        }
    }

    String name() {
        return database.name();
    }

    boolean hasAdmins() {
        return !database.operator().rows("select from pg_proc where proname = 'is_admin'").isEmpty();
    }

    /** The table whose newest rows in the plain copy are the unit of views and functions. */
    Table usual() {
        return tables.stream().filter(table -> table.simpleName().equals(USUAL.get(system))).findFirst().orElseThrow();
    }

    /** Drops the database at once, since the server would stop while it drops one of this size. */
    @Override
    public void close() {
        TestServer.get().drop(name());
        database.close();
    }
}
