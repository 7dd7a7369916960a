package changelogs.liquibase;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Scope;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.StatusChangeLogIterator;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.command.CommandOverride;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.command.core.ChangelogSyncCommandStep;
import liquibase.command.core.ChangelogSyncToTagCommandStep;
import liquibase.command.core.RollbackCommandStep;
import liquibase.command.core.RollbackCountCommandStep;
import liquibase.command.core.RollbackToDateCommandStep;
import liquibase.command.core.StatusCommandStep;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.UpdateCountCommandStep;
import liquibase.command.core.UpdateCountSqlCommandStep;
import liquibase.command.core.UpdateSqlCommandStep;
import liquibase.command.core.UpdateToTagCommandStep;
import liquibase.command.core.UpdateToTagSqlCommandStep;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;

/** Liquibase's commands with a short report; their effect is unchanged. */
public final class ReportedCommands {

    private ReportedCommands() {
    }

    @CommandOverride(override = UpdateCommandStep.class)
    public static class Update extends UpdateCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.APPLIED, super::run);
        }

        /** Liquibase would validate the files a second time. */
        @Override
        public boolean isUpToDate(CommandScope command, Database database, DatabaseChangeLog files, Contexts contexts, LabelExpression labels,
                OutputStream out) throws LiquibaseException, IOException {
            if (Report.verbose()) {
                return super.isUpToDate(command, database, files, contexts, labels, out);
            }
            List<ChangeSetFilter> filters = getStandardChangelogIteratorFilters(database, contexts, labels);
            filters.add(new ShouldRunChangeSetFilter(database));
            return files.getChangeSets().stream().noneMatch(changeSet -> filters.stream().allMatch(filter -> filter.accepts(changeSet).isAccepted()));
        }

        /** The changesets for Liquibase's summary, which the report replaces. */
        @Override
        public ChangeLogIterator getStatusChangelogIterator(CommandScope command, Database database, Contexts contexts, LabelExpression labels,
                DatabaseChangeLog files) throws LiquibaseException {
            return Report.verbose()
                    ? super.getStatusChangelogIterator(command, database, contexts, labels, files)
                    : new StatusChangeLogIterator(new DatabaseChangeLog(files.getPhysicalFilePath()));
        }
    }

    @CommandOverride(override = UpdateCountCommandStep.class)
    public static class UpdateCount extends UpdateCountCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.APPLIED, super::run);
        }
    }

    @CommandOverride(override = UpdateToTagCommandStep.class)
    public static class UpdateToTag extends UpdateToTagCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.APPLIED, super::run);
        }
    }

    @CommandOverride(override = UpdateSqlCommandStep.class)
    public static class UpdateSql extends UpdateSqlCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.WRITTEN, super::run);
        }
    }

    @CommandOverride(override = UpdateCountSqlCommandStep.class)
    public static class UpdateCountSql extends UpdateCountSqlCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.WRITTEN, super::run);
        }
    }

    @CommandOverride(override = UpdateToTagSqlCommandStep.class)
    public static class UpdateToTagSql extends UpdateToTagSqlCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.WRITTEN, super::run);
        }
    }

    @CommandOverride(override = RollbackCommandStep.class)
    public static class Rollback extends RollbackCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.ROLLED_BACK, super::run);
        }
    }

    @CommandOverride(override = RollbackCountCommandStep.class)
    public static class RollbackCount extends RollbackCountCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.ROLLED_BACK, super::run);
        }
    }

    @CommandOverride(override = RollbackToDateCommandStep.class)
    public static class RollbackToDate extends RollbackToDateCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Report.of(results, Report.Kind.ROLLED_BACK, super::run);
        }
    }

    @CommandOverride(override = ChangelogSyncCommandStep.class)
    public static class ChangelogSync extends ChangelogSyncCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            reportMarked(results, super::run);
        }
    }

    @CommandOverride(override = ChangelogSyncToTagCommandStep.class)
    public static class ChangelogSyncToTag extends ChangelogSyncToTagCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            reportMarked(results, super::run);
        }
    }

    private static void reportMarked(CommandResultsBuilder results, Report.Step step) throws Exception {
        Pending pending = new Pending(results.getCommandScope());
        Set<ChangeSet> marked = new LinkedHashSet<>(pending.changeSets());
        step.run(results);
        pending.changeSets().forEach(marked::remove);
        Migration.group(marked).forEach((migration, changeSets) -> say("  %-34s %4d marked".formatted(migration, changeSets.size())));
        String words = Report.counted(marked.size()) + " marked as applied without running them";
        say(words + ".");
        RunSummary.end(": " + words + ".");
    }

    private static void say(String line) {
        Scope.getCurrentScope().getUI().sendMessage(line);
    }

    /** Lists the migrations of the pending changesets and the reasons instead of every changeset. */
    @CommandOverride(override = StatusCommandStep.class)
    public static class Status extends StatusCommandStep {

        @Override
        public void run(CommandResultsBuilder results) throws Exception {
            Pending pending = new Pending(results.getCommandScope());
            List<ChangeSet> unrun = pending.changeSets();
            Map<ChangeSet, String> waiting = pending.waiting(unrun);
            Map<ChangeSet, String> others = pending.forOtherContexts();
            RunSummary.end(": " + (unrun.size() - waiting.size()) + " to apply, " + (waiting.size() + others.size()) + " pending.");
            if (Report.verbose()) {
                super.run(results);
                return;
            }
            PrintWriter out = new PrintWriter(new OutputStreamWriter(results.getOutputStream(), Charset.defaultCharset()), true);
            List<ChangeSet> ready = unrun.stream().filter(changeSet -> !waiting.containsKey(changeSet)).toList();
            out.println(unrun.isEmpty()
                    ? "The database is up to date."
                    : Report.counted(ready.size()) + " of " + pending.size() + " would be applied by an update" + (ready.isEmpty() ? "." : ":"));
            Pending.atMost(30, Migration.group(ready).entrySet().stream()
                    .map(group -> "  %4d in %s".formatted(group.getValue().size(), group.getKey())).toList()).forEach(out::println);
            if (waiting.size() + others.size() > 0) {
                out.println(Report.counted(waiting.size() + others.size()) + " would stay pending:");
                Pending.lines(waiting).forEach(out::println);
                Pending.lines(others).forEach(out::println);
            }
        }
    }
}
