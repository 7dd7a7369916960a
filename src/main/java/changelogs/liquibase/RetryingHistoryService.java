package changelogs.liquibase;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import liquibase.changelog.RanChangeSet;
import liquibase.changelog.StandardChangeLogHistoryService;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;

/** The log, which several runs may find missing at once, and which tells its next number without being asked again. */
public class RetryingHistoryService extends StandardChangeLogHistoryService {

    /** What the server answers to the one who comes second: duplicate table, its type, or a duplicate row in the catalog. */
    private static final Set<String> MADE_MEANWHILE = Set.of("42P07", "42710", "23505");

    private Integer lastOrder;

    @Override
    public int getPriority() {
        return super.getPriority() + 10;
    }

    @Override
    public boolean supports(Database database) {
        return AtomicPostgresDatabase.isKindOf(database);
    }

    /** Liquibase makes the table before it takes the lock. */
    @Override
    public void init() throws DatabaseException {
        try {
            super.init();
        } catch (DatabaseException e) {
            if (!madeMeanwhile(e)) {
                throw e;
            }
            getDatabase().rollback();
            reset();
            super.init();
        }
    }

    private static boolean madeMeanwhile(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return MADE_MEANWHILE.contains(sql.getSQLState());
            }
        }
        return false;
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
    public void reset() {
        super.reset();
        lastOrder = null;
    }
}
