package changelogs.polaris;

import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;

/** Counts the rows of a table that a caller can read or change. */
record Rows(Database polaris, ImpossibleValues possible) {

    /**
     * Rows affected by {@code read}, {@code insert}, {@code update} of a column or {@code delete}; zero if denied. For an insert the
     * existing row is deleted first.
     */
    int reached(Caller caller, String table, String command) {
        Session session = polaris.as(caller);
        try {
            if (command.startsWith("update ")) {
                String column = command.substring("update ".length());
                // An update that reads no column is not subject to the select policy.
                return session.update("update " + table + " set " + column + " = " + value(table, column));
            }
            return switch (command) {
                case "read" -> session.value(Integer.class, "select count(*)::integer from " + table);
                case "insert" -> {
                    polaris.operator().update("delete from " + table);
                    yield session.update("insert into " + possible.row(table));
                }
                case "delete" -> session.update("delete from " + table);
                default -> fail(command);
            };
        } catch (SqlFailed refused) {
            assertThat(refused.state()).as(refused.getMessage()).isEqualTo(INSUFFICIENT_PRIVILEGE);
            return 0;
        }
    }

    /** The value of the column in the valid row, as an SQL literal. */
    private String value(String table, String column) {
        return polaris.operator().value(String.class, "select quote_nullable(" + column + "::text) from " + table + " limit 1");
    }
}
