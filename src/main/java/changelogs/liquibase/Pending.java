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

/** What of a changelog is not applied to a database, and why. */
final class Pending {

    /** So many reasons have a line; with the migrations they fit on a screen. */
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

    /** What an update would try. */
    List<ChangeSet> changeSets() throws Exception {
        return new StatusCommandStep().listUnrunChangeSets(contexts, labels, changeLog, database);
    }

    /** What is not applied and not meant for the contexts of this run, by what it is meant for. */
    Map<ChangeSet, String> forOtherContexts() throws LiquibaseException {
        Map<ChangeSet, String> reasons = new LinkedHashMap<>();
        for (ChangeSet changeSet : changeLog.getChangeSets()) {
            if (!changeSet.getContextFilter().matches(contexts) && database.getRanChangeSet(changeSet) == null) {
                reasons.put(changeSet, "for other contexts: " + changeSet.getContextFilter().getOriginalString());
            }
        }
        return reasons;
    }

    /** Which of them an update would pass over, since a precondition with {@code onFail: CONTINUE} fails. */
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
                    // It may name what an earlier changeset is yet to create.
                    database.rollback();
                }
            }
        }
        return reasons;
    }

    /** The fact alone: what follows names the consequence and what to do. */
    static String reason(PreconditionFailedException e) {
        return e.getFailedPreconditions().stream().map(failed -> failed.getMessage().strip().split("[.;] |, so |\\.$", 2)[0]).distinct()
                .collect(Collectors.joining("; "));
    }

    /** A line a reason, with the number of changesets and their migrations. */
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
        some.add("  and " + (lines.size() - some.size()) + " more, which -Dverbose shows");
        return some;
    }
}
