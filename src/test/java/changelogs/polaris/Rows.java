package changelogs.polaris;

import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;

/** How many rows of a table a caller reaches. */
record Rows(Database polaris, ImpossibleValues possible) {

    /** By {@code read}, {@code insert}, {@code update} of a column, or {@code delete}; none where it is refused. An insert makes room for its row first. */
    int reached(Caller caller, String table, String command) {
        Session session = polaris.as(caller);
        try {
            if (command.startsWith("update ")) {
                String column = command.substring("update ".length());
                // A change that reads no column is not held to what the caller may read.
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

    /** The value that the possible row has there, as a literal. */
    private String value(String table, String column) {
        return polaris.operator().value(String.class, "select quote_nullable(" + column + "::text) from " + table + " limit 1");
    }
}
