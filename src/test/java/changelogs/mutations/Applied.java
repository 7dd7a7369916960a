package changelogs.mutations;

import changelogs.server.Server;
import changelogs.testing.Probe;
import changelogs.testing.Session;
import changelogs.testing.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Applies a mutation to each database of its state that a test uses. */
final class Applied extends Probe {

    private final Mutation mutation;
    private final Set<String> databases = ConcurrentHashMap.newKeySet();
    private volatile SQLException failure;

    Applied(Mutation mutation) {
        this.mutation = mutation;
    }

    @Override
    protected void began(State state, String database, Connection operator) throws SQLException {
        databases.add(database);
        if (state.equals(mutation.state())) {
            try (Statement statement = operator.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(mutation.sql());
            } catch (SQLException e) {
                failure = e;
                throw e;
            }
        }
    }

    @Override
    protected void cloned(State state, String database) throws SQLException {
        try (Session operator = Session.in(database, Server.OPERATOR)) {
            began(state, database, operator.connection());
        }
    }

    /** Databases used by tests of this run. */
    Set<String> databases() {
        return databases;
    }

    /** The error of applying the mutation; null if it was applied. */
    SQLException failure() {
        return failure;
    }
}
