package changelogs.review;

import changelogs.review.Observer.Counters;
import changelogs.review.Observer.Relation;
import changelogs.review.Side.Entry;
import changelogs.review.Step.Failure;
import changelogs.review.Step.Lock;
import changelogs.review.Step.Mode;
import changelogs.server.Server;
import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.sql.Sql;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import org.postgresql.PGConnection;

/**
 * Applies the changesets of a changelog one at a time and rolls them back. It uses Liquibase's own classes for PostgreSQL, which send each
 * statement separately; the extension of this repository holds them back until the commit, when the locks could no longer be read.
 */
final class Stepper implements AutoCloseable {

    private static final double NANOS = 1e6;
    /** Statements that end their transaction, and those that write Liquibase's log. */
    private static final Pattern COMMITS = Pattern.compile("(?i)\\b(?:commit|databasechangelog)\\b");

    private final String database;
    private final Side head;
    private final Changelog changelog;
    private final Observer observer;
    private final boolean compares;
    private final Set<String> applied = new LinkedHashSet<>();
    private Catalog catalog;

    /**
     * A database that has run the changesets for which {@code ran} holds.
     *
     * @param compares whether to compare the catalog before and after each changeset
     */
    Stepper(String database, Side head, Predicate<String> ran, boolean compares) {
        this.database = database;
        this.head = head;
        this.changelog = Changelog.at(head.root(), Side.file(head.system()), database);
        this.observer = new Observer(database);
        head.entries().stream().map(Entry::key).filter(ran).forEach(applied::add);
        this.compares = compares;
        catalog = read();
    }

    private Catalog read() {
        return compares ? observer.catalog() : new Catalog(Map.of());
    }

    Observer observer() {
        return observer;
    }

    Catalog catalog() {
        return catalog;
    }

    /** Applies all changesets at once, without measuring. */
    static void applyAll(String database, Side side, DatabaseChangeLog changes) {
        Changelog.at(side.root(), Side.file(side.system()), database).run("update", Map.of("databaseChangelog", changes));
    }

    Step apply(Entry entry) {
        Map<Long, Lock> rehearsed = rehearse(changeSet(entry.key()));
        Map<Long, Relation> relations = observer.relations();
        Map<String, Counters> counters = observer.counters();
        Probe probe = new Probe(observer);
        Failure failure = null;
        Set<String> shown = new LinkedHashSet<>(applied);
        shown.add(entry.key());
        try {
            run("update", false, shown, Map.of(), probe);
        } catch (Changelog.LiquibaseFailed | IllegalStateException e) {
            failure = Failure.of(e, database);
        }
        Catalog before = catalog;
        catalog = read();
        if (probe.ran()) {
            applied.add(entry.key());
        }
        return new Step(entry, probe.sql(), probe.millis(), locks(relations, probe.ran() ? rehearsed : Map.of(), probe.locks()), rewritten(relations), since(counters, relations), probe.wal(),
                ObjectChange.between(before, catalog), probe.lockTimeout(), failure, probe.ran());
    }

    /** Rolls the last changeset back and returns why that failed; null if it did not. */
    Failure rollback(List<String> sql, boolean allowDataLoss) {
        String newest = applied.stream().reduce((first, last) -> last).orElseThrow();
        try {
            sql.addAll(statements(changeSet(newest).getRollback().getChanges()));
            run("rollbackCount", allowDataLoss, applied, Map.of("count", 1), new Probe(observer));
            applied.remove(newest);
            return null;
        } catch (Changelog.LiquibaseFailed | IllegalStateException e) {
            return Failure.of(e, database);
        } finally {
            catalog = read();
        }
    }

    private ChangeSet changeSet(String key) {
        return head.changeSets(false).stream().filter(changeSet -> Side.key(changeSet).equals(key)).findFirst().orElseThrow();
    }

    /**
     * Runs the statements of a changeset without a transaction in a transaction, reads their locks and rolls them back, because a lock that ends
     * with its statement may be gone before it is read. Statements that cannot run in a transaction are left to the sampler.
     */
    private Map<Long, Lock> rehearse(ChangeSet changeSet) {
        Map<Long, Lock> locks = new HashMap<>();
        if (changeSet.isRunInTransaction()) {
            return locks;
        }
        List<String> statements = statements(changeSet.getChanges()).stream().filter(sql -> !COMMITS.matcher(sql).find()).toList();
        try (Connection connection = TestServer.get().server().connect(database, Server.MIGRATOR); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setEscapeProcessing(false);
            int session = connection.unwrap(PGConnection.class).getBackendPID();
            for (String sql : statements) {
                Savepoint before = connection.setSavepoint();
                try {
                    long begun = System.nanoTime();
                    statement.execute(sql);
                    double millis = (System.nanoTime() - begun) / NANOS;
                    observer.locks(session).forEach(row -> locks.merge((Long) row.get("oid"), new Lock(Mode.of((String) row.get("mode")), millis), Stepper::stronger));
                } catch (SQLException e) {
                    connection.rollback(before);
                }
            }
            flush(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return locks;
    }

    private static Lock stronger(Lock a, Lock b) {
        return a.mode().compareTo(b.mode()) >= 0 ? a : b;
    }

    /** The statements that Liquibase generates; it does not announce those of a rollback to listeners. */
    private List<String> statements(List<Change> changes) {
        List<String> statements = new ArrayList<>();
        head.reading(() -> {
            try (Connection connection = TestServer.get().server().connect(database, Server.MIGRATOR)) {
                PostgresDatabase postgres = postgres(connection);
                for (Change change : changes) {
                    for (Sql sql : SqlGeneratorFactory.getInstance().generateSql(change.generateStatements(postgres), postgres)) {
                        statements.add(sql.toSql().strip());
                    }
                }
            }
        });
        return statements;
    }

    private static PostgresDatabase postgres(Connection connection) throws DatabaseException {
        PostgresDatabase postgres = new PostgresDatabase();
        postgres.setConnection(new JdbcConnection(connection));
        postgres.setDefaultSchemaName("public");
        postgres.setLiquibaseSchemaName("extensions");
        postgres.setOutputDefaultSchema(true);
        return postgres;
    }

    private void run(String command, boolean allowDataLoss, Set<String> shown, Map<String, Object> arguments, Probe probe) {
        DatabaseChangeLog read = head.with(changeSet -> shown.contains(Side.key(changeSet)), allowDataLoss);
        try (Connection connection = TestServer.get().server().connect(database, Server.MIGRATOR)) {
            PostgresDatabase postgres = postgres(connection);
            Map<String, Object> values = new HashMap<>(arguments);
            values.putAll(Map.of("database", postgres, "databaseChangelog", read, "changeExecListener", probe));
            try {
                Scope.child(probe.statements(), () -> changelog.run(command, values));
            } finally {
                flush(connection);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the server count what the session read and wrote. */
    private static void flush(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_stat_force_next_flush()");
            }
            connection.commit();
        }
    }

    private static Map<String, Lock> locks(Map<Long, Relation> relations, Map<Long, Lock> rehearsed, Map<Long, Lock> read) {
        Map<String, Lock> locks = new TreeMap<>();
        for (Map<Long, Lock> each : List.of(rehearsed, read)) {
            each.forEach((oid, lock) -> {
                if (relations.containsKey(oid)) {
                    locks.merge(relations.get(oid).table(), lock, Stepper::stronger);
                }
            });
        }
        return locks;
    }

    private Set<String> rewritten(Map<Long, Relation> before) {
        Map<Long, Relation> after = observer.relations();
        return before.entrySet().stream().filter(entry -> entry.getValue().kind().matches("[rm]") && after.containsKey(entry.getKey())
                && !entry.getValue().file().equals(after.get(entry.getKey()).file())).map(entry -> entry.getValue().table())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Counters> since(Map<String, Counters> before, Map<Long, Relation> relations) {
        Set<String> tables = relations.values().stream().map(Relation::table).collect(Collectors.toSet());
        Map<String, Counters> since = new LinkedHashMap<>();
        observer.counters().forEach((table, counters) -> {
            Counters more = counters.minus(before.getOrDefault(table, Counters.NONE));
            if (tables.contains(table) && (more.read() > 0 || more.written() > 0)) {
                since.put(table, more);
            }
        });
        return since;
    }

    @Override
    public void close() {
        observer.close();
    }
}
