package changelogs.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * Connects to {@code jdbc:embedded-postgresql:<folder>/<database>}: starts the server with the data in the folder, and creates the database
 * if absent, like that of a hosted Supabase project with the tables of the product.
 */
public final class EmbeddedDriver implements Driver {

    private static final String PREFIX = "jdbc:embedded-postgresql:";

    private final org.postgresql.Driver postgres = new org.postgresql.Driver();

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        String location = url.substring(PREFIX.length()).replace('\\', '/');
        int slash = location.lastIndexOf('/');
        if (slash < 1 || slash == location.length() - 1) {
            throw new SQLException("The URL " + url + " should read " + PREFIX + "<folder>/<database>.");
        }
        Server server = start(Path.of(location.substring(0, slash)));
        String database = location.substring(slash + 1);
        StandIn standIn = StandIn.on(server);
        if (!standIn.exists(database)) {
            standIn.create(database, standIn.template(database));
        } else if (standIn.isOfAnEarlierLayout(database)) {
            throw new SQLException("The local database " + database + " was migrated before each migration had a folder, so its log holds"
                    + " other changesets than the changelog. Delete the folder .local and start again.");
        }
        return postgres.connect(server.url(database), info);
    }

    private static Server start(Path folder) throws SQLException {
        try {
            return EmbeddedServer.at(folder);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("changelogs");
    }
}
