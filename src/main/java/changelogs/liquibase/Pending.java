package changelogs.liquibase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.CommandScope;
import liquibase.command.core.StatusCommandStep;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.precondition.core.PreconditionContainer;

/** Changesets that are not applied to a database, with the reasons. */
final class Pending {

    /** Maximum number of printed reasons. */
    private static final int LINES = 9;

    private final DatabaseChangeLog changeLog;
    private final Database database;
    private final Contexts contexts;
    private final LabelExpression labels;

    Pending(CommandScope command) {
        ChangeLogParameters parameters = (ChangeLogParameters) command.getDependency(ChangeLogParameters.class);
        changeLog = (DatabaseChangeLog) command.getDependency(DatabaseChangeLog.class);
        database = (Database) command.getDependency(Database.class);
        contexts = parameters.getContexts();
        labels = parameters.getLabels();
    }

    int size() {
        return changeLog.getChangeSets().size();
    }

    /** Changesets that an update would try. */
    List<ChangeSet> changeSets() throws Exception {
        return new StatusCommandStep().listUnrunChangeSets(contexts, labels, changeLog, database);
    }

    /** Unapplied changesets for other contexts than those of this run, with their contexts. */
    Map<ChangeSet, String> forOtherContexts() throws LiquibaseException {
        Map<ChangeSet, String> reasons = new LinkedHashMap<>();
        for (ChangeSet changeSet : changeLog.getChangeSets()) {
            if (!changeSet.getContextFilter().matches(contexts) && database.getRanChangeSet(changeSet) == null) {
                reasons.put(changeSet, "for other contexts: " + changeSet.getContextFilter().getOriginalString());
            }
        }
        return reasons;
    }

    /** The given changesets that would stay pending because a precondition with {@code onFail: CONTINUE} fails. */
    Map<ChangeSet, String> waiting(List<ChangeSet> changeSets) throws DatabaseException {
        Map<ChangeSet, String> reasons = new LinkedHashMap<>();
        for (ChangeSet changeSet : changeSets) {
            PreconditionContainer preconditions = changeSet.getPreconditions();
            if (preconditions != null && preconditions.getOnFail() == PreconditionContainer.FailOption.CONTINUE) {
                try {
                    preconditions.check(database, changeLog, changeSet, null);
                } catch (PreconditionFailedException e) {
                    reasons.put(changeSet, reason(e));
                } catch (PreconditionErrorException e) {
                    // The query may use an object that an earlier pending changeset creates.
                    database.rollback();
                }
            }
        }
        return reasons;
    }

    /** First part of the message, without the consequence and the advice that follow. */
    static String reason(PreconditionFailedException e) {
        return e.getFailedPreconditions().stream().map(failed -> failed.getMessage().strip().split("[.;] |, so |\\.$", 2)[0]).distinct()
                .collect(Collectors.joining("; "));
    }

    /** One line per reason, with the number of changesets and their migrations. */
    static List<String> lines(Map<ChangeSet, String> reasons) {
        Map<String, List<ChangeSet>> byReason = new LinkedHashMap<>();
        reasons.forEach((changeSet, reason) -> byReason.computeIfAbsent(reason, none -> new ArrayList<>()).add(changeSet));
        return atMost(LINES, byReason.entrySet().stream().map(group -> "  %4d  %s (%s)".formatted(group.getValue().size(), group.getKey(),
                group.getValue().stream().map(Migration::number).distinct().collect(Collectors.joining(", ")))).toList());
    }

    static List<String> atMost(int most, List<String> lines) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, most - 1));
        some.add("  and " + (lines.size() - some.size()) + " more (-Dverbose lists all)");
        return some;
    }
}
