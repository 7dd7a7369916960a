package changelogs.rules;

import changelogs.rules.Source.Changeset;
import changelogs.rules.Source.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;

/** Rules for the structure of a system's folder and its files. */
final class FileRules {

    private static final List<String> CHANGESET = List.of("id", "author", "labels", "contextFilter", "runInTransaction", "comment",
            "preConditions", "changes", "rollback");
    private static final List<String> TABLE = List.of("schemaName", "tableName", "remarks", "columns");
    private static final List<String> COLUMN = List.of("name", "type", "default", "remarks", "constraints");

    private static final int YAML_LINES = 400;
    private static final int SQL_LINES = 200;
    private static final int CHANGESET_LINES = 120;
    private static final int SCREEN_LINES = 60;
    private static final int SCREEN_PERCENT = 5;

    private FileRules() {
    }

    static final List<Rule<Source>> ALL = List.of(
            rule("file-comment",
                    "The reader of a file needs to know its purpose before its contents",
                    "a file that begins with `databaseChangeLog:`",
                    "one sentence as a comment in the first line",
                    file -> Stream.of(file).filter(it -> !it.text().startsWith("# ")).map(File::path)),
            rule("logical-file-path",
                    "The path is part of a changeset's identity: without a logical path, the changesets of a file that is moved run again",
                    "no `logicalFilePath`, or one that differs from those of the migration's other files",
                    "`- logicalFilePath: <system>/<number>` as the first entry of every file of a migration, "
                            + "`<system>/changelog` in the system's `changelog.yaml`",
                    FileRules::logicalFilePath),
            new Rule<>("includes",
                    "A file that is not included never runs, and a file included too early fails because the objects that it needs do not exist yet",
                    "`includeAll`, a path from the root, a migration or part that is missing, included twice or out of order",
                    "in the system's `changelog.yaml` one `include` a migration folder, by number; in the folder's "
                            + "`changelog.yaml` one a part, `safe-checks.yaml` first; "
                            + "all with `relativeToChangelogFile: true`",
                    FileRules::includes),
            new Rule<>("wrong-database-guard",
                    "Systems have tables of the same names, so the changelog of one could run on the database of another",
                    "a guard in a changeset, which is checked only once, a guard that omits a system, or one that `updateSQL` does not test",
                    "preconditions of `changelog.yaml` with `onFail: HALT`, a message and `onSqlOutput: TEST`, and a `sqlCheck` that names every other system",
                    FileRules::guard),
            new Rule<>("exactly-once",
                    "Without the Liquibase extension, a killed run can leave a change without its row in the log, and the next run fails",
                    "a changelog that does not warn of this",
                    "`../shared/exactly-once.yaml`, included first: preconditions with `onFail: WARN` that read the setting `changelogs.exactly_once`",
                    FileRules::exactlyOnce),
            new Rule<>("allow-data-loss-off",
                    "A rollback may lose data only if the user allows it in the same run",
                    "no property `allowDataLoss`, or one whose default is true",
                    "the property in `changelog.yaml`, `value: \"false\"` and `global: true`; `-DallowDataLoss=true` on the command line",
                    FileRules::allowDataLoss),
            rule("yaml-layout",
                    "With one layout, a diff shows only real changes",
                    "tabs, CR, trailing blanks, other indentation, no blank line or several between changesets",
                    "two spaces, LF, a newline at the end, one blank line before each changeset",
                    FileRules::layout),
            rule("yaml-block-style",
                    "Flow style, anchors and duplicate keys hide the content of a changeset",
                    "`{…}`, `[…]`, `&name`, `*name`, a duplicate key, a column on more than two lines",
                    "block style; flow style only for a column, on one or two lines, and for `empty: {}`",
                    FileRules::blockStyle),
            new Rule<>("file-length",
                    "A short file contains one table or one topic and can be read completely",
                    "a YAML file of more than " + YAML_LINES + " lines, an SQL file of more than " + SQL_LINES,
                    "one file for each table or topic, one SQL file for each function or view",
                    FileRules::longFiles),
            new Rule<>("changeset-length",
                    "A changeset that fits on one screen can be reviewed and rolled back separately",
                    "a changeset of more than " + CHANGESET_LINES + " lines; more than " + SCREEN_LINES + " in over " + SCREEN_PERCENT + " % of a system's changesets",
                    "one changeset for each thing that someone would roll back separately, columns on one or two lines, bodies in SQL files",
                    FileRules::longChangesets),
            new Rule<>("sql-file-name",
                    "A function or view is found by the name of its file, and the same file restores it when a later replacement is rolled back",
                    "a file that does not create the function or view of its name, or creates an unrelated one; `create` "
                            + "without `or replace`; a body in YAML",
                    "`functions/<name>.sql` or `views/<name>.sql` in the migration's folder, with `create or replace`, comment and grants; "
                            + "a private function and its public wrapper share a file",
                    FileRules::sqlFileNames),
            new Rule<>("sql-file-unused",
                    "An SQL file that no changeset names never runs, but its reader assumes that it does",
                    "an SQL file without a changeset",
                    "a `sqlFile` that names it; otherwise delete the file",
                    source -> source.sqlFiles().keySet().stream().filter(path -> path.startsWith(source.folder()))
                            .filter(path -> source.changesets().flatMap(Changeset::all).noneMatch(change -> change.file().equals(path)))),
            rule("unknown-key",
                    "Liquibase silently ignores unknown keys, and `constraints.checkConstraint` as well",
                    "a misspelled key, a key of another change type, `checkConstraint`",
                    "the keys of the change type; a check as `sql`",
                    file -> LiquibaseKeys.unknown(file).stream()),
            rule("key-order",
                    "With one order, a key is found at a glance",
                    "keys in any order",
                    "changeset: id, author, labels or contextFilter, runInTransaction, comment, preConditions, changes, rollback; "
                            + "table: schemaName, tableName, remarks, columns; column: name, type, default…, remarks, constraints",
                    FileRules::keyOrder),
            rule("unused-key",
                    "These keys change the checksum, order or conditions of a changeset in ways that a reader does not expect",
                    "`validCheckSum`, `dbms`, `context`, `ignore`, `runOrder`, `modifySql`, `onValidationFail`, `logicalFilePath` in a changeset",
                    "a new changeset; `contextFilter` or `labels`",
                    file -> file.changesets().stream().flatMap(changeset -> changeset.yaml().keys().stream()
                            .filter(List.of("validCheckSum", "dbms", "context", "ignore", "runOrder", "modifySql", "onValidationFail",
                                    "logicalFilePath", "objectQuotingStrategy", "created", "runWith", "runWithSpoolFile",
                                            "preconditions")::contains)
                            .map(key -> changeset + ": " + key))),
            new Rule<>("tag",
                    "The tag is the target of a rollback to the end of a migration and must survive that rollback; a "
                            + "changeset with nothing but a tag would be the one that `rollbackCount=1` rolls back",
                    "no tag; a tag elsewhere, without another change beside it, without `keepTagOnRollback`, or in a "
                            + "changeset that waits for a context or an extension",
                    "`tagDatabase` as the last change of the migration's last changeset, `tag` its number in quotes, `keepTagOnRollback: true`",
                    FileRules::tags));

    private static Rule<Source> rule(String name, String why, String insteadOf, String use, Function<File, Stream<String>> check) {
        return new Rule<>(name, why, insteadOf, use, source -> source.files().stream().flatMap(check));
    }

    private static Stream<String> logicalFilePath(File file) {
        Yaml first = file.root().get("databaseChangeLog").items().stream().findFirst().orElse(file.root());
        String folder = file.path().split("/")[1];
        String name = file.isMigration() ? file.number() : file.name().replace(".yaml", "");
        return first.get("logicalFilePath").is(folder + "/" + name) ? Stream.of() : Stream.of(file.path());
    }

    private static Stream<String> includes(Source source) {
        List<String> places = new ArrayList<>();
        Map<String, List<File>> migrations = source.migrations();
        places.addAll(included(source.main(), migrations.keySet().stream().map(folder -> folder + "/" + Source.MAIN).toList()));
        migrations.forEach((folder, files) -> {
            File main = source.file(source.folder() + folder + "/" + Source.MAIN);
            List<String> parts = files.stream().map(File::name).filter(name -> !name.equals(Source.MAIN)).toList();
            places.addAll(included(main, parts));
            if (main.includes().isEmpty() || !main.includes().get(0).equals(Source.SAFE_CHECKS)) {
                places.add(main.path() + ": does not begin with " + Source.SAFE_CHECKS);
            }
        });
        source.files().stream().filter(file -> file.name().equals(Source.MAIN) ? !file.changesets().isEmpty()
                : !file.entries("include").isEmpty() || !file.isMigration() && !file.changesets().isEmpty())
                .forEach(file -> places.add(file.path() + ": changesets belong in the parts of a migration, includes in its " + Source.MAIN));
        List<String> numbers = migrations.keySet().stream().map(folder -> folder.replaceAll("-.*", "")).toList();
        migrations.keySet().stream().filter(folder -> !folder.matches("\\d{4}-[a-z0-9]+(-[a-z0-9]+)*")
                || numbers.stream().filter(folder.replaceAll("-.*", "")::equals).count() > 1)
                .forEach(folder -> places.add(source.folder() + folder + ": a migration's folder is <number>-<name>, a number each"));
        return places.stream();
    }

    /** Errors of a file that must include exactly these files in this order. */
    private static List<String> included(File file, List<String> wanted) {
        List<String> places = new ArrayList<>();
        List<String> included = file.includes().stream().filter(include -> !include.equals(Source.EXACTLY_ONCE)).toList();
        if (!included.equals(wanted)) {
            places.add(file.path() + ": includes " + included + ", the folder holds " + wanted);
        }
        if (!file.entries("includeAll").isEmpty()
                || file.entries("include").stream().anyMatch(include -> !include.get("relativeToChangelogFile").is("true"))) {
            places.add(file.path() + ": includeAll, or a path that is not relative to the file");
        }
        return places;
    }

    private static Stream<String> guard(Source source) {
        File main = source.main();
        boolean guarded = main.entries("preConditions").stream().anyMatch(conditions -> halts(conditions, "HALT")
                && conditions.all("onSqlOutput").anyMatch(option -> option.is("TEST"))
                && conditions.all("sqlCheck").anyMatch(check -> names(check.get("sql").text(), source)));
        return guarded ? Stream.of() : Stream.of(main.path());
    }

    private static boolean names(String sql, Source source) {
        return source.systems().stream().allMatch(system -> sql.contains("'" + system + "'") != system.equals(source.system()));
    }

    private static boolean halts(Yaml conditions, String how) {
        return conditions.all("onFail").anyMatch(onFail -> onFail.is(how)) && conditions.all("onFailMessage").findAny().isPresent();
    }

    private static Stream<String> exactlyOnce(Source source) {
        File file = source.file(Source.SHARED + "exactly-once.yaml");
        boolean warns = file.entries("preConditions").stream().anyMatch(conditions -> halts(conditions, "WARN")
                && conditions.all("sqlCheck").anyMatch(check -> check.get("expectedResult").is("on")
                        && check.get("sql").text().contains("changelogs.exactly_once")));
        List<String> includes = source.main().includes();
        boolean first = includes.indexOf(Source.EXACTLY_ONCE) == 0 && includes.lastIndexOf(Source.EXACTLY_ONCE) == 0;
        return warns && first ? Stream.of() : Stream.of(file.path());
    }

    private static Stream<String> allowDataLoss(Source source) {
        File main = source.main();
        List<Yaml> properties = main.entries("property").stream().filter(property -> property.get("name").is("allowDataLoss")).toList();
        boolean off = properties.size() == 1 && properties.get(0).get("value").is("false") && properties.get(0).get("global").is("true");
        return off ? Stream.of() : Stream.of(main.path());
    }

    private static Stream<String> layout(File file) {
        List<String> places = new ArrayList<>();
        String text = file.text();
        if (!text.endsWith("\n") || text.endsWith("\n\n")) {
            places.add(file.path() + ": its end");
        }
        List<String> lines = file.lines();
        IntStream.range(0, lines.size()).filter(i -> lines.get(i).contains("\t") || lines.get(i).matches(".*\\s"))
                .forEach(i -> places.add(line(file, i)));
        file.root().all().filter(Yaml::exists).forEach(piece -> piece.children()
                .filter(child -> (child.isMapping() || child.isList()) && !isFlow(child))
                .filter(child -> child.indent() != piece.indent() + 2)
                .forEach(child -> places.add(line(file, child.line()))));
        for (Changeset changeset : file.changesets()) {
            int above = changeset.yaml().line() - 2;
            while (above > 0 && lines.get(above).strip().startsWith("#")) {
                above--;
            }
            if (above < 1 || !lines.get(above).isEmpty() || lines.get(above - 1).isEmpty()) {
                places.add(line(file, changeset.yaml().line() - 1));
            }
        }
        return places.stream();
    }

    private static String line(File file, int line) {
        return file.path() + ", line " + (line + 1);
    }

    private static boolean isFlow(Yaml piece) {
        return piece.node() instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW;
    }

    private static Stream<String> blockStyle(File file) {
        Set<Node> columns = file.root().all("column").filter(column -> column.lines() <= 2)
                .flatMap(Yaml::all).map(Yaml::node).collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        Stream<String> columnsInBlocks = file.changesets().stream().flatMap(changeset -> changeset.yaml().all("column"))
                .filter(column -> !isFlow(column)).map(file::at);
        return Stream.concat(columnsInBlocks, file.root().all()
                .filter(piece -> piece.node().getAnchor() != null
                        || piece.keys().stream().distinct().count() < piece.keys().size()
                        || isFlow(piece) && !columns.contains(piece.node()) && !(piece.keys().isEmpty() && piece.items().isEmpty()))
                .map(file::at));
    }

    private static Stream<String> longFiles(Source source) {
        return Stream.concat(
                source.files().stream().filter(file -> file.lines().size() - 1 > YAML_LINES).map(file -> file.path() + ": " + (file.lines().size() - 1)),
                source.sqlFiles().entrySet().stream().filter(file -> file.getValue().lines().count() > SQL_LINES)
                        .map(file -> file.getKey() + ": " + file.getValue().lines().count()));
    }

    private static Stream<String> longChangesets(Source source) {
        Map<Changeset, Integer> lengths = new LinkedHashMap<>();
        source.files().forEach(file -> file.changesets().forEach(changeset -> lengths.put(changeset, file.length(changeset))));
        List<String> places = new ArrayList<>();
        lengths.forEach((changeset, length) -> {
            if (length > CHANGESET_LINES) {
                places.add(changeset + ": " + length);
            }
        });
        List<String> beyondScreen = lengths.entrySet().stream().filter(entry -> entry.getValue() > SCREEN_LINES)
                // A list of names grows with the migration and cannot be split.
                .filter(entry -> !entry.getKey().path().endsWith("/" + Source.SAFE_CHECKS))
                .sorted(Map.Entry.<Changeset, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey() + ": " + entry.getValue()).toList();
        if (beyondScreen.size() * 100 > SCREEN_PERCENT * lengths.size()) {
            places.add(beyondScreen.size() + " of " + lengths.size() + " changesets have more than " + SCREEN_LINES + " lines: " + beyondScreen);
        }
        return places.stream();
    }

    private static Stream<String> sqlFileNames(Source source) {
        Stream<String> files = source.sqlFiles().entrySet().stream().filter(file -> !isNamed(source, file.getKey(), file.getValue())).map(Map.Entry::getKey);
        Stream<String> bodies = source.changesets().flatMap(changeset -> changeset.all().filter(change -> change.is("sql"))
                .flatMap(change -> change.statements().stream())
                .filter(statement -> !statement.block() && Sql.has("^create (?:or replace )?(?:function|procedure|view|materialized view) ", statement.code()))
                .map(statement -> changeset + ": " + ChangesetRules.firstLine(statement.raw())));
        return Stream.concat(files, bodies);
    }

    private static boolean isNamed(Source source, String path, String text) {
        List<Sql.Statement> created = Sql.statements(text).stream().filter(statement -> statement.code().startsWith("create ")).toList();
        String name = path.replaceAll("^.*/|\\.sql$", "");
        String kind = path.startsWith(Source.SHARED) || path.matches(".*/\\d{4}-[^/]*/functions/[^/]*")
                ? "or replace function"
                : path.matches(".*/\\d{4}-[^/]*/views/[^/]*") ? "(?:or replace|materialized) view" : "nothing";
        List<String> names = created.stream().flatMap(statement -> Sql.matches("^create " + kind + " \\w+\\.(\\w+)", statement.code()).stream()).toList();
        // Shared SQL may be a do block instead, such as the one that creates schema private.
        return path.startsWith(Source.SHARED) && created.isEmpty()
                || names.size() == created.size() && names.contains(name)
                        && names.stream().allMatch(other -> other.equals(name) || calls(created, name, other) || calls(created, other, name));
    }

    /** Whether one function calls the other, as a public wrapper does. */
    private static boolean calls(List<Sql.Statement> created, String one, String other) {
        return created.stream().anyMatch(statement -> Sql.has("^create or replace function \\w+\\." + one + "\\(", statement.code())
                && statement.raw().contains("." + other + "("));
    }

    private static Stream<String> keyOrder(File file) {
        return file.changesets().stream().flatMap(changeset -> Stream.of(
                disordered(Stream.of(changeset.yaml()), CHANGESET),
                disordered(changeset.yaml().all("createTable"), TABLE),
                disordered(Stream.of("createTable", "addColumn").flatMap(changeset.yaml()::all)
                        .flatMap(table -> table.get("columns").items().stream()).map(item -> item.get("column")), COLUMN))
                .flatMap(it -> it)
                .map(key -> changeset + ": " + key));
    }

    /** The first key of each mapping that follows a key which it should precede. */
    private static Stream<String> disordered(Stream<Yaml> mappings, List<String> order) {
        return mappings.flatMap(mapping -> {
            int last = -1;
            for (String key : mapping.keys()) {
                int rank = order.indexOf(key.startsWith("default") ? "default" : key);
                if (rank >= 0 && rank < last) {
                    return Stream.of(key);
                }
                last = Math.max(last, rank);
            }
            return Stream.of();
        });
    }

    private static Stream<String> tags(Source source) {
        return source.migrations().values().stream().flatMap(files -> {
            List<Changeset> changesets = files.stream().flatMap(file -> file.changesets().stream()).toList();
            return changesets.isEmpty() ? Stream.of() : tags(changesets, changesets.get(changesets.size() - 1));
        });
    }

    private static Stream<String> tags(List<Changeset> changesets, Changeset last) {
        return changesets.stream()
                .filter(changeset -> changeset == last ? !tags(last, last.number()) || waits(last) : isTagged(changeset.changes()))
                .map(Changeset::toString);
    }

    /** Whether a run may skip the changeset. */
    private static boolean waits(Changeset changeset) {
        return changeset.yaml().get("contextFilter").exists() || changeset.yaml().get("labels").exists() || changeset.onFail().equals("CONTINUE");
    }

    private static boolean isTagged(Collection<Source.Change> changes) {
        return changes.stream().anyMatch(change -> change.is("tagDatabase"));
    }

    private static boolean tags(Changeset changeset, String number) {
        List<Source.Change> changes = changeset.changes();
        if (changes.size() < 2 || isTagged(changes.subList(0, changes.size() - 1))) {
            return false;
        }
        Source.Change tag = changes.get(changes.size() - 1);
        return tag.is("tagDatabase") && tag.yaml().get("tag").isText() && tag.get("tag").equals(number)
                && tag.get("keepTagOnRollback").equals("true");
    }
}
