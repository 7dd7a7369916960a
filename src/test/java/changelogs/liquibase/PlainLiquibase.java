package changelogs.liquibase;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;

/** Liquibase without the extension, for comparison. */
final class PlainLiquibase {

    private PlainLiquibase() {
    }

    static void run(Changelog changelog, String url, String command, Map<String, Object> arguments) {
        try (Connection connection = DriverManager.getConnection(url, Server.MIGRATOR, Server.PASSWORD)) {
            PostgresDatabase database = new PostgresDatabase();
            database.setConnection(new JdbcConnection(connection));
            database.setDefaultSchemaName("public");
            database.setLiquibaseSchemaName("extensions");
            database.setOutputDefaultSchema(true);
            Map<String, Object> all = new HashMap<>(arguments);
            all.put("database", database);
            changelog.run(command, all);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
