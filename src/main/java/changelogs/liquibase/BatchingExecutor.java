package changelogs.liquibase;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.core.DropAllForeignKeyConstraintsChange;
import liquibase.change.core.LoadDataChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseConnection;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.executor.jvm.JdbcExecutor;
import liquibase.executor.jvm.RowMapper;
import liquibase.executor.jvm.StatementCallback;
import liquibase.listener.SqlListener;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.statement.CallableSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.RawParameterizedSqlStatement;
import liquibase.structure.core.Schema;

/** Collects the statements of a changeset and sends them to the server together, in one round trip. */
public class BatchingExecutor extends JdbcExecutor {

    private static final int SHOWN = 1000;

    /** duplicate_table, duplicate_schema, duplicate_function, duplicate_object and duplicate_column. */
    private static final Set<String> TAKEN = Set.of("42P07", "42P06", "42723", "42710", "42701");
    private static final String ADOPT = "\nAn object of this name exists. If all pending objects exist already and are identical to the changelog,"
            + " adopt them with liquibase:changelogSync. Otherwise rename the object.";

    private final Replay replay = Replay.configured();
    private ChangeSet changeSet;
    /** Whether the changeset is being applied; false while it is checked or rolled back. */
    private boolean applying;
    private boolean holding;
    private Instant changeSetBegun;
    /** Whether there are uncommitted changes outside of a changeset. */
    private boolean written;
    private boolean compared;
    /** Prefix of error messages. */
    private String task = "";
    /** The collected statements: settings, the changeset's statements, and the change of the log. */
    private final List<String> preface = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private List<String> addTo = changes;

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public boolean supports(Database database) {
        return database instanceof AtomicPostgresDatabase;
    }

    /** Liquibase calls this before it runs or rolls back a changeset. */
    @Override
    public void modifyChangeSet(ChangeSet changeSet) {
        super.modifyChangeSet(changeSet);
        this.changeSet = changeSet;
        changeSetBegun = Instant.now();
        applying = false;
        compareOnce(changeSet);
        if (replay != null) {
            replay.limit(changeSet);
        }
        NamingPreconditions.replaceIn(changeSet);
    }

    /** Checks again after this run got the lock, because a run from a newer checkout may have held it before. */
    private void compareOnce(ChangeSet changeSet) {
        if (!compared && changeSet.getChangeLog() != null) {
            compared = true;
            try {
                OlderCheckout checkout = OlderCheckout.of(changeSet.getChangeLog(), database.getRanChangeSetList());
                if (checkout.isOlder()) {
                    throw new UnexpectedLiquibaseException(checkout.message());
                }
            } catch (DatabaseException e) {
                throw new UnexpectedLiquibaseException(e);
            }
        }
    }

    void apply() {
        applying = true;
    }

    ChangeSet changeSet() {
        return changeSet;
    }

    /** Starts to collect statements. As in Liquibase, the search path is the default schema, then the role's own path. */
    void hold(String task) {
        discard();
        this.task = task;
        holding = true;
        String schema = database.escapeObjectName(database.getDefaultSchemaName(), Schema.class);
        preface.add("select pg_catalog.set_config('search_path', concat_ws(', ', '" + database.escapeStringForDatabase(schema)
                + "', nullif(current_setting('search_path'), '')), true)");
    }

    /** The following statements change the log. */
    void holdForLog() {
        addTo = log;
    }

    void discard() {
        holding = false;
        addTo = changes;
        preface.clear();
        changes.clear();
        log.clear();
    }

    /** Sends the collected statements and commits them. */
    void commit() throws DatabaseException {
        log.add("commit");
        send();
        discard();
    }

    @Override
    public void execute(SqlStatement statement, List<SqlVisitor> visitors) throws DatabaseException {
        if (!holding || hasParameters(statement)) {
            send();
            written = true;
            try (RunWatch.Waiting waiting = waiting()) {
                super.execute(statement, visitors);
            }
        } else {
            Collections.addAll(addTo, applyVisitors(statement, visitors));
            if (queriesDatabase(changeSet)) {
                send();
            }
        }
    }

    /** All queries of Liquibase pass through here, and must see the effect of the collected statements. */
    @Override
    public Object execute(StatementCallback action, List<SqlVisitor> visitors) throws DatabaseException {
        send();
        try (RunWatch.Waiting waiting = waiting()) {
            return super.execute(action, visitors);
        } catch (DatabaseException e) {
            throw e.getCause() instanceof SQLException cause && isTaken(cause) ? new DatabaseException(e.getMessage() + ADOPT, cause) : e;
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public List query(SqlStatement statement, RowMapper mapper, List<SqlVisitor> visitors) throws DatabaseException {
        send();
        if (!isReading()) {
            return super.query(statement, mapper, visitors);
        }
        DatabaseConnection connection = database.getConnection();
        connection.setAutoCommit(true);
        try {
            return super.query(statement, mapper, visitors);
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(false);
            }
        }
    }

    /**
     * Whether the transaction has made no changes. If so, queries run in autocommit: the server may end a transaction that stays open
     * while files are read, and ending it takes a round trip.
     */
    private boolean isReading() throws DatabaseException {
        return !holding && !written && !database.isAutoCommit();
    }

    void endReading() throws DatabaseException {
        if (isReading()) {
            database.getConnection().commit();
        }
    }

    void transactionEnded() {
        written = false;
    }

    private RunWatch.Waiting waiting() {
        return ((AtomicPostgresDatabase) database).watch().begin(changeSet, changeSetBegun);
    }

    private static boolean hasParameters(SqlStatement statement) {
        return statement instanceof RawParameterizedSqlStatement
                || statement instanceof ExecutablePreparedStatement
                || statement instanceof CallableSqlStatement;
    }

    /** Whether a change queries the database directly while it generates statements, so that earlier statements must have run. */
    private static boolean queriesDatabase(ChangeSet changeSet) {
        return changeSet.getChanges().stream().anyMatch(BatchingExecutor::queriesDatabase);
    }

    private static boolean queriesDatabase(Change change) {
        return change instanceof LoadDataChange
                || change instanceof DropAllForeignKeyConstraintsChange
                || change instanceof CustomChangeWrapper;
    }

    private void send() throws DatabaseException {
        if (preface.isEmpty() && changes.isEmpty() && log.isEmpty()) {
            return;
        }
        // The semicolon has its own line, because a statement may end with a comment.
        String script = Stream.of(preface, changes, log).flatMap(List::stream).collect(Collectors.joining("\n;\n"));
        for (SqlListener listener : Scope.getCurrentScope().getListeners(SqlListener.class)) {
            listener.writeSqlWillRun(script);
        }
        JdbcConnection connection = (JdbcConnection) database.getConnection();
        try (Statement statement = connection.getUnderlyingConnection().createStatement(); RunWatch.Waiting waiting = waiting()) {
            statement.setEscapeProcessing(false);
            count(statement, statement.execute(script));
            showSqlWarnings(statement, null);
        } catch (SQLException e) {
            throw new DatabaseException(explain(e), e);
        }
        preface.clear();
        changes.clear();
        log.clear();
    }

    /** Counts the rows that the changeset changed, without those of the log. */
    private void count(Statement statement, boolean rows) throws SQLException {
        List<Integer> counts = new ArrayList<>();
        boolean more = rows;
        while (more || statement.getUpdateCount() >= 0) {
            counts.add(more ? 0 : statement.getUpdateCount());
            more = statement.getMoreResults();
        }
        AtomicInteger affected = Scope.getCurrentScope().get(ROWS_AFFECTED_SCOPE_KEY, AtomicInteger.class);
        if (affected != null) {
            counts.subList(0, Math.max(0, counts.size() - log.size())).forEach(affected::addAndGet);
        }
    }

    private String explain(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("08") || state.startsWith("57P")) {
            return task + e.getMessage() + "\nThe connection is lost. This changeset is either applied and logged or not applied;"
                    + " the next run continues from there.";
        }
        return task + e.getMessage() + (isTaken(e) ? ADOPT : "") + (changes.size() == 1 ? "\nFailed SQL:\n" : "\nFailed SQL, one of:\n")
                + changes.stream().map(this::shortened).collect(Collectors.joining("\n;\n"));
    }

    private boolean isTaken(SQLException e) {
        return applying && TAKEN.contains(String.valueOf(e.getSQLState()));
    }

    private String shortened(String sql) {
        return changes.size() == 1 || sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + " …";
    }
}
