package changelogs.drift;

import changelogs.liquibase.Environment;
import changelogs.server.ContainerServer;
import changelogs.server.EmbeddedServer;
import changelogs.server.Server;
import changelogs.server.StandIn;
import changelogs.testing.Changelog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.exception.DatabaseException;

/**
 * Compares a live database with one on a throw-away server to which the same changesets were applied. Prints the changes made outside the
 * changelog and the statements that undo them. Only reads the live database. Pending changesets are not drift.
 */
public final class Drift {

    private static final String LOG = """
            select id, author, filename, exectype, md5sum, contexts from extensions.databasechangelog order by orderexecuted
            """;
    private static final Pattern CONTEXT = Pattern.compile("(?<![!\\w-])[\\w-]+");
    private static final Set<String> OPERATORS = Set.of("and", "or", "not");
    private static final String MARKED = "MARK_RAN";

    /** Definition of an object, with the statements that create it, alter an existing object to match it, and drop it. */
    record CatalogObject(String home, String definition, String made, String changed, String dropped) {
    }

    record Finding(String words, String undo) {
    }

    private record Row(String id, String author, String file, String execution, String checksum, String contexts) {

        String key() {
            return file + "::" + id;
        }
    }

    /** Reason why the databases cannot be compared. */
    static final class NotComparable extends Exception {

        private static final long serialVersionUID = 1L;

        NotComparable(String why) {
            super(why);
        }
    }

    private Drift() {
    }

    /** Arguments: URL, user and password of the live database, the system, a folder for the throw-away server, and the kind of server. */
    public static void main(String[] args) throws Exception {
        try (Connection live = connect(args[0], args[1], args[2])) {
            Path folder = Path.of(args[4]);
            Server server = args[5].equals("container") ? ContainerServer.start("") : EmbeddedServer.at(folder);
            System.exit(report(find(live, args[3], server, folder), System.out) ? 0 : 1);
        } catch (NotComparable | DatabaseException | SQLException e) {
            System.out.println(e.getMessage());
            System.out.println("DRIFT: could not compare");
            System.exit(1);
        }
    }

    private static Connection connect(String url, String user, String password) throws DatabaseException, SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        Environment.Login login = new Environment(System::getenv).resolve(url, properties);
        return DriverManager.getConnection(login.url(), login.properties());
    }

    /** Compares the databases; true if they do not differ. */
    static boolean report(List<Finding> findings, PrintStream out) {
        findings.forEach(finding -> out.println(finding.words()));
        if (!findings.isEmpty()) {
            out.println("\nTo undo it:\n");
            findings.forEach(finding -> out.println(finding.undo() + "\n"));
        }
        out.println("DRIFT: " + (findings.isEmpty() ? "none" : findings.size()));
        return findings.isEmpty();
    }

    static List<Finding> find(Connection live, String system, Server server, Path folder) throws SQLException, IOException, NotComparable {
        live.setReadOnly(true);
        live.setAutoCommit(false);
        live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        List<Row> log = log(live);
        Map<String, CatalogObject> is = things(live);
        live.rollback();
        StandIn standIn = StandIn.on(server);
        String database = "drift_" + UUID.randomUUID().toString().replace("-", "");
        standIn.create(database, standIn.template(system));
        try {
            Map<String, CatalogObject> before;
            Map<String, CatalogObject> after;
            try (Connection connection = server.connect(database, Server.MIGRATOR)) {
                compareVersions(live, connection);
                before = things(connection);
            }
            replay(system, server.url(database), log, folder);
            try (Connection connection = server.connect(database, Server.MIGRATOR)) {
                compareLogs(log, log(connection));
                after = things(connection);
            }
            return compare(before, after, is);
        } finally {
            standIn.drop(database);
        }
    }

    private static void compareVersions(Connection live, Connection built) throws SQLException, NotComparable {
        int version = live.getMetaData().getDatabaseMajorVersion();
        if (version != built.getMetaData().getDatabaseMajorVersion()) {
            throw new NotComparable("The database is PostgreSQL " + version + ", which prints definitions differently: add -Ddb.version=" + version + ".");
        }
    }

    private static void replay(String system, String url, List<Row> log, Path folder) throws IOException, NotComparable {
        Path file = Files.createDirectories(folder).resolve(system + "-log.tsv");
        Files.write(file, log.stream().map(row -> String.join("\t", row.id(), row.author(), row.file(), row.execution(),
                row.checksum() == null ? "\\N" : row.checksum())).toList());
        String contexts = log.stream().filter(row -> row.contexts() != null).flatMap(row -> CONTEXT.matcher(row.contexts().toLowerCase()).results())
                .map(match -> match.group()).filter(word -> !OPERATORS.contains(word)).distinct().collect(Collectors.joining(","));
        System.setProperty("changelogs.replay", file.toAbsolutePath().toString());
        try {
            Changelog.atUrl(Path.of(""), "changelog/" + system + "/changelog.yaml", url).in(contexts.isEmpty() ? "none" : contexts).update();
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new NotComparable("The changesets in the database's log cannot be applied: " + cause.getMessage());
        } finally {
            System.clearProperty("changelogs.replay");
        }
    }

    private static void compareLogs(List<Row> live, List<Row> built) throws NotComparable {
        Set<String> applied = built.stream().filter(row -> !row.execution().equals(MARKED)).map(Row::key).collect(Collectors.toSet());
        List<String> missing = live.stream().filter(row -> !row.execution().equals(MARKED)).map(Row::key).filter(key -> !applied.contains(key)).toList();
        if (!missing.isEmpty()) {
            throw new NotComparable("The throw-away server cannot apply what the database has, for example because an extension is missing: "
                    + String.join(", ", missing) + ". Add -Ddb=container.");
        }
    }

    private static List<Row> log(Connection connection) throws SQLException, NotComparable {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(LOG)) {
            List<Row> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(new Row(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6)));
            }
            return rows;
        } catch (SQLException e) {
            throw new NotComparable("The database has no readable log of Liquibase: " + e.getMessage());
        }
    }

    static Map<String, CatalogObject> things(Connection connection) throws SQLException, IOException {
        Map<String, CatalogObject> things = new TreeMap<>();
        try (InputStream in = Drift.class.getResourceAsStream("/drift/objects.sql"); Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("set search_path = ''");
            try (ResultSet row = statement.executeQuery(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                while (row.next()) {
                    things.put(row.getString(1), new CatalogObject(row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6)));
                }
            }
        }
        return things;
    }

    /**
     * Compares all objects of the changelog. An additional object is drift if it belongs to a table or function of the changelog, or if the
     * product has no tables of its own.
     */
    static List<Finding> compare(Map<String, CatalogObject> before, Map<String, CatalogObject> after, Map<String, CatalogObject> live) {
        boolean allObjects = before.keySet().stream().noneMatch(what -> what.startsWith("table "));
        Set<String> homes = after.entrySet().stream().filter(entry -> !before.containsKey(entry.getKey()) && isHome(entry.getKey()))
                .map(entry -> entry.getValue().home()).collect(Collectors.toSet());
        Set<String> gone = Stream.concat(missing(after, live), missing(live, after)).filter(Drift::isHome)
                .map(what -> (after.containsKey(what) ? after : live).get(what).home()).collect(Collectors.toSet());
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (String what : new TreeSet<>(Stream.concat(after.keySet().stream(), live.keySet().stream()).toList())) {
            CatalogObject expected = after.get(what);
            CatalogObject found = live.get(what);
            boolean part = !isHome(what) && gone.contains((expected == null ? found : expected).home());
            if (part || expected != null && expected.equals(before.get(what)) || same(what, expected, found)) {
                continue;
            }
            if (expected == null) {
                if (allObjects || homes.contains(found.home())) {
                    findings.put(what, new Finding("added: " + what, found.dropped() + ";"));
                }
            } else if (found == null) {
                findings.put(what, new Finding("missing: " + what, expected.made() == null
                        ? "-- " + what + ": run its changeset, which liquibase:updateSQL on an empty database prints, and restore its rows from a backup"
                        : expected.made() + ";"));
            } else {
                findings.put(what, new Finding("changed: " + what, expected.changed() + ";"));
            }
        }
        return List.copyOf(findings.values());
    }

    private static boolean isHome(String what) {
        return Stream.of("table ", "view ", "materialized view ", "sequence ", "function ").anyMatch(what::startsWith);
    }

    private static Stream<String> missing(Map<String, CatalogObject> one, Map<String, CatalogObject> other) {
        return one.keySet().stream().filter(what -> !other.containsKey(what));
    }

    private static boolean same(String what, CatalogObject expected, CatalogObject found) {
        return expected != null && found != null && (expected.definition().equals(found.definition())
                || !what.startsWith("function ") && Expression.normal(expected.definition()).equals(Expression.normal(found.definition())));
    }
}
