package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Values that check constraints refuse, from the files of a system in {@code impossible/}: a line is a row that is possible, and each
 * indented line below it is a check, and a change of that row which this check alone refuses.
 */
public record ImpossibleValues(String system, List<Table> tables) {

    private static final Path FILES = Path.of("src", "test", "resources", "impossible");
    /** Leaves out triggers and foreign keys: the row needs no parents, and no guard speaks before the check. */
    private static final String CHECKS_ALONE = "set local session_replication_role = replica; ";

    /** A table with a row as {@code insert} takes it. */
    public record Table(String name, String row, List<Value> values) {

        private void refuseEach(Session operator) {
            operator.script(CHECKS_ALONE + "delete from " + name + "; insert into " + row);
            for (Value value : values) {
                assertThatThrownBy(() -> operator.script(CHECKS_ALONE + "update " + name + " set " + value.change)).as(value.change)
                        .is(SqlFailed.sqlState(SqlFailed.CHECK_VIOLATION)).hasMessageContaining("\"" + value.check + "\"");
            }
        }
    }

    public record Value(String check, String change) {
    }

    public static ImpossibleValues of(String system) {
        List<Table> tables = new ArrayList<>();
        for (String line : lines(FILES.resolve(system))) {
            if (line.startsWith(" ")) {
                String[] parts = line.strip().split(": ", 2);
                tables.get(tables.size() - 1).values.add(new Value(parts[0], parts[1]));
            } else if (!line.isBlank()) {
                tables.add(new Table(line.substring(0, line.indexOf(' ')), line, new ArrayList<>()));
            }
        }
        return new ImpossibleValues(system, tables);
    }

    private static List<String> lines(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test for each table: its checks refuse the values. */
    public Stream<DynamicTest> areRefused(Database database) {
        return tables.stream().map(table -> DynamicTest.dynamicTest(table.name, () -> table.refuseEach(database.operator())));
    }

    /** The files name each check that the changelog made, and no other. */
    public void areOfEachCheck(Database migrated) {
        TreeSet<String> checks = checks(migrated);
        try (Database before = Database.open(system)) {
            checks.removeAll(checks(before));
        }

        assertThat(new TreeSet<>(tables.stream().flatMap(table -> table.values.stream()).map(Value::check).toList())).isEqualTo(checks);
    }

    private static TreeSet<String> checks(Database database) {
        return new TreeSet<>(database.operator().column(String.class, """
                select k.conname
                from pg_catalog.pg_constraint as k
                join pg_catalog.pg_namespace as n on n.oid = k.connamespace
                where k.contype = 'c' and k.conrelid <> 0 and k.conparentid = 0 and n.nspname in ('public', 'private')
                """));
    }
}
