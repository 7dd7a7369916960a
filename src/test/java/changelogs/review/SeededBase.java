package changelogs.review;

import changelogs.server.Server;
import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import liquibase.changelog.ChangeSet;

/**
 * A database with the changesets of one side and with rows in its tables.
 *
 * @param rows number of rows by table
 * @param unseeded tables that could not be filled, with the reason
 * @param pending changesets that were left out because their preconditions are not met
 */
record SeededBase(String database, Catalog catalog, Access access, Map<String, Long> rows, Map<String, String> unseeded, List<String> pending) {

    private static final Map<String, SeededBase> KEPT = new ConcurrentHashMap<>();

    /** The same database for all reviews of this run that begin with this side. */
    static SeededBase of(Side side, long rows) {
        return KEPT.computeIfAbsent(side.root().toAbsolutePath() + " " + side.system() + " " + rows, key -> of(side, changeSet -> true, rows));
    }

    /** A database with the chosen changesets of the side. */
    static SeededBase of(Side side, Predicate<ChangeSet> chosen, long rows) {
        String database = TestServer.get().unmigrated(side.system());
        if (!side.entries().isEmpty()) {
            Stepper.applyAll(database, side, side.with(chosen, false));
        }
        Map<String, String> unseeded;
        try (Seeder seeder = new Seeder(database)) {
            seeder.people(fixture(side));
            seeder.fill(rows);
            unseeded = seeder.unseeded();
        }
        Map<String, Long> counts = new TreeMap<>();
        try (Observer observer = new Observer(database)) {
            observer.operator().update("analyze");
            observer.relations().values().stream().filter(relation -> relation.kind().matches("[rpm]"))
                    .forEach(relation -> counts.put(relation.name(), observer.count(relation.name())));
            return new SeededBase(database, observer.catalog(), access(database), counts, unseeded, pending(side, chosen, observer));
        }
    }

    private static List<String> pending(Side side, Predicate<ChangeSet> chosen, Observer observer) {
        if (side.entries().isEmpty()) {
            return List.of();
        }
        Set<String> applied = new HashSet<>(observer.operator().column(String.class, "select filename || '::' || id from " + Changelog.LOG));
        Set<String> left = side.changeSets(false).stream().filter(chosen).map(Side::key).collect(Collectors.toSet());
        return side.entries().stream().filter(entry -> entry.runs() && left.contains(entry.key())).map(Side.Entry::name).filter(name -> !applied.contains(name)).toList();
    }

    static Access access(String database) {
        try (Connection connection = TestServer.get().server().connect(database, Server.OPERATOR)) {
            return Access.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows that the tests of the side use, if there are any. */
    private static String fixture(Side side) {
        Path file = side.root().resolve("src/test/resources/fixtures/" + side.system() + ".sql");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new CannotCompare(e.getMessage(), e);
        }
    }
}
