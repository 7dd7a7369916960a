package changelogs.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;

/** Sets up a plain PostgreSQL server as a stand-in for hosted Supabase, and creates databases on it. */
public final class StandIn {

    /** SQLSTATEs for a database that exists or is being created concurrently. */
    private static final Set<String> DUPLICATE_DATABASE = Set.of("42P04", "23505");
    private static final int FIRST_WITH_STRATEGY = 15;

    private final Server server;
    /** Creates databases by copying files instead of writing each page to the WAL; older servers always copy files. */
    private final String strategy;

    private StandIn(Server server, int version) {
        this.server = server;
        this.strategy = version < FIRST_WITH_STRATEGY ? "" : " strategy file_copy";
    }

    /** Creates missing roles, connecting as the original superuser of the server or as the one created before. */
    public static StandIn on(Server server) throws SQLException {
        try (Connection connection = server.connect("postgres", "postgres")) {
            StandIn standIn = new StandIn(server, connection.getMetaData().getDatabaseMajorVersion());
            standIn.makeRoles(connection);
            standIn.run("postgres", Server.OPERATOR, resource("memberships.sql"));
            return standIn;
        }
    }

    private void makeRoles(Connection postgres) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            if (!isSuperuser(statement)) {
                return;
            }
            // A role cannot rename itself.
            statement.execute("drop role if exists handover");
            statement.execute("create role handover superuser login password '" + Server.PASSWORD + "'");
        }
        try (Connection connection = server.connect("postgres", "handover"); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(resource("roles.sql"));
            connection.commit();
        }
        try (Connection connection = server.connect("postgres", Server.OPERATOR); Statement statement = connection.createStatement()) {
            statement.execute("drop role handover");
        }
    }

    private static boolean isSuperuser(Statement statement) throws SQLException {
        return isTrue(statement, "select rolsuper from pg_catalog.pg_roles where rolname = current_user");
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Template of a database before the first changeset of {@code system}, in a project with default grants. */
    public String template(String system) throws SQLException {
        return template(system, "");
    }

    /** The same in a project created or changed since 2026-10-30, without default grants to the API roles. */
    public String templateWithoutDefaultGrants(String system) throws SQLException {
        return template(system, resource("no-default-grants.sql"));
    }

    private String template(String system, String change) throws SQLException {
        String core = has("core/" + system + ".sql") ? resource("core/" + system + ".sql") : "";
        String supabase = resource("supabase.sql");
        String name = "template_" + system.replace('-', '_') + "_" + Digest.of(resource("roles.sql") + supabase + core + change);
        if (!exists(name)) {
            String unfinished = "unfinished_" + UUID.randomUUID().toString().replace("-", "");
            create(unfinished, "template1");
            run(unfinished, Server.OPERATOR, supabase);
            run(unfinished, Server.MIGRATOR, core);
            run(unfinished, Server.OPERATOR, change);
            publish(unfinished, name);
        }
        return name;
    }

    /** Renames a finished database; if the name was taken meanwhile, drops it and returns false. */
    public boolean publish(String unfinished, String name) throws SQLException {
        try {
            run("postgres", Server.OPERATOR, "alter database \"" + unfinished + "\" rename to \"" + name + "\"");
            return true;
        } catch (SQLException e) {
            drop(unfinished);
            if (!DUPLICATE_DATABASE.contains(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    public boolean exists(String database) throws SQLException {
        try (Connection connection = server.connect("postgres", Server.OPERATOR);
                var query = connection.prepareStatement("select from pg_catalog.pg_database where datname = ?")) {
            query.setString(1, database);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Whether the log contains file names, as when a migration was one file; now it contains migrations such as {@code vectors/0001}. */
    boolean isOfAnEarlierLayout(String database) throws SQLException {
        try (Connection connection = server.connect(database, Server.OPERATOR); Statement statement = connection.createStatement()) {
            if (!isTrue(statement, "select to_regclass('extensions.databasechangelog') is not null")) {
                return false;
            }
            return isTrue(statement, "select exists (select from extensions.databasechangelog where filename like 'changelog/%')");
        }
    }

    /** Copies a database; a copy created concurrently by another run is used as well. */
    public void create(String database, String template) throws SQLException {
        try {
            run("postgres", Server.OPERATOR, "create database \"" + database + "\" owner " + Server.MIGRATOR + " template \"" + template + "\"" + strategy);
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.contains(e.getSQLState())) {
                throw e;
            }
        }
    }

    public void drop(String database) throws SQLException {
        run("postgres", Server.OPERATOR, "drop database if exists \"" + database + "\" with (force)");
    }

    private void run(String database, String role, String sql) throws SQLException {
        try (Connection connection = server.connect(database, role); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean has(String name) {
        return StandIn.class.getResource("/standin/" + name) != null;
    }

    private static String resource(String name) {
        try (InputStream in = StandIn.class.getResourceAsStream("/standin/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
