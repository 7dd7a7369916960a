package changelogs.liquibase;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.executor.jvm.JdbcExecutor;
import liquibase.executor.jvm.RowMapper;
import liquibase.executor.jvm.StatementCallback;
import liquibase.listener.SqlListener;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.statement.CallableSqlStatement;
import liquibase.statement.CompoundStatement;
import liquibase.statement.ExecutablePreparedStatement;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.RawParameterizedSqlStatement;
import liquibase.structure.core.Schema;

/** Collects the statements of a changeset and sends them to the server together, in one round trip. */
public class BatchingExecutor extends JdbcExecutor {

    /** What is held back, in order; null while statements go out as they come. */
    private List<String> batch;
    private ChangeSet changeSet;

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
    }

    ChangeSet changeSet() {
        return changeSet;
    }

    void begin(String schema) {
        batch = new ArrayList<>();
        batch.add("set local search_path to " + database.escapeObjectName(schema, Schema.class));
    }

    void discard() {
        batch = null;
    }

    /** Sends what is held back, and commits it. */
    void commit() throws DatabaseException {
        batch.add("commit");
        List<String> statements = batch;
        batch = null;
        send(statements);
    }

    @Override
    public void execute(SqlStatement statement, List<SqlVisitor> visitors) throws DatabaseException {
        if (batch == null) {
            super.execute(statement, visitors);
        } else if (hasParameters(statement)) {
            flush();
            super.execute(statement, visitors);
        } else {
            // First the text, then the batch: writing it may ask the database something, which sends the batch so far.
            String[] sql = applyVisitors(statement, visitors);
            Collections.addAll(batch, sql);
        }
    }

    /** Everything that Liquibase asks the database passes here: the answer must know what was held back. */
    @Override
    public Object execute(StatementCallback action, List<SqlVisitor> visitors) throws DatabaseException {
        flush();
        return super.execute(action, visitors);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public List query(SqlStatement statement, RowMapper mapper, List<SqlVisitor> visitors) throws DatabaseException {
        flush();
        return super.query(statement, mapper, visitors);
    }

    private static boolean hasParameters(SqlStatement statement) {
        return statement instanceof RawParameterizedSqlStatement
                || statement instanceof ExecutablePreparedStatement
                || statement instanceof CallableSqlStatement
                || statement instanceof CompoundStatement;
    }

    private void flush() throws DatabaseException {
        if (batch != null && !batch.isEmpty()) {
            List<String> statements = batch;
            batch = new ArrayList<>();
            send(statements);
        }
    }

    private void send(List<String> statements) throws DatabaseException {
        // A semicolon on its own line: a statement may end in a comment.
        String script = String.join("\n;\n", statements);
        for (SqlListener listener : Scope.getCurrentScope().getListeners(SqlListener.class)) {
            listener.writeSqlWillRun(script);
        }
        JdbcConnection connection = (JdbcConnection) database.getConnection();
        try (Statement statement = connection.getUnderlyingConnection().createStatement()) {
            statement.setEscapeProcessing(false);
            count(statement, statement.execute(script));
            showSqlWarnings(statement, null);
        } catch (SQLException e) {
            throw new DatabaseException(e.getMessage() + "\nFailed SQL:\n" + script, e);
        }
    }

    private static void count(Statement statement, boolean rows) throws SQLException {
        AtomicInteger affected = Scope.getCurrentScope().get(ROWS_AFFECTED_SCOPE_KEY, AtomicInteger.class);
        while (rows || statement.getUpdateCount() >= 0) {
            if (!rows && affected != null) {
                affected.addAndGet(statement.getUpdateCount());
            }
            rows = statement.getMoreResults();
        }
    }
}
