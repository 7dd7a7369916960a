package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;

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
 * A query of src/test/resources/plans, whose plan must use indexes.
 *
 * @param sql the query; {@code {schema.table.column}} stands for a value of the column
 * @param indexes patterns that the plan contains
 * @param sorts whether the plan may sort
 */
public record PlannedQuery(Caller caller, String sql, List<String> indexes, boolean sorts) {

    public static final String FOLDER = "src/test/resources/plans";
    /** Finds the tables that a plan reads completely. */
    public static final Pattern SCAN = Pattern.compile("Seq Scan on (\\S+)");
    /** Reading a table with fewer rows completely is the best plan. */
    private static final int LARGE = 1_000;

    private static final Map<String, Caller> CALLERS = Map.of("anon", Caller.ANON, "alice", Caller.ALICE, "admin", Caller.ADMIN, "service", Caller.SERVICE,
            "operator", new Caller("none", null));
    private static final Pattern QUERY = Pattern.compile("(?ms)^-- (\\w+(?: and \\w+)*)(, without sort)?: ([^\\n]+)\\n(.*?);$");
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
            return QUERY.matcher(Files.readString(file)).results().flatMap(query -> Stream.of(query.group(1).split(" and "))
                    .map(caller -> new PlannedQuery(CALLERS.get(caller), query.group(4), List.of(query.group(3).split(", ")), query.group(2) == null))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The query with the value of each column that it names. */
    public String with(UnaryOperator<String> values) {
        return VALUE.matcher(sql).replaceAll(name -> values.apply(name.group(1)));
    }

    /** Query for the first value of a column, which stands for the column in a planned query. */
    public static String firstValue(String column) {
        int dot = column.lastIndexOf('.');
        return "select min(" + column.substring(dot + 1) + "::text) from " + column.substring(0, dot);
    }

    /** Asserts that the plan is good, with the first value of each column that the query names. */
    public String assertPlan(Database database) {
        return assertPlan(database, column -> database.operator().value(String.class, firstValue(column)));
    }

    /** Asserts that the plan uses the indexes, reads no large table completely, and sorts only if it may. Returns the plan. */
    public String assertPlan(Database database, UnaryOperator<String> values) {
        String query = with(values);
        String plan = (caller.role().equals("none") ? database.operator() : database.as(caller)).plan(query);
        String description = caller.role() + ": " + query;
        assertThat(indexes).as(description).allSatisfy(index -> assertThat(plan).containsPattern(index));
        assertThat(SCAN.matcher(plan).results().map(scan -> scan.group(1)).filter(table -> isLarge(database.operator(), table))).as("%s%n%s", description, plan).isEmpty();
        assertThat(plan.contains("Sort")).as("%s sorts:%n%s", description, plan).isIn(false, sorts);
        return plan;
    }

    private static boolean isLarge(Session operator, String table) {
        return operator.value(Boolean.class, "select coalesce(max(reltuples), 0) >= " + LARGE + " from pg_class where relname = ?", table);
    }
}
