package changelogs.liquibase;

import java.sql.Driver;
import java.util.Properties;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;

/**
 * Connects as {@link Environment} says, and passes SQL on as it is written: the driver's own notion of native SQL takes jsonb's
 * operator {@code ?} for a parameter.
 */
public class VerbatimConnection extends JdbcConnection {

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
        Environment.Login login = new Environment(System::getenv).resolve(url, properties);
        super.open(login.url(), driver, login.properties());
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
    }
}
