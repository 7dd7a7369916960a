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
 * What a file of SQL needs beside the statements that Liquibase writes, so that psql runs it as Liquibase would: each changeset in one
 * transaction with its row in the log, under the changelog lock, and only after the changesets that had run when the file was written.
 */
final class SqlFile {

    private final Database database;
    /** The writer of the file at hand; the next command has another. */
    private Executor begun;
    private boolean inTransaction;

    SqlFile(Database database) {
        this.database = database;
    }

    /** Takes the lock until psql ends, by the keys of the lock that a run takes. */
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

    /** Before a changeset's first statement or, where it has none, its row. */
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

    /** After the changeset's row was added or removed. */
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
                        raise exception 'Other changesets ran after this file was written, or were taken back. Write it again.';
                    end if;
                end
                $$""".formatted(database.escapeTableName(database.getLiquibaseCatalogName(), database.getLiquibaseSchemaName(),
                database.getDatabaseChangeLogTableName()), ran.size());
    }

    /** Null where a run executes its statements instead of writing them to a file. */
    private static Executor writer(Database database) {
        Executor executor = Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", database);
        return executor.updatesDatabase() ? null : executor;
    }
}
