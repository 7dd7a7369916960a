package changelogs.liquibase;

import java.util.List;
import java.util.regex.Pattern;
import liquibase.CatalogAndSchema;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseConnection;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.executor.ExecutorService;
import liquibase.snapshot.SnapshotControl;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.statement.SqlStatement;

/**
 * PostgreSQL on which a changeset and its row in the log are one transaction, forward and back.
 *
 * <p>Liquibase commits the change and then, in a second transaction, its row: a run that dies in between leaves a change
 * that the next run tries again. Here the statements of a changeset are held back until Liquibase wants to commit them; then
 * they are sent together with the row and the commit, in one round trip. Changesets with {@code runInTransaction: false}
 * are left to Liquibase.
 */
public class AtomicPostgresDatabase extends PostgresDatabase {

    /** The session setting that tells a changelog that this class is at work. */
    static final String MARK = "changelogs.exactly_once";

    private static final Pattern TRANSACTION_POOLER = Pattern.compile("jdbc:postgresql://[^/]*\\.supabase\\.(com|co):6543\\b");

    private enum Phase {
        /** Nothing is held back. */
        IDLE,
        /** The changes of a changeset are held back. */
        APPLYING,
        /** The statements of a changeset's rollback are held back. */
        REVERTING,
        /** The log row is being added to what is held back. */
        RECORDING
    }

    /** At work while Liquibase writes SQL to a file instead of running it. */
    private final SqlFile file = new SqlFile(this);
    private Phase phase = Phase.IDLE;
    /** Committed with its row, for which Liquibase is still to ask; null where there is none. */
    private ChangeSet recorded;
    private RunWatch watch = RunWatch.none();

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public void setConnection(DatabaseConnection connection) {
        SettingsOfARun.read();
        refuseTransactionPooler(connection.getURL());
        if (connection instanceof JdbcConnection jdbc) {
            introduce(jdbc);
        }
        super.setConnection(connection);
        endTransaction(connection);
    }

    private void introduce(JdbcConnection connection) {
        VerbatimConnection ours = connection instanceof VerbatimConnection verbatim ? verbatim : null;
        Introduction introduction = new Introduction(connection.getUnderlyingConnection(), ours == null ? null : ours::another);
        try {
            int backend = introduction.backend(MARK, executor() != null);
            watch = ours == null ? RunWatch.none() : RunWatch.of(ours, backend, introduction.isDirect());
        } catch (RuntimeException e) {
            if (ours != null) {
                closeQuietly(ours);
            }
            throw e;
        }
    }

    /** Nothing stays open while files are read: the server may end a session that is idle in a transaction. */
    private static void endTransaction(DatabaseConnection connection) {
        try {
            connection.commit();
        } catch (DatabaseException e) {
            throw new UnexpectedLiquibaseException(e);
        }
    }

    private static void closeQuietly(DatabaseConnection connection) {
        try {
            connection.close();
        } catch (DatabaseException e) {
            // The reason why no run begins counts more.
        }
    }

    /** By name, since each goal of a Maven run loads these classes anew while Liquibase keeps some of what the first goal loaded. */
    static boolean isKindOf(Database database) {
        return database.getClass().getName().equals(AtomicPostgresDatabase.class.getName());
    }

    /** There each transaction may get another session, and the lock belongs to a session. */
    static void refuseTransactionPooler(String url) {
        if (TRANSACTION_POOLER.matcher(url).lookingAt()) {
            throw new UnexpectedLiquibaseException("Port 6543 is the pooler in transaction mode, where the lock of a run does not hold."
                    + " Use the direct connection or the pooler in session mode: both listen on port 5432.");
        }
    }

    RunWatch watch() {
        return watch;
    }

    /** After it the files are compared with the log for seconds, and the server may end a session that is idle in a transaction. */
    @Override
    public List<RanChangeSet> getRanChangeSetList() throws DatabaseException {
        List<RanChangeSet> log = super.getRanChangeSetList();
        BatchingExecutor executor = executor();
        if (executor != null) {
            executor.endReading();
        }
        return log;
    }

    @Override
    public void executeStatements(Change change, DatabaseChangeLog changeLog, List<SqlVisitor> visitors)
            throws LiquibaseException {
        holdBack(Phase.APPLYING);
        file.begin(true);
        super.executeStatements(change, changeLog, visitors);
    }

    @Override
    public void executeRollbackStatements(SqlStatement[] statements, List<SqlVisitor> visitors) throws LiquibaseException {
        holdBack(Phase.REVERTING);
        file.begin(false);
        super.executeRollbackStatements(statements, visitors);
    }

    private void holdBack(Phase next) throws DatabaseException {
        BatchingExecutor executor = executor();
        if (executor != null && next == Phase.APPLYING) {
            executor.apply();
        }
        if (executor != null && phase == Phase.IDLE && !isAutoCommit()) {
            // Liquibase names the changeset itself, but not when it takes one back.
            executor.hold(next == Phase.REVERTING ? "Could not take back changeset " + executor.changeSet().toString(false) + ": " : "");
            phase = next;
        }
    }

    @Override
    public void commit() throws DatabaseException {
        switch (phase) {
            case APPLYING, REVERTING -> record();
            case RECORDING -> { }
            default -> {
                super.commit();
                ended();
            }
        }
    }

    private void ended() {
        BatchingExecutor executor = executor();
        if (executor != null) {
            executor.transactionEnded();
        }
    }

    private void record() throws DatabaseException {
        BatchingExecutor executor = executor();
        ChangeSet changeSet = executor.changeSet();
        boolean applied = phase == Phase.APPLYING;
        phase = Phase.RECORDING;
        executor.holdForLog();
        if (applied) {
            super.markChangeSetExecStatus(changeSet, ranBefore(changeSet) ? ChangeSet.ExecType.RERAN : ChangeSet.ExecType.EXECUTED);
        } else {
            super.removeRanStatus(changeSet);
        }
        executor.commit();
        phase = Phase.IDLE;
        recorded = changeSet;
    }

    private boolean ranBefore(ChangeSet changeSet) throws DatabaseException {
        try {
            return getRanChangeSet(changeSet) != null;
        } catch (DatabaseException e) {
            throw e;
        } catch (LiquibaseException e) {
            throw new DatabaseException(e);
        }
    }

    @Override
    public void markChangeSetExecStatus(ChangeSet changeSet, ChangeSet.ExecType execType) throws DatabaseException {
        if (!isRecorded(changeSet)) {
            file.begin(true);
            super.markChangeSetExecStatus(changeSet, execType);
            file.commit();
        }
    }

    @Override
    public void removeRanStatus(ChangeSet changeSet) throws DatabaseException {
        if (!isRecorded(changeSet)) {
            file.begin(false);
            super.removeRanStatus(changeSet);
            file.commit();
        }
    }

    private boolean isRecorded(ChangeSet changeSet) {
        boolean known = recorded == changeSet;
        recorded = null;
        return known;
    }

    @Override
    public void rollback() throws DatabaseException {
        BatchingExecutor executor = executor();
        phase = Phase.IDLE;
        if (executor != null) {
            executor.discard();
            executor.transactionEnded();
        }
        if (lost()) {
            return;
        }
        if (executor == null || isAutoCommit()) {
            super.rollback();
            return;
        }
        // The search path that the superclass would ask for and set, in two round trips, goes first in the batch.
        getConnection().rollback();
    }

    @Override
    public void dropDatabaseObjects(CatalogAndSchema schema, SnapshotControl snapshot) {
        throw new UnexpectedLiquibaseException("dropAll and dropFirst are refused: they drop every table of the schema, the product's own"
                + " too. Take back what the changelog made with liquibase:rollback; to start over locally, delete the folder .local.");
    }

    @Override
    public void dropDatabaseObjects(CatalogAndSchema schema) {
        dropDatabaseObjects(schema, null);
    }

    @Override
    public void close() throws DatabaseException {
        watch.close();
        if (!lost()) {
            super.close();
        }
    }

    /** Then the server has taken back what was not committed, and an error about that would hide the one that matters. */
    private boolean lost() throws DatabaseException {
        return getConnection() != null && getConnection().isClosed();
    }

    /** Not by the connection, as in the superclass: once that is lost Liquibase would not find what it keeps for this database. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Null while Liquibase writes SQL to a file instead of running it. */
    private BatchingExecutor executor() {
        var executor = Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", this);
        return executor instanceof BatchingExecutor batching ? batching : null;
    }
}
