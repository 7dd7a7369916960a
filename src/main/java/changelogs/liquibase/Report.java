package changelogs.liquibase;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.changelog.visitor.DefaultChangeExecListener;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.exception.CommandExecutionException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.ui.UIService;

/** Output of an update or rollback: one line per migration, the pending changesets with reasons, and the failed changeset. */
final class Report extends AbstractChangeExecListener {

    /** Maximum number of listed changesets after a rollback. */
    private static final int FEW = 10;

    /** Maximum number of migrations with their own line. */
    private static final int LINES = 35;

    private final Kind kind;
    private final UIService ui;
    private final Progress progress;
    private final Pending pending;
    private final Map<ChangeSet, String> waiting = new LinkedHashMap<>();
    private final Instant start = Instant.now();

    private int planned = -1;
    private int seen;
    private int applied;
    private final List<ChangeSet> rolledBackChangeSets = new ArrayList<>();
    private Failure failure;
    private ChangeSet current;

    /** The migration whose line is not printed yet. */
    private String migration;
    private int ofMigration;
    private int waitingOfMigration;

    /** Number of migrations, and the totals of those that are summed up in one line. */
    private int migrations;
    private int ofRest;
    private int waitingOfRest;
    private Instant startOfRest;
    private Instant startOfMigration = start;

    enum Kind {
        APPLIED("applied", "pending"), ROLLED_BACK("rolled back", ""), WRITTEN("written as SQL", "skipped");

        private final String done;
        private final String left;

        Kind(String done, String left) {
            this.done = done;
            this.left = left;
        }
    }

    @FunctionalInterface
    interface Step {

        void run(CommandResultsBuilder results) throws Exception;
    }

    private Report(Kind kind, UIService ui, Progress progress, Pending pending) {
        this.kind = kind;
        this.ui = ui;
        this.progress = progress;
        this.pending = pending;
    }

    static boolean verbose() {
        return System.getProperty("verbose") != null && !"false".equals(System.getProperty("verbose"));
    }

    /** Runs the command with this report instead of Liquibase's own lines, which {@code -Dverbose} prints in addition. */
    static void of(CommandResultsBuilder results, Kind kind, Step step) throws Exception {
        Scope scope = Scope.getCurrentScope();
        CommandScope command = results.getCommandScope();
        Progress progress = Progress.ofThisRun();
        UIService ui = Quiet.loud(scope);
        Report report = new Report(kind, ui, progress, new Pending(command));
        command.provideDependency(ChangeExecListener.class, report.beside((ChangeExecListener) command.getDependency(ChangeExecListener.class)));
        try {
            if (verbose()) {
                step.run(results);
            } else {
                command.provideDependency(UpdateSummaryEnum.class, UpdateSummaryEnum.OFF);
                Scope.child(Map.of(Scope.Attr.logService.name(), Quiet.log(scope, progress), Scope.Attr.ui.name(), Quiet.ui(ui, progress, report::endOfMigrations)),
                        () -> step.run(results));
            }
        } catch (Exception e) {
            progress.clear();
            report.endOfMigrations();
            throw report.explained(e);
        }
        report.end();
    }

    private DefaultChangeExecListener beside(ChangeExecListener other) {
        if (other instanceof DefaultChangeExecListener several) {
            several.addListener(this);
            return several;
        }
        return new DefaultChangeExecListener(other, this);
    }

    /** Removes Liquibase's exceptions around the cause, because Maven would print each of their messages. */
    private Exception explained(Exception e) {
        if (failure == null || kind == Kind.WRITTEN) {
            RunSummary.failed(e);
            return e;
        }
        RunSummary.end("\n" + failure);
        CommandExecutionException explained = new CommandExecutionException(failure.withSql(), failure.sqlError());
        explained.addSuppressed(e);
        return explained;
    }

    @Override
    public void willRun(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ChangeSet.RunStatus status) {
        if (planned < 0 && progress.isShown()) {
            planned = planned();
        }
        begin(changeSet);
    }

    /** Counts only after this run got the lock, because the previous holder may have applied changesets. */
    private int planned() {
        try {
            return pending.changeSets().size();
        } catch (Exception e) {
            throw new UnexpectedLiquibaseException(e);
        }
    }

    private void begin(ChangeSet changeSet) {
        String next = Migration.of(changeSet);
        if (!next.equals(migration)) {
            endOfMigration();
            migration = next;
            startOfMigration = Instant.now();
        }
        current = changeSet;
        seen++;
        progress.show(seen, Math.max(planned, seen));
    }

    @Override
    public void ran(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ChangeSet.ExecType type) {
        if (type == ChangeSet.ExecType.FAILED) {
            waits("failed, but failOnError is false");
        } else {
            applied++;
            ofMigration++;
        }
    }

    @Override
    public void preconditionFailed(PreconditionFailedException error, PreconditionContainer.FailOption onFail) {
        if (onFail == PreconditionContainer.FailOption.CONTINUE) {
            waits(Pending.reason(error));
        }
    }

    @Override
    public void preconditionErrored(PreconditionErrorException error, PreconditionContainer.ErrorOption onError) {
        if (onError == PreconditionContainer.ErrorOption.CONTINUE) {
            waits("its precondition could not be checked");
        }
    }

    private void waits(String reason) {
        waiting.put(current, reason);
        waitingOfMigration++;
    }

    @Override
    public void willRollback(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database) {
        begin(changeSet);
    }

    @Override
    public void rolledBack(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database) {
        rolledBackChangeSets.add(changeSet);
        ofMigration++;
    }

    @Override
    public void runFailed(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, Exception e) {
        failure = Failure.applying(changeSet, e);
    }

    @Override
    public void rollbackFailed(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, Exception e) {
        failure = Failure.rollingBack(changeSet, e);
    }

    private void endOfMigration() {
        if (ofMigration + waitingOfMigration > 0) {
            if (++migrations <= LINES) {
                say(line(migration, ofMigration, startOfMigration, waitingOfMigration));
            } else {
                startOfRest = ofRest + waitingOfRest == 0 ? startOfMigration : startOfRest;
                ofRest += ofMigration;
                waitingOfRest += waitingOfMigration;
            }
        }
        ofMigration = 0;
        waitingOfMigration = 0;
    }

    private void endOfMigrations() {
        endOfMigration();
        if (migrations > LINES) {
            say(line("and " + (migrations - LINES) + " more", ofRest, startOfRest, waitingOfRest));
            migrations = 0;
        }
    }

    private static String line(String name, int changeSets, Instant start, int waiting) {
        return "  %-34s %4d %-11s %6s%s".formatted(name, changeSets, changeSets == 1 ? "changeset" : "changesets", since(start),
                waiting == 0 ? "" : "   " + waiting + " pending");
    }

    private void end() throws LiquibaseException {
        progress.clear();
        endOfMigrations();
        String words = counted(kind == Kind.ROLLED_BACK ? rolledBackChangeSets.size() : applied) + " " + kind.done;
        if (kind == Kind.ROLLED_BACK) {
            boolean few = !rolledBackChangeSets.isEmpty() && rolledBackChangeSets.size() <= FEW;
            say(words + " in " + since(start) + (few ? ":" : "."));
            rolledBackChangeSets.stream().limit(few ? FEW : 0).forEach(changeSet -> say("  " + changeSet.getId()));
        } else {
            Map<ChangeSet, String> others = pending.forOtherContexts();
            int left = waiting.size() + others.size();
            say(words + " in " + since(start) + "; " + left + " " + kind.left + (left == 0 ? "." : ":"));
            Pending.lines(waiting).forEach(this::say);
            Pending.lines(others).forEach(this::say);
            words += ", " + left + " " + kind.left;
        }
        RunSummary.end(": " + words + ".");
    }

    static String counted(int changeSets) {
        return changeSets + (changeSets == 1 ? " changeset" : " changesets");
    }

    private static String since(Instant start) {
        return String.format(Locale.ROOT, "%.1f s", Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }

    private void say(String line) {
        progress.clear();
        ui.sendMessage(line);
    }
}
