package changelogs.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Rows of tables on production, from a JSON object; ops/review.md has the query that exports it.
 *
 * @param rows number of rows by qualified name of the table
 */
record Statistics(Map<String, Long> rows) {

    static final Statistics NONE = new Statistics(Map.of());

    /** Reads the file; {@link #NONE} if the name is empty. */
    static Statistics in(String file) {
        if (file.isEmpty()) {
            return NONE;
        }
        try {
            Map<String, Long> rows = new TreeMap<>();
            Map<String, Object> read = new Yaml().load(Files.readString(Path.of(file)));
            read.forEach((table, count) -> rows.put(table, ((Number) count).longValue()));
            return new Statistics(rows);
        } catch (IOException | ClassCastException | NullPointerException | YAMLException e) {
            throw new CannotCompare("The statistics in " + file + " are not a JSON object of tables and numbers of rows: " + e.getMessage(), e);
        }
    }

    /**
     * Extrapolates the time of an operation to the rows of production, linearly from two measurements; at least the time of the larger one.
     * Empty if the number of rows on production is unknown, or not larger than that of the larger measurement.
     */
    OptionalDouble extrapolate(String table, long few, double fewMillis, long many, double manyMillis) {
        long production = rows.getOrDefault(table, 0L);
        if (production <= many) {
            return OptionalDouble.empty();
        }
        double perRow = Math.max(0, (manyMillis - fewMillis) / (many - few));
        return OptionalDouble.of(manyMillis + perRow * (production - many));
    }
}
