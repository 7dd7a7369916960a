package changelogs.review;

import changelogs.server.Digest;
import changelogs.server.Server;
import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Session;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import liquibase.changelog.ChangeSet;
import org.yaml.snakeyaml.Yaml;

/**
 * A database with the changesets of one side and with rows in its tables.
 *
 * @param template an equal database without connections, to copy
 * @param acting rights and rows of each persona
 * @param rows number of rows by table
 * @param unseeded tables that could not be filled, with the reason
 * @param pending changesets that were left out because their preconditions are not met
 */
record SeededBase(String template, String database, Catalog catalog, Supplier<Access> acting, Map<String, Long> rows, Map<String, String> unseeded, List<String> pending) {

    private static final Map<String, SeededBase> KEPT = new ConcurrentHashMap<>();
    private static final Path CODE = Path.of("target", "test-classes", "changelogs", "review");

    /** The same database for all reviews of this run that begin with this side. It is a copy of a template that is kept for later runs. */
    static SeededBase of(Side side, long rows) {
        return KEPT.computeIfAbsent(side.root().toAbsolutePath() + " " + side.system() + " " + rows, key -> {
            String template = TestServer.get().kept("review_" + side.system().replace('-', '_'), side.system(), inputs(side, rows), () -> filled(side, changeSet -> true, rows));
            String database = TestServer.get().copy(template);
            CompletableFuture<Access> acting = CompletableFuture.supplyAsync(() -> access(database), Tools.THREADS);
            return read(side, changeSet -> true, template, database, () -> Tools.resultOf(acting));
        });
    }

    /** A database with the chosen changesets of the side. */
    static SeededBase of(Side side, Predicate<ChangeSet> chosen, long rows) {
        String database = filled(side, chosen, rows);
        return read(side, chosen, database, database, () -> access(database));
    }

    private static String inputs(Side side, long rows) {
        Path changelog = side.root().resolve("changelog");
        String files = Files.isDirectory(changelog) ? Digest.of(changelog, file -> file.startsWith(changelog.resolve(side.system())) || file.startsWith(changelog.resolve("shared"))) : "";
        return String.join("\n", files, fixture(side), Long.toString(rows), Digest.of(CODE, file -> true));
    }

    /** Creates and fills the database, and records in its comment which tables could not be filled. */
    private static String filled(Side side, Predicate<ChangeSet> chosen, long rows) {
        String database = TestServer.get().unmigrated(side.system());
        if (!side.entries().isEmpty()) {
            Stepper.applyAll(database, side, side.with(chosen, false));
        }
        try (Seeder seeder = new Seeder(database); Session operator = Session.in(database, Server.OPERATOR)) {
            seeder.people(fixture(side));
            seeder.fill(rows);
            operator.update("comment on database " + database + " is '" + new Yaml().dump(seeder.unseeded()).replace("'", "''") + "'");
        }
        return database;
    }

    private static SeededBase read(Side side, Predicate<ChangeSet> chosen, String template, String database, Supplier<Access> acting) {
        Map<String, Long> counts = new TreeMap<>();
        try (Observer observer = new Observer(database)) {
            observer.relations().values().stream().filter(relation -> relation.kind().matches("[rpm]"))
                    .forEach(relation -> counts.put(relation.name(), observer.count(relation.name())));
            Map<String, String> unseeded = new Yaml().load(observer.operator().value(String.class, "select shobj_description(oid, 'pg_database') from pg_database where datname = ?", template));
            return new SeededBase(template, database, observer.catalog(), acting, counts, unseeded, pending(side, chosen, observer));
        }
    }

    Access access() {
        return acting.get();
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
