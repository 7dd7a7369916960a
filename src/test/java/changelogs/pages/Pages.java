package changelogs.pages;

import changelogs.server.Server;
import changelogs.testing.Actor;
import changelogs.testing.Changelog;
import changelogs.testing.Fixture;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Generates the pages of a system from a migrated and an unmigrated database. */
final class Pages implements AutoCloseable {

    private final String system;
    private final String unmigrated;
    private final String migrated;
    private final Origins origins;
    private final Connection connection;

    private Pages(String system) throws SQLException {
        TestServer server = TestServer.get();
        this.system = system;
        this.origins = Origins.of(system);
        this.unmigrated = server.unmigrated(system);
        this.migrated = withoutPgvector(server, unmigrated) ? migratedCopy(system, unmigrated) : server.migrated(system);
        try (var owner = server.server().connect(migrated, Server.MIGRATOR); Statement statement = owner.createStatement()) {
            statement.execute(Fixture.of(system));
        }
        this.connection = server.server().connect(migrated, Server.OPERATOR);
        connection.setAutoCommit(false);
    }

    static Pages of(String system) throws SQLException {
        return new Pages(system);
    }

    /** Texts of the pages by file name. */
    Map<String, String> write() throws SQLException {
        try (Made made = Made.between(unmigrated, connection)) {
            Map<String, String> pages = new TreeMap<>();
            AccessPage access = AccessPage.of(system, made, new Actor(connection));
            Schema schema = new Schema(made);
            List<String> relations = new ArrayList<>(schema.relations.stream().map(Schema.Row::name).toList());
            relations.addAll(schema.touched());
            Set<String> paged = new LinkedHashSet<>(relations);
            Site site = new Site(system, paged);
            IndexPage index = new IndexPage(schema, origins, site);
            pages.put(Site.ACCESS, access.toString());
            pages.put(Site.INDEX, index.write(system));
            pages.put(MadeList.FILE, MadeList.of(system, origins, made));
            pages.putAll(index.topics());
            for (String relation : relations) {
                pages.put(Site.page(relation), TablePage.of(schema, origins, site, access, relation));
            }
            return pages;
        }
    }

    /** verify.sql with an updated list of the objects of the changelog. */
    String verify(String script) throws SQLException {
        try (Made made = Made.between(unmigrated, connection)) {
            return new VerifyPart(system).in(script, made);
        }
    }

    /** access.md after a change of the migrated database that is rolled back. */
    String accessAfter(String change) throws SQLException {
        try (Statement statement = connection.createStatement(); Made made = Made.between(unmigrated, connection)) {
            statement.execute("savepoint change; " + change);
            String access = AccessPage.of(system, made, new Actor(connection)).toString();
            statement.execute("rollback to savepoint change");
            return access;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        TestServer.get().discard(migrated);
        TestServer.get().discard(unmigrated);
    }

    /**
     * Pages must be the same on every server, so pgvector is created in another schema, which leaves the changesets that need it pending.
     */
    private static boolean withoutPgvector(TestServer server, String database) throws SQLException {
        try (var operator = server.server().connect(database, Server.OPERATOR); Statement statement = operator.createStatement()) {
            if (!statement.executeQuery("select from pg_catalog.pg_available_extensions where name = 'vector'").next()) {
                return false;
            }
            statement.execute("create schema elsewhere; create extension vector with schema elsewhere");
            return true;
        }
    }

    private static String migratedCopy(String system, String unmigrated) {
        String copy = TestServer.get().copy(unmigrated);
        new Changelog(system, copy).update();
        return copy;
    }
}
