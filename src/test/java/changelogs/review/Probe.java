package changelogs.review;

import changelogs.review.Step.Lock;
import changelogs.review.Step.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.listener.SqlListener;
import liquibase.precondition.core.PreconditionContainer;

/**
 * Watches one changeset while Liquibase runs it: statements, time, locks, write-ahead log. The locks of a transaction are read before its
 * end; those of a changeset without a transaction are sampled while it runs.
 */
final class Probe extends AbstractChangeExecListener {

    private static final long SAMPLE_MILLIS = 3;
    private static final double NANOS = 1e6;

    private final Observer observer;
    private final List<String> sql = new ArrayList<>();
    private final Map<Long, Mode> modes = new ConcurrentHashMap<>();
    private final Map<Long, Long> since = new ConcurrentHashMap<>();
    private int session;
    private boolean inside;
    private boolean ran;
    private boolean lockTimeout;
    private long begun;
    private long nanos;
    private long ended;
    private long wal;
    private CountDownLatch stop;
    private Thread sampler;

    Probe(Observer observer) {
        this.observer = observer;
    }

    @Override
    public void willRun(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ChangeSet.RunStatus status) {
        session = Integer.parseInt(query(database, "select pg_backend_pid()"));
        wal = observer.wal();
        if (!changeSet.isRunInTransaction()) {
            stop = new CountDownLatch(1);
            sampler = new Thread(this::sample, "review locks");
            sampler.setDaemon(true);
            sampler.start();
        }
    }

    @Override
    public void willRun(Change change, ChangeSet changeSet, DatabaseChangeLog changeLog, Database database) {
        inside = true;
        begun = System.nanoTime();
    }

    @Override
    public void ran(Change change, ChangeSet changeSet, DatabaseChangeLog changeLog, Database database) {
        ended = System.nanoTime();
        nanos += ended - begun;
        inside = false;
        if (changeSet.isRunInTransaction()) {
            readLocks(begun);
        }
        lockTimeout |= !"0".equals(query(database, "select current_setting('lock_timeout')"))
                || sql.stream().anyMatch(statement -> statement.contains("lock_timeout"));
    }

    @Override
    public void ran(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ChangeSet.ExecType type) {
        ran = type.ran;
        end();
    }

    @Override
    public void runFailed(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, Exception exception) {
        end();
    }

    @Override
    public void preconditionFailed(PreconditionFailedException error, PreconditionContainer.FailOption onFail) {
        end();
    }

    @Override
    public void preconditionErrored(PreconditionErrorException error, PreconditionContainer.ErrorOption onError) {
        end();
    }

    private void end() {
        inside = false;
        if (sampler != null) {
            stop.countDown();
            try {
                sampler.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sampler = null;
        }
        wal = observer.wal() - wal;
    }

    private void sample() {
        try {
            do {
                readLocks(System.nanoTime());
            } while (!stop.await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void readLocks(long begin) {
        observer.locks(session).forEach(row -> {
            Long relation = (Long) row.get("oid");
            Mode mode = Mode.of((String) row.get("mode"));
            if (!modes.containsKey(relation) || modes.get(relation).compareTo(mode) < 0) {
                modes.put(relation, mode);
                since.put(relation, begin);
            }
        });
    }

    private static String query(Database database, String sql) {
        try (Statement statement = ((JdbcConnection) database.getConnection()).getUnderlyingConnection().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Collects the statements of changes, without Liquibase's own queries and its log. */
    SqlListener statements() {
        return new SqlListener() {
            @Override
            public void writeSqlWillRun(String statement) {
                if (inside && !statement.contains("databasechangelog")) {
                    sql.add(statement.strip());
                }
            }
        };
    }

    List<String> sql() {
        return List.copyOf(sql);
    }

    double millis() {
        return nanos / NANOS;
    }

    Map<Long, Lock> locks() {
        Map<Long, Lock> locks = new ConcurrentHashMap<>();
        modes.forEach((relation, mode) -> locks.put(relation, new Lock(mode, Math.max(0, ended - since.get(relation)) / NANOS)));
        return locks;
    }

    long wal() {
        return ran ? wal : 0;
    }

    boolean lockTimeout() {
        return lockTimeout;
    }

    boolean ran() {
        return ran;
    }
}
