package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Values that checks and foreign keys reject, from the files of a system in {@code impossible/}: an unindented line is a valid row, and
 * each indented line below it is a constraint with a change of that row that only this constraint rejects.
 */
public record ImpossibleValues(String system, List<Table> tables) {

    /** Disables triggers and foreign keys, so that the row needs no parents and no trigger fails before the check. */
    private static final String CHECKS_ALONE = "set local session_replication_role = replica; ";
    private static final String FOREIGN_KEY = "_fkey";

    /** A table with a valid row in the form for {@code insert}. */
    public record Table(String name, String row, List<Value> values) {

        private void refuseEach(Session operator) {
            operator.script(CHECKS_ALONE + "delete from " + name + "; insert into " + row);
            for (Value value : values) {
                String alone = value.isReference() ? only(value.constraint, operator) : CHECKS_ALONE;
                assertThatThrownBy(() -> operator.script(alone + "update " + name + " set " + value.change)).as(value.change)
                        .is(SqlFailed.sqlState(value.isReference() ? SqlFailed.FOREIGN_KEY_VIOLATION : SqlFailed.CHECK_VIOLATION))
                        .hasMessageContaining("\"" + value.constraint + "\"");
            }
        }

        /**
         * SQL that enables only the triggers of this foreign key; a row inserted in this transaction would be checked against all foreign
         * keys.
         */
        private String only(String foreignKey, Session operator) {
            return "alter table " + name + " disable trigger all; " + String.join("", operator.column(String.class, """
                    select format('alter table %s enable trigger %I; ', t.tgrelid::regclass, t.tgname)
                    from pg_catalog.pg_trigger as t
                    join pg_catalog.pg_constraint as k on k.oid = t.tgconstraint
                    where k.conname = ? and k.contype = 'f' and t.tgrelid = k.conrelid
                    """, foreignKey));
        }
    }

    public record Value(String constraint, String change) {

        private boolean isReference() {
            return constraint.endsWith(FOREIGN_KEY);
        }
    }

    public static ImpossibleValues of(String system) {
        List<Table> tables = new ArrayList<>();
        for (String line : lines("/impossible/" + system)) {
            if (line.startsWith(" ")) {
                String[] parts = line.strip().split(": ", 2);
                tables.get(tables.size() - 1).values.add(new Value(parts[0], parts[1]));
            } else if (!line.isBlank()) {
                tables.add(new Table(line.substring(0, line.indexOf(' ')), line, new ArrayList<>()));
            }
        }
        return new ImpossibleValues(system, tables);
    }

    private static List<String> lines(String folder) {
        try (Stream<Path> files = Files.list(Path.of(ImpossibleValues.class.getResource(folder).toURI()))) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The valid row of a table, in the form for {@code insert into}. */
    public String row(String table) {
        return tables.stream().filter(candidate -> candidate.name.equals(table)).findFirst().orElseThrow().row;
    }

    /** Replaces the rows of a table by its valid row, with triggers and foreign keys disabled. */
    public void alone(String table, Session operator) {
        operator.script(CHECKS_ALONE + "delete from " + table + "; insert into " + row(table) + "; alter table " + table + " disable trigger all");
    }

    /** The same with one trigger enabled. */
    public void alone(String table, String trigger, Session operator) {
        alone(table, operator);
        operator.script("alter table " + table + " enable trigger " + trigger);
    }

    /** One test per table: its constraints reject the values. */
    public Stream<DynamicTest> areRefused(Database database) {
        return tables.stream().map(table -> DynamicTest.dynamicTest(table.name, () -> table.refuseEach(database.operator())));
    }

    /** Asserts that the files name exactly the checks and foreign keys of the changelog. */
    public void areOfEachConstraint(Database migrated) {
        TreeSet<String> constraints = constraints(migrated);
        try (Database before = Database.open(system)) {
            constraints.removeAll(constraints(before));
        }

        assertThat(new TreeSet<>(tables.stream().flatMap(table -> table.values.stream()).map(Value::constraint).toList())).isEqualTo(constraints);
    }

    private static TreeSet<String> constraints(Database database) {
        return new TreeSet<>(database.operator().column(String.class, """
                select k.conname
                from pg_catalog.pg_constraint as k
                join pg_catalog.pg_namespace as n on n.oid = k.connamespace
                where k.contype in ('c', 'f') and k.conrelid <> 0 and k.conparentid = 0 and n.nspname in ('public', 'private')
                """));
    }
}
