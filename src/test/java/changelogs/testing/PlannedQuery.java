package changelogs.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A query of src/test/resources/plans, whose plan must use an index.
 *
 * @param sql the query; {@code {schema.table.column}} stands for a value of the column
 * @param index pattern that the plan contains
 * @param sorts whether the plan may sort
 */
public record PlannedQuery(Caller caller, String sql, String index, boolean sorts) {

    public static final String FOLDER = "src/test/resources/plans";

    private static final Map<String, Caller> CALLERS = Map.of("anon", Caller.ANON, "alice", Caller.ALICE, "admin", Caller.ADMIN, "service", Caller.SERVICE,
            "operator", new Caller("none", null));
    private static final Pattern QUERY = Pattern.compile("(?ms)^-- (\\w+)(, without sort)?: (\\S+)\\n(.*?);$");
    private static final Pattern VALUE = Pattern.compile("\\{([\\w.]+)\\}");

    /** The queries of one file. */
    public static List<PlannedQuery> of(String system, String topic) {
        return read(Path.of(FOLDER, system, topic + ".sql"));
    }

    /** The queries of a system below the root of a project; empty if it has none. */
    public static List<PlannedQuery> below(Path root, String system) {
        Path folder = root.resolve(FOLDER).resolve(system);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().flatMap(file -> read(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PlannedQuery> read(Path file) {
        try {
            return QUERY.matcher(Files.readString(file)).results()
                    .map(query -> new PlannedQuery(CALLERS.get(query.group(1)), query.group(4), query.group(3), query.group(2) == null)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The query with the value of each column that it names. */
    public String with(UnaryOperator<String> values) {
        return VALUE.matcher(sql).replaceAll(name -> values.apply(name.group(1)));
    }

    /** Opens a session of the query's caller. */
    public Session session(Database database) {
        return caller.role().equals("none") ? database.operator() : database.as(caller);
    }
}
