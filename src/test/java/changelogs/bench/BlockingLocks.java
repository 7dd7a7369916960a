package changelogs.bench;

import changelogs.server.Server;
import changelogs.testing.Meanwhile;
import changelogs.testing.Session;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every few milliseconds which locks on the tables of the traffic block writes. How long a client waits depends on whether it writes just
 * then; how long a lock is held, or waited for in front of the clients, does not.
 */
final class BlockingLocks implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(4);
    private static final double NANOS = 1e6;
    private static final String LOCKS = """
            select l.virtualtransaction || ' ' || l.relation as id, l.relation::regclass || ', ' || a.query as text
            from pg_locks as l
            join pg_stat_activity as a on a.pid = l.pid
            where l.locktype = 'relation' and l.relation = any (array['public.sessions', 'public.profiles', 'public.events']::regclass[])
                and l.mode = any (array['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock']) and a.application_name <> ?
            """;

    private final CompletableFuture<Void> running;
    private final Map<String, Lock> seen = new HashMap<>();
    private volatile boolean stopped;

    BlockingLocks(String database) {
        running = Meanwhile.run(() -> {
            try (Session operator = Session.in(database, Server.OPERATOR)) {
                while (!stopped) {
                    look(operator);
                    LockSupport.parkNanos(PAUSE);
                }
            }
        });
    }

    private void look(Session operator) {
        var locks = operator.rows(LOCKS, Traffic.NAME);
        long now = System.nanoTime();
        synchronized (seen) {
            locks.forEach(lock -> seen.merge((String) lock.get("id"), new Lock(now, now, ((String) lock.get("text")).replaceAll("\\s+", " ")),
                    (first, last) -> new Lock(first.from(), last.to(), last.text())));
        }
    }

    /** The longest lock since the last call. */
    Lock longest() {
        synchronized (seen) {
            Lock longest = seen.values().stream().max((a, b) -> Double.compare(a.millis(), b.millis())).orElse(new Lock(0, 0, "none"));
            seen.clear();
            return longest;
        }
    }

    @Override
    public void close() {
        stopped = true;
        running.join();
    }

    /** A lock from the first to the last time at which it was seen, its table, and the last statement of its transaction. */
    record Lock(long from, long to, String text) {

        double millis() {
            return (to - from) / NANOS;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f ms on %s", millis(), text);
        }
    }
}
