package changelogs.liquibase;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Set;
import liquibase.Scope;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.CommandOverride;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;

/** Reads the changelog for a command, and stops the command if the database's log has changesets that the changelog lacks. */
@CommandOverride(override = DatabaseChangelogCommandStep.class)
public class CheckedChangelogStep extends DatabaseChangelogCommandStep {

    /** Commands that neither change the database nor write SQL for changing it. */
    private static final Set<String> READING = Set.of("status", "validate", "unexpectedChangesets", "calculateChecksum", "dbDoc");

    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        try {
            check(results);
        } catch (Exception e) {
            RunSummary.failed(e);
            throw e;
        }
    }

    private void check(CommandResultsBuilder results) throws Exception {
        CommandScope command = results.getCommandScope();
        Database database = (Database) command.getDependency(Database.class);
        // Reading the files takes seconds, and the server may end sessions that are idle in a transaction.
        database.commit();
        databaseWithoutTheSchemaIsRefused(database);
        super.run(results);
        OlderCheckout checkout = OlderCheckout.of((DatabaseChangeLog) command.getDependency(DatabaseChangeLog.class), database.getRanChangeSetList());
        if (checkout.isOlder() && !isReading(command)) {
            throw new LiquibaseException(checkout.message());
        }
        command.provideDependency(OlderCheckout.class, checkout);
    }

    private static void databaseWithoutTheSchemaIsRefused(Database database) throws Exception {
        String schema = database.getLiquibaseSchemaName();
        if (schema == null || !(database.getConnection() instanceof JdbcConnection connection)) {
            return;
        }
        try (PreparedStatement query = connection.prepareStatement("select current_database() where to_regnamespace(quote_ident(?)) is null")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    throw new LiquibaseException("The database " + row.getString(1) + " has no schema " + schema
                            + ", which every Supabase project has. Check the host and the database in the URL.");
                }
            }
        }
        database.commit();
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
