package changelogs.testing;

import changelogs.server.Digest;
import changelogs.server.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The migration state of a system's database: complete or up to a tag. The template of a state is kept between runs under a digest of all
 * its inputs.
 */
public record State(String system, String contexts, String tag) {

    private static final Path CHANGELOG = Path.of("changelog");
    private static final String END = "end";
    /** Tags that tests start from; a complete migration stores a template at each of them. */
    private static final Map<String, List<String>> WAYPOINTS = Map.of("polaris", List.of("0002", "0007", "0017"));

    /** The state with all changesets that run locally. */
    public static State end(String system) {
        return new State(system, "local", END);
    }

    /** The state with the changesets up to a tag in these contexts. */
    public static State upTo(String tag, String system, String contexts) {
        return new State(system, contexts, tag);
    }

    /** Name of the template; it is created if absent. */
    String on(TestServer server) {
        List<String> others = new ArrayList<>(Changelog.systems());
        others.remove(system);
        String changelog = Digest.of(CHANGELOG, file -> others.stream().noneMatch(other -> file.startsWith(CHANGELOG.resolve(other))));
        String prefix = "migrated_" + String.join("_", system, contexts).replaceAll("[^a-z]+", "_") + "_" + tag;
        return server.kept(prefix, system, changelog, () -> migrated(server));
    }

    private String migrated(TestServer server) throws SQLException {
        String database = server.copy(base(server));
        Changelog changelog = new Changelog(system, database).in(contexts);
        if (tag.equals(END)) {
            changelog.update();
        } else {
            changelog.updateToTag(tag);
            checkTag(database, server);
        }
        return database;
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

    /** The latest stored state before this one, or the database before its first changeset. */
    private String base(TestServer server) throws SQLException {
        List<String> before = WAYPOINTS.getOrDefault(system, List.of()).stream().filter(waypoint -> waypoint.compareTo(tag) < 0).toList();
        return before.isEmpty() ? server.standIn().template(system) : server.template(upTo(before.get(before.size() - 1), system, "local"));
    }
}
