package changelogs.liquibase;

import java.util.List;
import java.util.Objects;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.executor.Executor;
import liquibase.executor.ExecutorService;
import liquibase.statement.core.RawSqlStatement;

/**
 * Adds statements to Liquibase's SQL file so that psql runs it as Liquibase would: each changeset and its row in the log in one
 * transaction, with the changelog lock, and only if the log has not changed since the file was written.
 */
final class SqlFile {

    private final Database database;
    /** Writer of the current file; each command has its own. */
    private Executor begun;
    private boolean inTransaction;

    SqlFile(Database database) {
        this.database = database;
    }

    /** Takes the same lock as a run, until psql ends. */
    static void head(Database database) throws DatabaseException {
        Executor writer = writer(database);
        if (writer == null) {
            return;
        }
        writer.comment("Run this file as the role that owns the database: psql -X -v ON_ERROR_STOP=1 -f <this file>");
        writer.comment("A changeset and its row in the log are one transaction, except where a changeset cannot run in a transaction.");
        writer.execute(new RawSqlStatement("set client_encoding = 'UTF8'"));
        writer.execute(new RawSqlStatement("""
                do $$
                begin
                    if not pg_try_advisory_lock(%d, %d) then
                        raise exception 'Another run holds the changelog lock. Let it finish, then write this file again.';
                    end if;
                end
                $$""".formatted(database.getDatabaseChangeLogLockTableName().hashCode(),
                Objects.requireNonNull(database.getDefaultSchemaName()).hashCode())));
    }

    /** Called before a changeset's first statement, or before its row if it has no statements. */
    void begin(boolean forward) throws DatabaseException {
        Executor writer = writer(database);
        if (writer == null) {
            return;
        }
        if (writer != begun) {
            begun = writer;
            inTransaction = false;
            if (forward) {
                writer.execute(new RawSqlStatement(sameLog()));
            }
        }
        if (!inTransaction && !database.isAutoCommit()) {
            writer.execute(new RawSqlStatement("begin"));
            inTransaction = true;
        }
    }

    /** Called after the changeset's row was added or removed. */
    void commit() throws DatabaseException {
        Executor writer = writer(database);
        if (writer != null && inTransaction) {
            writer.execute(new RawSqlStatement("commit"));
            inTransaction = false;
        }
    }

    private String sameLog() throws DatabaseException {
        List<RanChangeSet> ran = Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class).getChangeLogService(database)
                .getRanChangeSets();
        return """
                do $$
                begin
                    if (select count(*) from %s) <> %d then
                        raise exception 'The log has changed since this file was written. Write the file again.';
                    end if;
                end
                $$""".formatted(database.escapeTableName(database.getLiquibaseCatalogName(), database.getLiquibaseSchemaName(),
                database.getDatabaseChangeLogTableName()), ran.size());
    }

    /** The writer; null if the run executes its statements instead of writing them to a file. */
    private static Executor writer(Database database) {
        Executor executor = Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", database);
        return executor.updatesDatabase() ? null : executor;
    }
}
