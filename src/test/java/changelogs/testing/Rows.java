package changelogs.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Expected rows of a query. */
public final class Rows {

    private Rows() {
    }

    /** A row as {@link Session#rows} returns it, from the names and values of its columns in turns. */
    public static Map<String, Object> row(Object... columns) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put((String) columns[i], columns[i + 1]);
        }
        return row;
    }
}
