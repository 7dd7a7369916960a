package changelogs.liquibase;

import com.github.blagerweij.sessionlock.PGLockService;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.configuration.ConfigurationDefinition;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LockException;
import liquibase.lockservice.DatabaseChangeLogLock;

/**
 * Session lock that a run holds until its connection ends. A waiting run prints the holder, keeps no transaction open and gives up after a
 * time limit.
 *
 * <p>An open transaction of a waiting run would block {@code create index concurrently} in the run that holds the lock.
 */
public class WaitingLockService extends PGLockService {

    private static final Duration USUAL_POLL = Duration.ofSeconds(1);
    private static final Duration REMINDER = Duration.ofSeconds(30);

    /** Uses the keys of the superclass, so that runs with and without this class exclude each other. */
    private static final String HOLDER = """
            select a.pid, %s as name, coalesce(a.backend_start, now()) as since, %s as activity, a.pid = pg_backend_pid() as mine
            from pg_catalog.pg_locks as l
            join pg_catalog.pg_stat_activity as a on a.pid = l.pid
            where l.locktype = 'advisory'
              and l.database = (select d.oid from pg_catalog.pg_database as d where d.datname = current_database())
              and l.classid = ?::bigint::oid and l.objid = ?::bigint::oid and l.objsubid = 2 and l.granted
            """.formatted(Activity.NAME, Activity.DOING);

    /** The activity of another role's session is visible only to roles that may read all statistics. */
    private record Holder(int pid, String name, Instant since, String activity, boolean mine) {

        String description() {
            return activity == null ? name : name + " (" + activity + ")";
        }
    }

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public boolean supports(Database database) {
        return AtomicPostgresDatabase.isKindOf(database);
    }

    @Override
    public void waitForLock() throws LockException {
        Duration limit = Duration.ofMinutes(GlobalConfiguration.CHANGELOGLOCK_WAIT_TIME.getCurrentValue());
        waitForLock(limit, pollRate());
    }

    void waitForLock(Duration limit, Duration poll) throws LockException {
        setAutoCommit(true);
        try {
            tryUntil(limit, poll);
            confirm();
        } finally {
            setAutoCommit(false);
        }
        // The previous holder may have added rows to the log after this run read it.
        Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class).getChangeLogService(database).reset();
        try {
            SqlFile.head(database);
        } catch (DatabaseException e) {
            throw new LockException(e);
        }
    }

    private void tryUntil(Duration limit, Duration poll) throws LockException {
        Instant start = Instant.now();
        Instant reminder = start;
        Holder told = null;
        while (!acquireLock()) {
            Holder holder = holder();
            Duration waited = Duration.between(start, Instant.now());
            if (waited.compareTo(limit) >= 0) {
                throw new LockException(gaveUp(holder, waited));
            }
            if (holder != null && (told == null || told.pid() != holder.pid() || !Instant.now().isBefore(reminder))) {
                say("Waiting for the changelog lock, held by " + holder.description() + "; giving up in "
                        + limit.minus(waited).toSeconds() + " s.");
                told = holder;
                reminder = Instant.now().plus(REMINDER);
            }
            sleep(poll);
        }
    }

    @Override
    protected boolean acquireLock(Connection connection) throws SQLException, LockException {
        RunWatch watch = database instanceof AtomicPostgresDatabase postgres ? postgres.watch() : RunWatch.none();
        try (RunWatch.Waiting waiting = watch.begin(null, null)) {
            return super.acquireLock(connection);
        }
    }

    /** Checks the lock in another transaction, for which a pooler may have assigned another session. */
    private void confirm() throws LockException {
        Holder holder = holder();
        if (holder == null || !holder.mine()) {
            hasChangeLogLock = false;
            throw new LockException("The changelog lock of this run now belongs to another session, so the connection goes through"
                    + " a pooler in transaction mode. Connect to the server directly, or through a pooler in session mode."
                    + (holder == null ? "" : " The pooler's session still holds the lock: select pg_terminate_backend(" + holder.pid() + ");"));
        }
    }

    private static String gaveUp(Holder holder, Duration waited) {
        return "Gave up after " + waited.toSeconds() + " s: the changelog lock is held by "
                + (holder == null ? "another session" : holder.description())
                + ". Let that run finish and start again, or wait longer with -Dliquibase.changelogLockWaitTimeInMinutes=30."
                + (holder == null ? "" : " If it is stuck, end it with: select pg_terminate_backend(" + holder.pid() + ");");
    }

    /** The user's setting, or else a shorter interval than Liquibase's ten seconds, because an attempt costs only one round trip. */
    private static Duration pollRate() {
        ConfigurationDefinition<Long> rate = GlobalConfiguration.CHANGELOGLOCK_POLL_RATE;
        return rate.getCurrentConfiguredValue().wasDefaultValueUsed() ? USUAL_POLL : Duration.ofSeconds(rate.getCurrentValue());
    }

    /** If the session has ended, so has the lock. */
    @Override
    public void releaseLock() throws LockException {
        try {
            super.releaseLock();
        } catch (LockException e) {
            if (connected()) {
                throw e;
            }
        }
    }

    private boolean connected() {
        try {
            return connection().isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void forceReleaseLock() throws LockException {
        if (hasChangeLogLock()) {
            releaseLock();
            return;
        }
        Holder holder = holder();
        endTransaction();
        say("There is nothing to release, because the lock ends with the session that holds it. "
                + (holder == null
                        ? "No session holds the lock now."
                        : "The lock is held by " + holder.description() + "; to end this session: select pg_terminate_backend("
                                + holder.pid() + ");"));
    }

    @Override
    protected DatabaseChangeLogLock usedLock(Connection connection) throws SQLException, LockException {
        Holder holder = holder();
        return holder == null ? null : new DatabaseChangeLogLock(1, java.util.Date.from(holder.since()), holder.name());
    }

    private Holder holder() throws LockException {
        try (PreparedStatement query = connection().prepareStatement(HOLDER)) {
            query.setLong(1, Integer.toUnsignedLong(database.getDatabaseChangeLogLockTableName().hashCode()));
            query.setLong(2, Integer.toUnsignedLong(Objects.requireNonNull(database.getDefaultSchemaName()).hashCode()));
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Holder(row.getInt(1), row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4), row.getBoolean(5))
                        : null;
            }
        } catch (SQLException e) {
            throw new LockException(e);
        }
    }

    private void setAutoCommit(boolean on) throws LockException {
        try {
            if (!database.getConnection().isClosed()) {
                database.getConnection().setAutoCommit(on);
            }
        } catch (DatabaseException e) {
            throw new LockException(e);
        }
    }

    private void endTransaction() throws LockException {
        try {
            database.getConnection().commit();
        } catch (DatabaseException e) {
            throw new LockException(e);
        }
    }

    private Connection connection() {
        return ((JdbcConnection) database.getConnection()).getUnderlyingConnection();
    }

    private static void say(String message) {
        Scope.getCurrentScope().getUI().sendMessage(message);
    }

    private static void sleep(Duration duration) throws LockException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockException("Interrupted while waiting for the changelog lock.", e);
        }
    }
}
