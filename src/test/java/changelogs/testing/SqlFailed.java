package changelogs.testing;

import java.sql.SQLException;
import org.assertj.core.api.Condition;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The database rejected a statement; tests assert the SQLSTATE, for example 42501 for a missing privilege or row level security. */
public final class SqlFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String CHECK_VIOLATION = "23514";
    public static final String UNIQUE_VIOLATION = "23505";
    public static final String FOREIGN_KEY_VIOLATION = "23503";
    public static final String NOT_NULL_VIOLATION = "23502";
    /** SQLSTATE of our functions for rows that do not exist or do not belong to the caller. */
    public static final String NO_DATA_FOUND = "P0002";
    /** SQLSTATE of our functions for an action that the current state does not allow: object_not_in_prerequisite_state. */
    public static final String WRONG_STATE = "55000";
    public static final String INVALID_PARAMETER = "22023";
    /** Raised above an hourly budget; the API answers with HTTP status 429. */
    public static final String TOO_MANY_REQUESTS = "PT429";
    /** SQLSTATE that PostgreSQL 18 raises instead of {@link #FOREIGN_KEY_VIOLATION} for restricting foreign keys. */
    private static final String RESTRICT_VIOLATION = "23001";

    private final String state;
    private final Answer answer;

    /** The parts of an error that the API returns to a client. */
    public record Answer(String state, String message, String detail, String hint) {
    }

    SqlFailed(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState();
        ServerErrorMessage server = cause instanceof PSQLException sent ? sent.getServerErrorMessage() : null;
        this.answer = server == null
                ? new Answer(state, cause.getMessage(), null, null)
                : new Answer(state, server.getMessage(), server.getDetail(), server.getHint());
    }

    public Answer answer() {
        return answer;
    }

    public String state() {
        return state;
    }

    /** For {@code assertThatThrownBy(…).is(sqlState("42501"))}. */
    public static Condition<Throwable> sqlState(String state) {
        return new Condition<>(thrown -> thrown instanceof SqlFailed failed
                && (failed.state.equals(state) || state.equals(FOREIGN_KEY_VIOLATION) && failed.state.equals(RESTRICT_VIOLATION)), "SQLSTATE %s", state);
    }
}
