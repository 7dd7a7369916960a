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

/** Makes a bare server into the stand-in for hosted Supabase, and databases on it. */
public final class StandIn {

    /** Somebody made it before, or at the same moment. */
    private static final Set<String> DUPLICATE_DATABASE = Set.of("42P04", "23505");
    private static final int FIRST_WITH_STRATEGY = 15;

    private final Server server;
    /** Copies files instead of writing each page to the log, which older servers always do. */
    private final String strategy;

    private StandIn(Server server, int version) {
        this.server = server;
        this.strategy = version < FIRST_WITH_STRATEGY ? "" : " strategy file_copy";
    }

    /** Makes the roles where they are missing; {@code server} is asked for with the superuser it came with, or the one it has by now. */
    public static StandIn on(Server server) throws SQLException {
        try (Connection connection = server.connect("postgres", "postgres")) {
            StandIn standIn = new StandIn(server, connection.getMetaData().getDatabaseMajorVersion());
            standIn.makeRoles(connection);
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

    /** A database as {@code system} finds it before its first changeset, to clone others from: in a project that grants by default. */
    public String template(String system) throws SQLException {
        return template(system, "");
    }

    /** The same in a project that was made or changed since 2026-10-30, which grants the API roles nothing by default. */
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

    /** Gives a finished database its name; false where somebody else has made one of that name meanwhile, and this one is dropped. */
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

    /** Whether its log names files, as it did when a migration was one; now it names migrations, such as {@code vectors/0001}. */
    boolean isOfAnEarlierLayout(String database) throws SQLException {
        try (Connection connection = server.connect(database, Server.OPERATOR); Statement statement = connection.createStatement()) {
            if (!isTrue(statement, "select to_regclass('extensions.databasechangelog') is not null")) {
                return false;
            }
            return isTrue(statement, "select exists (select from extensions.databasechangelog where filename like 'changelog/%')");
        }
    }

    /** Copies a database; a copy that somebody else made meanwhile is as good. */
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
