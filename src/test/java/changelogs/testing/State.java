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
 * The migration state of a system's database: complete or up to a tag. The template of a state is kept between runs under a digest of all
 * its inputs.
 */
public record State(String system, String contexts, String tag) {

    private static final Path CHANGELOG = Path.of("changelog");
    private static final Path EXTENSION = Path.of("target", "classes");
    private static final String END = "end";
    /** Tags that tests start from; a complete migration stores a template at each of them. */
    private static final Map<String, List<String>> WAYPOINTS = Map.of("polaris", List.of("0002", "0007", "0017"));
    /** Number of templates kept per tag, so that switching between two versions of the changelog is fast. */
    private static final int KEPT = 2;

    /** The state with all changesets that run locally. */
    public static State end(String system) {
        return new State(system, "local", END);
    }

    /** The state with the changesets up to a tag in these contexts. */
    public static State upTo(String tag, String system, String contexts) {
        return new State(system, contexts, tag);
    }

    /** Name of the template; it is created if absent. */
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

    /** Fails if the tag does not exist, since Liquibase would apply all changesets. */
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

    /** The latest stored state before this one, or the database before its first changeset. */
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
