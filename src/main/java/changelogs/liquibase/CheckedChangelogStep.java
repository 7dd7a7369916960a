package changelogs.liquibase;

import java.util.Set;
import liquibase.Scope;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.CommandOverride;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;

/** Reads the changelog for a command, and stops the command if the database's log has changesets that the changelog lacks. */
@CommandOverride(override = DatabaseChangelogCommandStep.class)
public class CheckedChangelogStep extends DatabaseChangelogCommandStep {

    /** Commands that neither change the database nor write SQL that does. */
    private static final Set<String> READING = Set.of("status", "validate", "unexpectedChangesets", "calculateChecksum", "dbDoc");

    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        try {
            check(results);
        } catch (Exception e) {
            LastWords.failed(e);
            throw e;
        }
    }

    private void check(CommandResultsBuilder results) throws Exception {
        CommandScope command = results.getCommandScope();
        Database database = (Database) command.getDependency(Database.class);
        // Reading the files takes seconds, and the server may end sessions that are idle in a transaction.
        database.commit();
        super.run(results);
        OlderCheckout checkout = OlderCheckout.of((DatabaseChangeLog) command.getDependency(DatabaseChangeLog.class), database.getRanChangeSetList());
        if (checkout.isOlder() && !isReading(command)) {
            throw new LiquibaseException(checkout.message());
        }
        command.provideDependency(OlderCheckout.class, checkout);
    }

    /** Runs after the command, so that this message follows Liquibase's message that the database is up to date. */
    @Override
    public void cleanUp(CommandResultsBuilder results) {
        OlderCheckout checkout = (OlderCheckout) results.getCommandScope().getDependency(OlderCheckout.class);
        if (checkout != null && checkout.isOlder()) {
            Scope.getCurrentScope().getUI().sendMessage(checkout.message());
        }
        super.cleanUp(results);
    }

    private static boolean isReading(CommandScope command) {
        return READING.contains(String.join(" ", command.getCommand().getName()));
    }
}
