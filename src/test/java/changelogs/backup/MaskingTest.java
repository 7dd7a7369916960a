package changelogs.backup;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A masked restore contains only the original values that masking.yaml keeps, and masking.yaml classifies every column. */
@Order(1)
class MaskingTest {

    private static final String TABLES = """
            select c.oid, n.nspname || '.' || c.relname as name
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition
                and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'extensions', 'cron')
            """;
    /** Every canary contains at least one of these substrings. */
    private static final String CANARY = "zqcanary|c0ffee0ddba11|31415926535";
    private static final Map<String, List<String>> CANARIES = Map.of(
            "text", List.of("'zqcanary ' || n || ' sings'", "'zqcanary-' || n", "'zqcanary_' || n", "'zqcanary' || n || '@zqcanary.example'",
                    "'https://zqcanary.example/' || n", "'/zqcanary' || n", "left(repeat('c0ffee0ddba11', 5), 64 - length(n)) || n"),
            "text[]", List.of("array['zqcanary ' || n]", "array['zqcanary-' || n]"),
            "jsonb", List.of("jsonb_build_object('key', 'zqcanary ' || n, 'phone', 31415926535, 'Zqcanary ' || n, 1, 'zqcanary', true, "
                    + "'zqcanary@zqcanary.example', jsonb_build_array(-3.1415926535))",
                    "jsonb_build_object('key', 'zqcanary ' || n, 'list', array['zqcanary'], 'within', jsonb_build_object('key', 'zqcanary'))",
                    "jsonb_build_array('zqcanary ' || n)", "jsonb_build_array(jsonb_build_object('path', 'zqcanary/' || n))"));

    private record Rule(String relation, String column, String path, String rule) {
    }

    private record Column(String relation, String name, String type, String rule) {
    }

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyColumnIsClassified() {
        return systems(system -> {
            try (Database database = Database.openMigrated(system)) {
                assertThat(columns(database, rules(system))).filteredOn(column -> column.rule() == null)
                        .extracting(column -> column.relation() + "." + column.name()).as("add them to ops/%s/masking.yaml", system).isEmpty();
            }
        });
    }

    @Test
    void unclassifiedColumnIsReported() {
        try (Database database = Database.openMigrated("vectors")) {
            database.owner().script("""
                    alter table public.game_profiles add column diary text;
                    alter table public.game_profiles add column level integer;
                    alter table public.game_profiles add column mood text check (mood in ('good', 'bad'))
                    """);

            assertThat(columns(database, rules("vectors"))).filteredOn(column -> column.rule() == null).extracting(Column::name).containsExactly("diary");
        }
    }

    /** Excludes tables and columns that exist only on some servers or in some contexts, so not in the test's database. */
    @TestFactory
    Stream<DynamicTest> rulesAreForColumnsThatExist() {
        return systems(system -> {
            try (Database database = Database.openMigrated(system)) {
                List<String> existing = columns(database, List.of()).stream().map(column -> column.relation() + "." + column.name()).toList();
                List<String> relations = columns(database, List.of()).stream().map(Column::relation).distinct().toList();

                assertThat(own(system)).filteredOn(rule -> relations.contains(rule.relation()) && !rule.column().isEmpty())
                        .allSatisfy(rule -> assertThat(existing).contains(rule.relation() + "." + rule.column()));
            }
        });
    }

    /** The scripts read masking.yaml line by line, without a YAML parser. */
    @TestFactory
    Stream<DynamicTest> scriptReadsWhatAParserReads() {
        Skip.unless(!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"), "scripts of ops/backup, because they need bash and this is Windows");
        return systems(system -> {
            String read = Command.of("bash", "-c", "source ops/backup/mask.bash; masking_rules ops/backup/masking.yaml ops/" + system + "/masking.yaml").run().out();

            assertThat(read.lines()).containsExactlyElementsOf(rules(system).stream()
                    .map(rule -> String.join("\t", rule.relation(), rule.column(), rule.path(), rule.rule())).toList());
        });
    }

    @Test
    void numbersAndUnknownKeysInDocumentsAreMaskedAndKeepTheirShape() throws Exception {
        String script = Files.readString(Path.of("ops", "backup", "mask.sql"));
        try (Database database = Database.openMigrated("vectors");
                Connection connection = TestServer.get().server().connect(database.name(), Server.OPERATOR); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setEscapeProcessing(false);
            statement.execute("set local search_path = ''; set local masking.key = 'k'; create temp table rules (relation text, attribute text, path text, rule text); "
                    + "insert into rules values ('public.action_events', 'metadata', 'kept', 'keep'), ('public.action_events', 'metadata', 'place.towns', 'fake')");
            statement.execute(script.substring(0, script.indexOf("create temp table columns")));

            ResultSet masked = statement.executeQuery("""
                    select d ->> 'duration', d ->> 'step_index', d -> 'place' ->> 'towns', d ->> 'kept', d::text, (select count(*) from jsonb_object_keys(d))
                    from (select pg_temp.fake('{"duration": 12.5, "step_index": 639171234567, "place": {"towns": -14.5995}, "kept": 123456,
                        "Alice": 1, "alice": true, "alice2": 1, "alice@example.com": 1, "0917 123 4567": 1, "alice_12345": 1}'::jsonb, array['kept'], '')) as m (d)
                    """);
            assertThat(masked.next()).isTrue();
            assertThat(masked.getString(1)).isEqualTo("12.5");
            assertThat(masked.getString(2)).matches("6[0-9]{11}").isNotEqualTo("639171234567");
            assertThat(masked.getString(3)).matches("-1[0-9][.][0-9]{4}").isNotEqualTo("-14.5995");
            assertThat(masked.getString(4)).isEqualTo("123456");
            assertThat(masked.getString(5)).doesNotContainIgnoringCase("alice").doesNotContain("12345,", "0917 123");
            assertThat(masked.getLong(6)).isEqualTo(10);
        }
    }

    @Test
    void unreadableLineIsAnError() throws IOException {
        Skip.unless(!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"), "scripts of ops/backup, because they need bash and this is Windows");
        Path file = Files.writeString(folder.resolve("masking.yaml"), "public.users:\n  email: blur\n");

        assertThat(Command.of("bash", "-c", "source ops/backup/mask.bash; masking_rules " + file).merged().run())
                .isEqualTo(new Command.Result(1, file + ":2 cannot be read:   email: blur\n", ""));
    }

    /** Plants canaries in every masked text, list and document, and finds none in the tables, indexes and statistics of the target. */
    @TestFactory
    Stream<DynamicTest> noCanaryIsLeft() {
        Backups backups = Backups.in(folder).withRepository();
        return systems(system -> {
            try (Database original = Database.openMigrated(system); Database target = Database.openNewProject(system)) {
                original.owner().script(Fixture.of(system));
                List<String> planted = plant(original, rules(system));
                backups.database("production", system, original.name()).database("staging", system, target.name());
                assertThat(backups.run("take", "production", system).status()).isZero();

                Command.Result run = backups.run("restore", "staging", system, "--from", "production", "--masked");

                assertThat(run.out()).contains("PASS  masked").endsWith(" passed, 0 failed\n");
                assertThat(run.out()).doesNotContainPattern(CANARY);
                assertThat(planted).isNotEmpty();
                assertThat(withCanaries(original)).as("columns before").isNotEmpty();
                assertThat(withCanaries(target)).as("tables and statistics with canaries").isEmpty();
                assertThat(files(target)).as("files with canaries").isEmpty();
                assertThat(counts(target, rules(system))).as("rows").isEqualTo(counts(original, rules(system)));
                assertThat(dropped(rules(system)).filter(table -> exists(target, table)).filter(table -> target.count(table) > 0)).as("dropped tables with rows").isEmpty();
            }
        });
    }

    private static Stream<DynamicTest> systems(Check check) {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> check.of(system)));
    }

    private interface Check {
        void of(String system) throws Exception;
    }

    private static List<Rule> rules(String system) {
        return Stream.concat(read(Path.of("ops", "backup", "masking.yaml")).stream(), own(system).stream()).toList();
    }

    private static List<Rule> own(String system) {
        return read(Path.of("ops", system, "masking.yaml"));
    }

    private static List<Rule> read(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            Map<String, Object> tables = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            List<Rule> rules = new ArrayList<>();
            tables.forEach((relation, columns) -> {
                if (columns instanceof Map<?, ?> map) {
                    map.forEach((column, rule) -> {
                        rules.add(new Rule(relation, column.toString(), "", rule instanceof Map ? "fake" : rule.toString()));
                        if (rule instanceof Map<?, ?> paths) {
                            paths.forEach((path, kept) -> rules.add(new Rule(relation, column.toString(), path.toString(), kept.toString())));
                        }
                    });
                } else {
                    rules.add(new Rule(relation, "", "", columns.toString()));
                }
            });
            return rules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The masking rule of each column, from ops/backup/column_rules.sql. */
    private static List<Column> columns(Database database, List<Rule> rules) {
        try (Connection connection = TestServer.get().server().connect(database.name(), Server.OPERATOR); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setEscapeProcessing(false);
            statement.execute("set local search_path = ''; create temp table rules (relation text, attribute text, path text, rule text) on commit drop; "
                    + "create temp table masked_tables on commit drop as " + TABLES);
            try (PreparedStatement insert = connection.prepareStatement("insert into rules values (?, ?, ?, ?)")) {
                for (Rule rule : rules) {
                    insert.setString(1, rule.relation());
                    insert.setString(2, rule.column());
                    insert.setString(3, rule.path());
                    insert.setString(4, rule.rule());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute(Files.readString(Path.of("ops", "backup", "column_rules.sql")));
            List<Column> columns = new ArrayList<>();
            try (ResultSet row = statement.executeQuery("""
                    select r.attrelid::regclass::text, r.attname, format_type(a.atttypid, null), r.rule
                    from column_rules as r
                    join pg_catalog.pg_attribute as a on a.attrelid = r.attrelid and a.attnum = r.attnum
                    order by 1, a.attnum
                    """)) {
                while (row.next()) {
                    columns.add(new Column(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
                }
            }
            return columns;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a canary into every row of each masked column; where a check requires nulls, only into the values that are not null. */
    private static List<String> plant(Database database, List<Rule> rules) {
        List<String> planted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (Connection connection = TestServer.get().server().connect(database.name(), Server.OPERATOR); Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (Column column : columns(database, rules)) {
                List<String> canaries = CANARIES.get(column.type().startsWith("character") ? "text" : column.type());
                if (canaries == null || "keep".equals(column.rule())) {
                    continue;
                }
                String name = column.relation() + "." + column.name();
                if (Stream.of("true", column.name() + " is not null").anyMatch(rows -> canaries.stream().anyMatch(canary -> updated(statement, column, rows, canary)))) {
                    planted.add(name);
                } else if (!List.of("empty", "drop").contains(column.rule()) && holdsValues(statement, column)) {
                    refused.add(name);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(refused).as("columns with values that no canary fits").isEmpty();
        return planted;
    }

    private static boolean holdsValues(Statement statement, Column column) throws SQLException {
        try (ResultSet row = statement.executeQuery("select from " + column.relation() + " where " + column.name() + " is not null limit 1")) {
            return row.next();
        }
    }

    private static boolean updated(Statement statement, Column column, String rows, String canary) {
        try {
            return statement.executeUpdate("update " + column.relation() + " as t set " + column.name() + " = " + canary
                    + " from (select ctid as place, regexp_replace(ctid::text, '[^0-9]', '', 'g') as n from " + column.relation() + " where " + rows
                    + ") as s where t.ctid = s.place") > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    private static List<String> withCanaries(Database database) {
        Session operator = database.operator();
        Stream<String> tables = operator.column(String.class, "select t.name from (" + TABLES + ") as t").stream()
                .filter(table -> operator.value(Boolean.class, "select exists (select from " + table + " as t where t::text ~* '" + CANARY + "')"));
        return Stream.concat(tables, operator.column(String.class, "select 'statistics of ' || tablename || '.' || attname from pg_catalog.pg_stats where concat_ws(' ', "
                + "most_common_vals::text, histogram_bounds::text, most_common_elems::text) ~* '" + CANARY + "'").stream()).toList();
    }

    /** Data files of the database, including indexes. */
    private static List<String> files(Database database) {
        Session operator = database.operator();
        operator.update("checkpoint");
        return operator.column(String.class, """
                select f.name
                from (select 'base/' || d.oid from pg_catalog.pg_database as d where d.datname = current_database()) as d (folder), pg_ls_dir(d.folder) as f (name)
                where position('zqcanary'::bytea in pg_read_binary_file(d.folder || '/' || f.name)) > 0
                    or position('c0ffee0ddba11'::bytea in pg_read_binary_file(d.folder || '/' || f.name)) > 0
                """);
    }

    private static Stream<String> dropped(List<Rule> rules) {
        return rules.stream().filter(rule -> rule.rule().equals("drop")).map(Rule::relation);
    }

    private static boolean exists(Database database, String table) {
        return database.operator().value(Boolean.class, "select to_regclass(?) is not null", table);
    }

    private static Map<String, Long> counts(Database database, List<Rule> rules) {
        List<String> dropped = dropped(rules).toList();
        Session operator = database.operator();
        return operator.column(String.class, "select t.name from (" + TABLES + ") as t").stream().filter(table -> !dropped.contains(table))
                .collect(Collectors.toMap(table -> table, table -> operator.value(Long.class, "select count(*) from " + table), (one, other) -> one, TreeMap::new));
    }
}
