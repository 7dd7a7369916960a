package changelogs.review;

import changelogs.review.Observer.Counters;
import changelogs.review.Side.Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one new changeset did to a database with rows.
 *
 * @param sql the statements that Liquibase sent
 * @param millis duration of the changes, without Liquibase's own work
 * @param locks the strongest lock on each table that existed before
 * @param rewritten tables that existed before and have new files
 * @param counters rows read and written, by table that existed before
 * @param wal bytes of write-ahead log, without full-page images
 * @param changes differences of the catalog
 * @param lockTimeout whether lock_timeout was set
 * @param failure why it failed; null if it did not
 * @param applied whether it ran; false if its preconditions or its context left it out
 */
record Step(Entry entry, List<String> sql, double millis, Map<String, Lock> locks, Set<String> rewritten, Map<String, Counters> counters, long wal,
        List<ObjectChange> changes, boolean lockTimeout, Failure failure, boolean applied) {

    /** A lock mode, and how long it was held until the end of the changeset. */
    record Lock(Mode mode, double millis) {
    }

    /** Modes from weak to strong. */
    enum Mode {
        ACCESS_SHARE("AccessShareLock", "nothing"),
        ROW_SHARE("RowShareLock", "nothing"),
        ROW_EXCLUSIVE("RowExclusiveLock", "nothing"),
        SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock", "schema changes and vacuum"),
        SHARE("ShareLock", "writes"),
        SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock", "writes"),
        EXCLUSIVE("ExclusiveLock", "writes"),
        ACCESS_EXCLUSIVE("AccessExclusiveLock", "reads and writes");

        private final String name;
        private final String blocks;

        Mode(String name, String blocks) {
            this.name = name;
            this.blocks = blocks;
        }

        static Mode of(String name) {
            for (Mode mode : values()) {
                if (mode.name.equals(name)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException(name);
        }

        String blocks() {
            return blocks;
        }

        boolean blocksWrites() {
            return ordinal() >= SHARE.ordinal();
        }

        /** Name of the mode with an indefinite article, for sentences. */
        String named() {
            return ("AEIOU".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + this;
        }

        @Override
        public String toString() {
            return name.replace("Lock", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * An error of the database or of Liquibase.
     *
     * @param state SQLSTATE; empty if the error is not the database's
     * @param table qualified name; empty if the error names none
     * @param column name; empty if the error names none
     */
    record Failure(String database, String state, String message, String detail, String table, String column) {

        private static final String REFUSAL = "55000";

        static Failure of(Throwable thrown, String database) {
            String message = thrown.getMessage();
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof java.sql.SQLException sql) {
                    var server = sql instanceof org.postgresql.util.PSQLException sent ? sent.getServerErrorMessage() : null;
                    return server == null ? new Failure(database, text(sql.getSQLState()), sql.getMessage(), "", "", "")
                            : new Failure(database, text(server.getSQLState()), server.getMessage(), text(server.getDetail()),
                                    server.getTable() == null ? "" : server.getSchema() + "." + server.getTable(), text(server.getColumn()));
                }
                message = cause.getMessage() == null ? message : cause.getMessage();
            }
            return new Failure(database, "", message == null ? thrown.toString() : message.lines().filter(line -> !line.isBlank()).findFirst().orElse(""), "", "", "");
        }

        private static String text(String value) {
            return value == null ? "" : value;
        }

        /** Whether rows violate a constraint, a type or a check. */
        boolean isAboutData() {
            return state.startsWith("23") || state.startsWith("22");
        }

        /** Whether the rollback refused to lose rows. */
        boolean isRefusal() {
            return state.equals(REFUSAL);
        }
    }

    /** Whether a statement renames a table or column, which keeps the values. */
    boolean renames() {
        return sql.stream().anyMatch(statement -> statement.matches("(?is).*\\brename\\b.*"));
    }

    boolean failed() {
        return failure != null;
    }

    String id() {
        return entry.id();
    }

    Mode lock(String table) {
        return locks.containsKey(table) ? locks.get(table).mode() : Mode.ACCESS_SHARE;
    }
}
