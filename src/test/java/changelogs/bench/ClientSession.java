package changelogs.bench;

import changelogs.server.Server;
import changelogs.testing.Caller;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A session of a caller whose statements are sent as they are, without preparing them, in a transaction that has become the caller. */
final class ClientSession implements AutoCloseable {

    private final Connection connection;
    private final Statement statement;
    private final Caller caller;

    ClientSession(String database, Caller caller) throws SQLException {
        this.caller = caller;
        this.connection = DriverManager.getConnection(TestServer.get().server().url(database) + "?preferQueryMode=simple", "authenticator", Server.PASSWORD);
        this.statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        connection.setAutoCommit(false);
    }

    /** Begins a transaction; keys are those that a token would contain. */
    ClientSession begin(String keys) throws SQLException {
        statement.execute("select set_config('bench.keys', '{" + keys + "}', true)");
        statement.execute(caller.become());
        return this;
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /** Reads all rows and returns the nanoseconds that it took. */
    long read(String query) throws SQLException {
        long start = System.nanoTime();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                // The driver has read the row.
            }
        }
        return System.nanoTime() - start;
    }

    long readOften(String query, int times) throws SQLException {
        long nanos = 0;
        for (int i = 0; i < times; i++) {
            nanos += read(query);
        }
        return nanos;
    }

    /** The first column of the first row; null if there is none. */
    String value(String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** Runs a statement with its deferred checks in a transaction that is rolled back, and returns the nanoseconds of the statement. */
    long tryOut(String sql) throws SQLException {
        begin("");
        long start = System.nanoTime();
        statement.execute(sql + "; set constraints all immediate");
        long nanos = System.nanoTime() - start;
        rollback();
        return nanos;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
