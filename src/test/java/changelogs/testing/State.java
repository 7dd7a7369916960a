package changelogs.testing;

import changelogs.server.Digest;
import changelogs.server.Server;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.util.LiquibaseUtil;

/**
 * How far a system's database is migrated, to the end or up to a tag. The database of a state that tests clone is kept between runs
 * under a digest of everything that went into it.
 */
public record State(String system, String contexts, String tag) {

    private static final Path CHANGELOG = Path.of("changelog");
    private static final Path EXTENSION = Path.of("target", "classes");
    private static final String END = "end";
    /** The tags that tests start from, which the way to the end passes. */
    private static final Map<String, List<String>> WAYPOINTS = Map.of("polaris", List.of("0002", "0007", "0017"));
    /** Of another changelog; somebody who goes back and forth between two keeps both. */
    private static final int KEPT = 2;

    /** With all changesets that run locally. */
    public static State end(String system) {
        return new State(system, "local", END);
    }

    /** With the changesets up to a tag, in these contexts. */
    public static State upTo(String tag, String system, String contexts) {
        return new State(system, contexts, tag);
    }

    /** The name of its template; made where there is none yet. */
    String on(TestServer server) throws SQLException {
        String unmigrated = server.standIn().template(system);
        String digest = Digest.of(String.join("\n", ingredients(unmigrated, server)));
        String name = prefix() + tag + "_" + digest;
        if (!server.standIn().exists(name)) {
            dropOlder(server);
            String unfinished = server.copy(base(unmigrated, server));
            Changelog changelog = new Changelog(system, unfinished).in(contexts);
            if (tag.equals(END)) {
                changelog.update();
            } else {
                changelog.updateToTag(tag);
                checkTag(unfinished, server);
            }
            server.standIn().publish(unfinished, name);
        }
        return name;
    }

    /** Liquibase applies everything where it finds no such tag. */
    private void checkTag(String database, TestServer server) {
        try (Session owner = Session.in(database, Server.MIGRATOR)) {
            if (owner.rows("select from " + Changelog.LOG + " where tag = ?", tag).isEmpty()) {
                server.discard(database);
                throw new IllegalArgumentException("The changelog of " + system + " has no tag " + tag + ".");
            }
        }
    }

    private String prefix() {
        return "migrated_" + String.join("_", system, contexts).replaceAll("[^a-z]+", "_") + "_";
    }

    private List<String> ingredients(String unmigrated, TestServer server) {
        List<String> others = new ArrayList<>(Changelog.systems());
        others.remove(system);
        return List.of(unmigrated, server.fullVersion(), LiquibaseUtil.getBuildVersionInfo(), Digest.of(EXTENSION, file -> true),
                Digest.of(CHANGELOG, file -> others.stream().noneMatch(other -> file.startsWith(CHANGELOG.resolve(other)))));
    }

    /** The last state on the way to this one that is kept, or the database before its first changeset. */
    private String base(String unmigrated, TestServer server) throws SQLException {
        List<String> before = WAYPOINTS.getOrDefault(system, List.of()).stream().filter(waypoint -> waypoint.compareTo(tag) < 0).toList();
        return before.isEmpty() ? unmigrated : server.template(upTo(before.get(before.size() - 1), system, "local"));
    }

    private void dropOlder(TestServer server) throws SQLException {
        for (String database : named(server, "datname like '%\\_" + tag + "\\_%'", "oid desc offset " + (KEPT - 1))) {
            server.standIn().drop(database);
        }
    }

    private List<String> named(TestServer server, String condition, String order) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var connection = server.server().connect("postgres", Server.OPERATOR); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select datname from pg_catalog.pg_database where starts_with(datname, '" + prefix()
                        + "') and " + condition + " order by " + order)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
