package changelogs.liquibase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;
import liquibase.changelog.StandardChangeLogHistoryService;
import liquibase.database.Database;
import liquibase.database.DatabaseConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.UnexpectedLiquibaseException;

/** Log service that handles concurrent creation of the log table, and counts the order numbers without a query for each. */
public class RetryingHistoryService extends StandardChangeLogHistoryService {

    private Integer lastOrder;
    private boolean initialized;
    /** The first rows of the log, as many as {@link #indexed}, by id; null if they must be read again. */
    private Map<String, List<RanChangeSet>> byId;
    private int indexed;

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public boolean supports(Database database) {
        return AtomicPostgresDatabase.isKindOf(database);
    }

    /** Liquibase creates the table before it takes the lock, so of two concurrent runs the second fails, with one of several errors. */
    @Override
    public void init() throws DatabaseException {
        if (initialized) {
            return;
        }
        DatabaseConnection connection = getDatabase().getConnection();
        boolean autoCommit = connection.getAutoCommit();
        // Liquibase takes time between its queries, and the server may end sessions that are idle in a transaction.
        connection.setAutoCommit(true);
        try {
            makeTable();
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(autoCommit);
            }
        }
        initialized = true;
    }

    private void makeTable() throws DatabaseException {
        try {
            super.init();
        } catch (DatabaseException e) {
            getDatabase().rollback();
            reset();
            if (!hasDatabaseChangeLogTable()) {
                throw e;
            }
            super.init();
        }
    }

    /**
     * Looks up a changeset by its id, while Liquibase compares it with every row of the log. If the database has no log and the run writes SQL
     * to a file, the changesets that the file contains so far count as run.
     */
    @Override
    public RanChangeSet getRanChangeSet(ChangeSet changeSet) throws DatabaseException {
        List<RanChangeSet> log = getRanChangeSets();
        if (byId == null) {
            byId = new HashMap<>();
            indexed = 0;
        }
        for (RanChangeSet ran : log.subList(indexed, log.size())) {
            byId.computeIfAbsent(ran.getId(), id -> new ArrayList<>(1)).add(ran);
        }
        indexed = log.size();
        return byId.getOrDefault(changeSet.getId(), List.of()).stream().filter(ran -> ran.isSameAs(changeSet)).findFirst().orElse(null);
    }

    @Override
    public void removeFromHistory(ChangeSet changeSet) throws DatabaseException {
        byId = null;
        super.removeFromHistory(changeSet);
    }

    @Override
    public int getNextSequenceValue() throws DatabaseException {
        if (lastOrder == null) {
            lastOrder = getRanChangeSets().stream().map(RanChangeSet::getOrderExecuted).filter(Objects::nonNull)
                    .mapToInt(Integer::intValue).max().orElse(0);
        }
        return ++lastOrder;
    }

    @Override
    public void clearAllCheckSums() {
        throw new UnexpectedLiquibaseException("clearCheckSums is refused: without the checksum, Liquibase would not detect that a changed file differs from the"
                + " applied one, and the database would keep the old definition. Undo the change, and write a new changeset for it.");
    }

    @Override
    public void reset() {
        super.reset();
        lastOrder = null;
        initialized = false;
        byId = null;
    }
}
