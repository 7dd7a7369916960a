package changelogs.liquibase;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.executor.ExecutorService;
import liquibase.precondition.FailedPrecondition;
import liquibase.precondition.Precondition;
import liquibase.precondition.core.AndPrecondition;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.precondition.core.SqlPrecondition;
import liquibase.statement.core.RawSqlStatement;

/**
 * Preconditions whose error contains the results of their queries before the fixed message; Liquibase shows only the message.
 *
 * <p>Only for queries whose expected result is empty. They return text such as {@code missing: a, b; in the way: c}.
 */
final class NamingPreconditions extends PreconditionContainer {

    private static final String INDENT = "\n" + " ".repeat(10);

    private NamingPreconditions(PreconditionContainer original) {
        setOnFail(original.getOnFail());
        setOnFailMessage(original.getOnFailMessage());
        setOnError(original.getOnError());
        setOnErrorMessage(original.getOnErrorMessage());
        setOnSqlOutput(original.getOnSqlOutput());
        original.getNestedPreconditions().forEach(this::addNestedPrecondition);
    }

    /** Replaces the preconditions of the changeset with copies that raise this error. */
    static void replaceIn(ChangeSet changeSet) {
        PreconditionContainer preconditions = changeSet.getPreconditions();
        if (preconditions != null && !(preconditions instanceof NamingPreconditions) && queries(preconditions).findAny().isPresent()) {
            changeSet.setPreconditions(new NamingPreconditions(preconditions));
        }
    }

    @Override
    public void check(Database database, DatabaseChangeLog changeLog, ChangeSet changeSet, ChangeExecListener listener)
            throws PreconditionFailedException, PreconditionErrorException {
        try {
            super.check(database, changeLog, changeSet, listener);
        } catch (PreconditionFailedException e) {
            List<String> findings = findings(database);
            if (findings.isEmpty()) {
                throw e;
            }
            throw new PreconditionFailedException(new Findings(findings, getOnFailMessage(), changeLog, this), e);
        }
    }

    /** Runs the queries again, because Liquibase does not keep their results. */
    private List<String> findings(Database database) {
        return queries(this).map(query -> answer(query, database))
                .flatMap(answer -> Arrays.stream(answer.split("; "))).filter(finding -> !finding.isEmpty())
                .map(finding -> finding.substring(0, 1).toUpperCase() + finding.substring(1) + ".").toList();
    }

    private static String answer(SqlPrecondition query, Database database) {
        try {
            String answer = Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", database)
                    .queryForObject(new RawSqlStatement(query.getSql()), String.class);
            return answer == null ? "" : answer;
        } catch (DatabaseException e) {
            // The failed precondition is the more important error.
            return "";
        }
    }

    private static Stream<SqlPrecondition> queries(AndPrecondition preconditions) {
        return preconditions.getNestedPreconditions().stream().flatMap(nested -> nested instanceof AndPrecondition more
                ? queries(more)
                : Stream.of(nested).filter(SqlPrecondition.class::isInstance).map(SqlPrecondition.class::cast).filter(NamingPreconditions::names));
    }

    private static boolean names(SqlPrecondition query) {
        return "".equals(query.getExpectedResult());
    }

    /** Liquibase puts the file before the message; here each result has a line, and the report names the changeset. */
    private static final class Findings extends FailedPrecondition {

        Findings(List<String> findings, String fixedMessage, DatabaseChangeLog changeLog, Precondition precondition) {
            super(Stream.concat(findings.stream(), Stream.ofNullable(fixedMessage)).collect(Collectors.joining(INDENT)), changeLog, precondition);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
