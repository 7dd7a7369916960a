package changelogs.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A running PostgreSQL server that imitates a hosted Supabase project. */
public record Server(String host, int port) {

    /** The superuser, who belongs to the hosting service. */
    public static final String OPERATOR = "supabase_admin";
    /** The role that owns the databases and runs the changelogs. */
    public static final String MIGRATOR = "postgres";
    public static final String PASSWORD = "postgres";

    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    public Connection connect(String database, String role) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", PASSWORD);
        return DriverManager.getConnection(url(database), login);
    }
}
