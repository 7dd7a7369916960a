package changelogs.bench;

import changelogs.server.Server;
import changelogs.testing.Meanwhile;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Short transactions of clients at a fixed rate; each counts from the moment at which it was due. */
final class Traffic implements AutoCloseable {

    static final String NAME = "traffic of the benchmark";
    private static final String DEADLOCK = "40P01";
    private static final int CONNECTIONS = 4;
    private static final List<String> TRANSACTIONS = List.of(
            "select * from public.sessions where user_id = md5('person' || ?)::uuid order by started_at desc limit 20",
            "select * from public.profiles where id = md5('person' || ?)::uuid",
            "insert into public.sessions (user_id, tier, status) values (md5('person' || ?)::uuid, 'free', 'started')",
            "update public.profiles set full_name = 'A name' where id = md5('person' || ?)::uuid",
            "insert into public.events (user_id, name) values (md5('person' || ?)::uuid, 'page_opened')");

    private final String database;
    private final int people;
    private final long pause;
    private final ConcurrentLinkedQueue<Transaction> done = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private final AtomicInteger deadlocks = new AtomicInteger();
    private volatile boolean stopped;

    private record Transaction(long due, long nanos) {
    }

    Traffic(String database, int people, int rate) {
        this.database = database;
        this.people = people;
        this.pause = TimeUnit.SECONDS.toNanos(CONNECTIONS) / rate;
        for (int i = 0; i < CONNECTIONS; i++) {
            long offset = i * pause / CONNECTIONS;
            clients.add(Meanwhile.run(() -> run(offset)));
        }
    }

    private void run(long offset) {
        try (Connection connection = TestServer.get().server().connect(database, Server.OPERATOR)) {
            connection.setClientInfo("ApplicationName", NAME);
            List<PreparedStatement> statements = new ArrayList<>();
            for (String transaction : TRANSACTIONS) {
                statements.add(connection.prepareStatement(transaction));
            }
            for (long due = System.nanoTime() + offset; !stopped; due += pause) {
                LockSupport.parkNanos(due - System.nanoTime());
                ThreadLocalRandom random = ThreadLocalRandom.current();
                PreparedStatement statement = statements.get(random.nextInt(statements.size()));
                statement.setInt(1, 1 + random.nextInt(people));
                try {
                    statement.execute();
                } catch (SQLException e) {
                    if (!e.getSQLState().equals(DEADLOCK)) {
                        throw e;
                    }
                    deadlocks.incrementAndGet();
                }
                done.add(new Transaction(due, System.nanoTime() - due));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Latencies in milliseconds, ascending, of the transactions that were due after a moment. */
    double[] since(long nanoTime) {
        return done.stream().filter(transaction -> transaction.due() >= nanoTime).mapToDouble(transaction -> transaction.nanos() / 1e6).sorted().toArray();
    }

    /** Number of transactions since the last call that the server cancelled because of a deadlock. */
    int deadlocks() {
        return deadlocks.getAndSet(0);
    }

    @Override
    public void close() {
        stopped = true;
        clients.forEach(CompletableFuture::join);
    }
}
