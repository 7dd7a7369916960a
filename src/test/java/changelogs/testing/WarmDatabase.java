package changelogs.testing;

import changelogs.server.Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * A migrated database that tests use one after the other on one connection: a test is a transaction that is rolled back, and each call is a
 * savepoint with the caller's role, claims and settings.
 */
final class WarmDatabase {

    private static final String AUTHENTICATOR = "authenticator";

    private final State state;
    private final String name;
    private final Connection connection;
    private final Map<String, String> logins = new HashMap<>();
    /** SQL that sets the constraints to their mode at the start of a transaction. */
    private String initially;
    private String transaction;
    private Thread user;

    WarmDatabase(State state, String name) throws SQLException {
        this.state = state;
        this.name = name;
        this.connection = TestServer.get().server().connect(name, Server.OPERATOR);
        connection.setAutoCommit(false);
        for (String role : new String[] {Server.MIGRATOR, AUTHENTICATOR}) {
            logins.put(role, "set local session authorization " + role + login(role));
        }
        connection.rollback();
    }

    State state() {
        return state;
    }

    String name() {
        return name;
    }

    /** Begins the transaction of a test, or of all tests of a class. */
    void begin() throws SQLException {
        user = Thread.currentThread();
        transaction = value("select pg_current_xact_id()::text");
        Probe.current().began(state, name, connection);
        initially = "set constraints all deferred; " + value("""
                select coalesce('set constraints ' || string_agg(format('%I.%I', n.nspname, c.conname), ', ') || ' immediate; ', '')
                from pg_catalog.pg_constraint as c
                join pg_catalog.pg_namespace as n on n.oid = c.connamespace
                where c.condeferrable and not c.condeferred
                """);
    }

    /** Begins a test of a class that shares its data. */
    void beginTest() throws SQLException {
        execute("savepoint test");
    }

    void endTest() throws SQLException {
        execute("rollback to savepoint test");
    }

    /** Rolls back the test; impossible if the test ended the transaction. */
    void end() throws SQLException {
        boolean intact = isInItsTransaction();
        connection.rollback();
        if (!intact) {
            throw new IllegalStateException("The test ended its transaction. " + hint());
        }
    }

    private boolean isInItsTransaction() {
        try {
            return transaction.equals(value("select pg_current_xact_id_if_assigned()::text"));
        } catch (SQLException e) {
            return false;
        }
    }

    void close() throws SQLException {
        connection.close();
    }

    /** Calls with the role and settings of a login of that role. */
    Calls direct(String role) {
        return new Savepoints(role.equals(Server.OPERATOR) ? "" : logins.get(role));
    }

    Calls through(Caller caller) {
        return new Savepoints(logins.get(AUTHENTICATOR) + "; " + caller.become());
    }

    String hint() {
        return "A test that commits, needs a second connection or runs the changelog needs its own database:"
                + " Database.ofItsOwn(\"" + state.system() + "\"), or @OfItsOwn on the test.";
    }

    private String login(String role) throws SQLException {
        String settings = value("""
                select string_agg(format('set_config(%L, %L, true)', split_part(s, '=', 1), substr(s, strpos(s, '=') + 1)), ', ')
                from pg_catalog.pg_db_role_setting as r, unnest(r.setconfig) as s
                where r.setdatabase = 0 and r.setrole = '""" + role + "'::regrole");
        return settings == null ? "" : "; select " + settings;
    }

    private String value(String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private final class Savepoints implements Calls {

        private final String become;

        Savepoints(String become) {
            this.become = become;
        }

        @Override
        public <T> T run(String sql, Work<T> work) throws SQLException {
            if (Thread.currentThread() != user) {
                throw new IllegalStateException("A second thread made a call in a test that is one transaction. " + hint());
            }
            execute("savepoint call; " + become);
            try {
                T result = work.run(connection);
                // Deferred checks run as the caller, as at a commit.
                execute("set constraints all immediate; " + initially + "reset session authorization; reset all; release savepoint call");
                return result;
            } catch (SQLException e) {
                try {
                    execute("rollback to savepoint call; release savepoint call");
                } catch (SQLException lost) {
                    e.addSuppressed(lost);
                }
                throw e;
            }
        }

        @Override
        public Connection connection() {
            throw new IllegalStateException("The connection is shared. " + hint());
        }

        @Override
        public void close() {
            // The connection is reused by the next test.
        }
    }
}
