package changelogs.liquibase;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;

/**
 * Connects with the values of {@link Environment}, and sends SQL unchanged: the driver's {@code nativeSQL} would treat jsonb's
 * operator {@code ?} as a parameter.
 */
public class VerbatimConnection extends JdbcConnection {

    /** Socket timeout in seconds, to detect a server that does not respond. */
    private static final Map<String, String> IMPATIENT = Map.of("connectTimeout", "5", "socketTimeout", "5", "loginTimeout", "10");

    private Driver driver;
    private Environment.Login login;

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public boolean supports(String url) {
        return url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:embedded-postgresql:") || url.startsWith(Environment.PREFIX);
    }

    @Override
    public void open(String url, Driver driver, Properties properties) throws DatabaseException {
        this.driver = driver;
        login = login(url, properties);
        login.properties().putIfAbsent("tcpKeepAlive", "true");
        super.open(login.url(), driver, login.properties());
    }

    /** Opens a second connection, with a timeout of a few seconds. */
    Connection another() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(login.properties());
        properties.putAll(IMPATIENT);
        properties.setProperty("ApplicationName", "liquibase of " + Operator.current() + ", watching");
        return driver.connect(login.url(), properties);
    }

    private static Environment.Login login(String url, Properties properties) throws DatabaseException {
        Optional<Map<String, String>> configuration = Target.configuration();
        Optional<Profiles> profiles = configuration.flatMap(values -> Profiles.current());
        try {
            if (profiles.isPresent()) {
                profiles.get().check();
            }
            Environment.Login login = new Environment(System::getenv).resolve(url, properties);
            configuration.map(values -> Target.of(login, values, profiles)).ifPresent(RunSummary::begin);
            return login;
        } catch (DatabaseException e) {
            RunSummary.end("\n" + e.getMessage());
            throw e;
        }
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
    }
}
