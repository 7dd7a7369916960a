package changelogs.review;

import changelogs.server.Server;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A second session that repeatedly takes the locks of a read and of a write, and records the longest wait for each table. */
final class Bystander implements AutoCloseable {

    private static final double NANOS = 1e6;
    private static final long PAUSE_MILLIS = 2;
    private static final String TAKEN = "55P03";

    private final Map<String, Wait> waits = new TreeMap<>();
    private final CompletableFuture<Void> running;
    private volatile boolean stopped;

    /** The longest waits of a read and of a write. */
    record Wait(double read, double write) {

        private static final double SHORT = 20;

        Wait longest(Wait other) {
            return new Wait(Math.max(read, other.read), Math.max(write, other.write));
        }

        /** Any statement takes this long, so shorter times are not waits. */
        boolean isLong() {
            return read > SHORT || write > SHORT;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "read %.0f ms, write %.0f ms", read, write);
        }
    }

    Bystander(String database, Collection<String> tables) {
        running = CompletableFuture.runAsync(() -> {
            try (Connection connection = TestServer.get().server().connect(database, Server.OPERATOR)) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    for (String table : tables) {
                        waits.merge(table, wait(connection, table), Wait::longest);
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Wait wait(Connection connection, String table) throws SQLException {
        return new Wait(wait(connection, table, "access share"), wait(connection, table, "row exclusive"));
    }

    /** Milliseconds until a lock is free; none if it is free at once, however long the machine takes to lock it. */
    private static double wait(Connection connection, String table, String mode) throws SQLException {
        long begun = System.nanoTime();
        if (locked(connection, table, mode + " mode nowait").equals(TAKEN)) {
            // A drop of the table ends the wait, too.
            locked(connection, table, mode + " mode");
            return (System.nanoTime() - begun) / NANOS;
        }
        return 0;
    }

    /** Locks the table for a moment; returns the SQLSTATE of the error, empty if there is none. */
    private static String locked(Connection connection, String table, String how) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + table + " in " + how);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            connection.rollback();
        }
    }

    /** Ends the session and returns the longest waits by table. */
    Map<String, Wait> end() {
        close();
        return waits;
    }

    @Override
    public void close() {
        stopped = true;
        running.join();
    }
}
