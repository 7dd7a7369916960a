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
    private static final String ADOPT = "\nAn object of this name exists. If it and all else that is pending were made by hand and are the same as in the changelog,"
            + " adopt them with liquibase:changelogSync. If not, rename the object.";

    private ChangeSet changeSet;
    /** Whether the changeset is being applied; not while it is checked or taken back. */
    private boolean applying;
    private boolean holding;
    private Instant changeSetBegun;
    /** Whether something was written that is not committed yet, outside of a changeset. */
    private boolean written;
    private boolean compared;
    /** How the message of a failure begins. */
    private String task = "";
    /** What is held back, in order: what comes before the changeset's statements, these, and what goes to the log. */
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

    /** Liquibase announces here each changeset that it is about to run or take back. */
    @Override
    public void modifyChangeSet(ChangeSet changeSet) {
        super.modifyChangeSet(changeSet);
        this.changeSet = changeSet;
        changeSetBegun = Instant.now();
        applying = false;
        compareOnce(changeSet);
        NamingPreconditions.replaceIn(changeSet);
    }

    /** Again, now that this run has the lock: a run that had it before may have come from a newer checkout. */
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

    /** From here on statements are held back. Like Liquibase's own they look in the default schema first, then on the role's path. */
    void hold(String task) {
        discard();
        this.task = task;
        holding = true;
        String schema = database.escapeObjectName(database.getDefaultSchemaName(), Schema.class);
        preface.add("select pg_catalog.set_config('search_path', concat_ws(', ', '" + database.escapeStringForDatabase(schema)
                + "', nullif(current_setting('search_path'), '')), true)");
    }

    /** What follows belongs to the log. */
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

    /** Sends what is held back, and commits it. */
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
            if (looksAround(changeSet)) {
                send();
            }
        }
    }

    /** Everything that Liquibase asks the database passes here: the answer must know what was held back. */
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

    /** Before the first changeset a transaction would stay open while files are read and compared, and the server may end it. */
    private boolean isReading() throws DatabaseException {
        return changeSet == null && !written && !database.isAutoCommit();
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

    /** Whether a change reads the database while it writes its statements, past this class: it must find what went before. */
    private static boolean looksAround(ChangeSet changeSet) {
        return changeSet.getChanges().stream().anyMatch(BatchingExecutor::looksAround);
    }

    private static boolean looksAround(Change change) {
        return change instanceof LoadDataChange
                || change instanceof DropAllForeignKeyConstraintsChange
                || change instanceof CustomChangeWrapper;
    }

    private void send() throws DatabaseException {
        if (preface.isEmpty() && changes.isEmpty() && log.isEmpty()) {
            return;
        }
        // A semicolon on its own line: a statement may end in a comment.
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

    /** The rows that the changeset changed; those of the log do not count. */
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
            return task + e.getMessage() + "\nThe connection is lost. This changeset is applied with its row in the log, or not at all;"
                    + " the next run goes on from there.";
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
