package changelogs.testing;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each role may do what the reviewed page access.md of a system says, and nothing else: the test uses every table, column and function as each role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DocumentedAccess {

    private static final Pattern SECTION = Pattern.compile("^## (\\w+\\.\\w+)\n\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FUNCTION = Pattern.compile("^\\| `(public\\.\\w+)\\((.*)\\)` \\| (.*) \\| (.*) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final String REFUSED = "-";
    private static final Pattern NO_EXECUTE = Pattern.compile("permission denied for function (\\w+)");

    @RegisterExtension
    final Database database;

    private final String page;

    protected DocumentedAccess(String system) {
        database = Database.of(system);
        try {
            page = Files.readString(Path.of("ops", system, "access.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void createProbe() {
        database.operator().script(Rights.FUNCTION);
    }

    /** A relation and its part of the page. */
    record Relation(String name, String text) {

        @Override
        public String toString() {
            return name;
        }

        /** Cells by command for the line of a caller. */
        Map<String, String> line(String caller) {
            List<String> lines = text.lines().filter(line -> line.startsWith("|")).toList();
            if (lines.isEmpty()) {
                return Map.of();
            }
            List<String> head = cells(lines.get(0));
            List<String> cells = cells(lines.stream().filter(line -> line.startsWith("| " + caller)).findFirst().orElseThrow());
            Map<String, String> line = new LinkedHashMap<>();
            for (int i = 1; i < head.size(); i++) {
                line.put(head.get(i), cells.get(i));
            }
            return line;
        }

        private static List<String> cells(String line) {
            return Arrays.stream(line.split("\\|", -1)).skip(1).map(String::strip).toList();
        }
    }

    /** A function of the API, its arguments and the roles that may call it. */
    record Function(String name, String call, Map<Caller, Boolean> callers) {

        @Override
        public String toString() {
            return name;
        }
    }

    Stream<Relation> relations() {
        return SECTION.matcher(page).results().map(section -> new Relation(section.group(1), section.group(2)));
    }

    Stream<Function> functions() {
        return FUNCTION.matcher(page).results().map(row -> new Function(row.group(1), row.group(1) + "(" + nulls(row.group(2)) + ")",
                Map.of(ANON, !row.group(3).equals(REFUSED), ALICE, !row.group(4).equals(REFUSED), SERVICE, !row.group(5).equals(REFUSED))));
    }

    private static String nulls(String parameters) {
        return parameters.isEmpty() ? "" : Arrays.stream(parameters.split(", ")).map(parameter -> "null::" + parameter.replaceFirst("^\\w+ ", "")).collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("relations")
    void rolesUseTheColumnsThatThePageNames(Relation relation) {
        List<String> columns = database.operator().column(String.class, "select format('%I', attname) from pg_catalog.pg_attribute where attrelid = '" + relation.name()
                + "'::regclass and attnum > 0 and not attisdropped order by attnum");
        Map<Caller, String> callers = Map.of(ANON, "`anon`", ALICE, "`authenticated`, a user with rows", SERVICE, "`service_role`");
        Map<String, List<String>> expected = new TreeMap<>();
        Map<String, List<String>> actual = new TreeMap<>();
        callers.forEach((caller, name) -> {
            expected.put(caller.role(), documented(relation.line(name), columns));
            actual.put(caller.role(), database.as(caller).column(String.class, Rights.query(relation.name(), columns)).stream().sorted().toList());
        });

        assertThat(actual).isEqualTo(expected);
    }

    private static List<String> documented(Map<String, String> cells, List<String> columns) {
        return Stream.of("select", "insert", "update", "delete", "truncate").filter(command -> !cells.getOrDefault(command, REFUSED).equals(REFUSED))
                .flatMap(command -> command.matches("delete|truncate") ? Stream.of(command) : columns(cells.get(command), columns).map(column -> command + " " + column))
                .sorted().toList();
    }

    /** The columns of a cell such as {@code own rows: title, note}; all columns if it names none. */
    private static Stream<String> columns(String cell, List<String> all) {
        List<String> named = List.of(cell.substring(cell.indexOf(": ") + 1).strip().split(", "));
        return all.containsAll(named) ? named.stream() : all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void rolesCallTheFunctionsThatThePageNames(Function function) {
        String itself = function.name().substring("public.".length());
        function.callers().forEach((caller, allowed) -> assertThat(refused(caller, function)).as("function that %s has no right to execute in %s", caller.role(), function.call())
                .isEqualTo(allowed ? "none" : itself));
    }

    /** Name of the function that the caller has no right to execute: the called one, or one that it calls in turn; {@code none} if it may execute both. */
    private String refused(Caller caller, Function function) {
        try {
            database.as(caller).rows("select " + function.call());
            return "none";
        } catch (SqlFailed e) {
            Matcher refusal = NO_EXECUTE.matcher(e.answer().message());
            return e.state().equals(SqlFailed.INSUFFICIENT_PRIVILEGE) && refusal.find() ? refusal.group(1) : "none";
        }
    }
}
