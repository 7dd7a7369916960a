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
        try (Statement statement = connection.createStatement()) {
            long begun = System.nanoTime();
            statement.execute("lock table " + table + " in access share mode");
            connection.rollback();
            long read = System.nanoTime();
            statement.execute("lock table " + table + " in row exclusive mode");
            connection.rollback();
            return new Wait((read - begun) / NANOS, (System.nanoTime() - read) / NANOS);
        } catch (SQLException e) {
            // The table was dropped, so no session waits for it.
            connection.rollback();
            return new Wait(0, 0);
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
