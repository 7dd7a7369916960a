package changelogs.liquibase;

import liquibase.database.jvm.JdbcConnection;

/** Passes SQL on as it is written; the driver's own notion of native SQL takes jsonb's operator {@code ?} for a parameter. */
public class VerbatimConnection extends JdbcConnection {

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public boolean supports(String url) {
        return url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:embedded-postgresql:");
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
    }
}
