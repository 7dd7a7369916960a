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
 * PostgreSQL database that commits a changeset and its row in the log in one transaction, in updates and rollbacks.
 *
 * <p>Liquibase commits the change and its row in two transactions: if a run is killed in between, the next run repeats the
 * change. This class collects the statements of a changeset until Liquibase commits, and then sends them, the row and the
 * commit in one round trip. Liquibase itself runs changesets with {@code runInTransaction: false}.
 */
public class AtomicPostgresDatabase extends PostgresDatabase {

    /** Session setting by which a changelog detects that a run uses this class. */
    static final String MARK = "changelogs.exactly_once";

    private static final Pattern TRANSACTION_POOLER = Pattern.compile("jdbc:postgresql://[^/]*\\.supabase\\.(com|co):6543\\b");

    private enum Phase {
        /** No statements are collected. */
        IDLE,
        /** Collects the changes of a changeset. */
        APPLYING,
        /** Collects the rollback of a changeset. */
        REVERTING,
        /** Collects the change of the log. */
        RECORDING
    }

    /** Completes the SQL file if Liquibase writes SQL instead of running it. */
    private final SqlFile file = new SqlFile(this);
    private Phase phase = Phase.IDLE;
    /** The changeset whose row was committed before Liquibase asked for it; null if none. */
    private ChangeSet recorded;
    private RunWatch watch = RunWatch.none();

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public void setConnection(DatabaseConnection connection) {
        RunSettings.read();
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

    /** Ends the transaction before files are read, because the server may end sessions that are idle in a transaction. */
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
            // The error that stops the run is more important.
        }
    }

    /** Compares class names, because each Maven goal loads these classes again while Liquibase keeps objects of the first goal. */
    static boolean isKindOf(Database database) {
        return database.getClass().getName().equals(AtomicPostgresDatabase.class.getName());
    }

    /** Rejects port 6543, where each transaction may get another session; the changelog lock belongs to a session. */
    static void refuseTransactionPooler(String url) {
        if (TRANSACTION_POOLER.matcher(url).lookingAt()) {
            throw new UnexpectedLiquibaseException("Port 6543 is the pooler in transaction mode, where the changelog lock does not hold."
                    + " Use the direct connection or the pooler in session mode: both listen on port 5432.");
        }
    }

    RunWatch watch() {
        return watch;
    }

    /** Ends the transaction afterwards: comparing the files takes seconds, and the server may end sessions that are idle in a transaction. */
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
            // Liquibase's own error names the changeset only in updates, not in rollbacks.
            executor.hold(next == Phase.REVERTING ? "Could not roll back changeset " + executor.changeSet().toString(false) + ": " : "");
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
        // The superclass would reset the search path in two more round trips; each batch sets it instead.
        getConnection().rollback();
    }

    @Override
    public void dropDatabaseObjects(CatalogAndSchema schema, SnapshotControl snapshot) {
        throw new UnexpectedLiquibaseException("dropAll and dropFirst are refused, because they also drop the product's own tables in the schema."
                + " Use liquibase:rollback to roll back the changelog; to empty the local database, delete the folder .local.");
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

    /** Whether the connection is lost. Then the server has rolled back, and another error would hide the first one. */
    private boolean lost() throws DatabaseException {
        return getConnection() != null && getConnection().isClosed();
    }

    /** Unlike the superclass, does not compare connections: after a connection is lost, Liquibase must still find its data for this database. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** The executor; null if Liquibase writes SQL to a file instead of running it. */
    private BatchingExecutor executor() {
        var executor = Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", this);
        return executor instanceof BatchingExecutor batching ? batching : null;
    }
}
