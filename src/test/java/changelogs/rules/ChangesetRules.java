package changelogs.rules;

import changelogs.rules.Source.Change;
import changelogs.rules.Source.Changeset;
import changelogs.rules.Source.File;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** How a changeset is written: its name, its words, its SQL. */
final class ChangesetRules {

    /** What structured index types cannot say. */
    private static final String SPECIAL_INDEX = " where | desc\\b| nulls | using (?!btree)|\\binclude \\(|\\bconcurrently\\b|\\((?:.*[( ,])?\\w+\\(|\\(\\(|_ops\\b|\\bwith \\(| collate ";

    /** SQL for which Liquibase has a change type, and what excuses it. */
    private static final List<Plain> PLAIN = List.of(
            new Plain("\\bcreate (?:unlogged )?table ", "partition |generated always as \\("),
            new Plain("\\bcreate (?:unique )?index ", SPECIAL_INDEX),
            new Plain("\\bcreate sequence ", "owned by| cache | as "),
            new Plain("\\badd column ", "generated always as \\("),
            new Plain("\\badd (?:constraint \\S+ )?foreign key ", "not valid|set (?:null|default) \\(|match full"),
            new Plain("\\badd (?:constraint \\S+ )?(?:unique|primary key) ?\\(", "nulls not distinct|include \\("),
            new Plain("^drop table ", "if exists"),
            new Plain("^drop index ", "if exists|concurrently"),
            new Plain("^alter table \\S+ drop column ", "if exists"));

    private ChangesetRules() {
    }

    static final List<Rule<Source>> ALL = List.of(
            rule("changeset-id",
                    "The id says where a changeset belongs, in the log too; an id like `010` is a number to YAML and becomes 8",
                    "a bare number, a date, another migration's number",
                    "the number of the file and the thing: `0002-action-events`",
                    changeset -> !changeset.yaml().get("id").isText()
                            || !changeset.id().matches(changeset.number() + "-[a-z0-9]+(-[a-z0-9]+)*")),
            new Rule<>("unique-id",
                    "People name a changeset by its id",
                    "an id that another file has too",
                    "an id of its own in the system",
                    source -> repeated(source).stream()),
            new Rule<>("changeset-author",
                    "The wrong-database guard knows a system's rows in the log by their author",
                    "a person's name",
                    "the system's name",
                    source -> source.changesets().filter(changeset -> !changeset.yaml().get("author").is(source.system()))
                            .map(Changeset::toString)),
            rule("changeset-comment",
                    "The diff shows what; only words show why",
                    "no `comment`",
                    "one imperative sentence, and why where that is not plain",
                    changeset -> changeset.yaml().get("comment").text().isBlank()),
            places("remarks",
                    "A column's meaning, its unit, what null means and who writes it stand nowhere else",
                    "a table or column without `remarks`",
                    "`remarks` on each; never the name again",
                    ChangesetRules::remarks),
            rule("missing-rollback",
                    "A changeset that cannot be taken back stops every rollback behind it; `rollback:` left empty \"succeeds\" and leaves the table",
                    "no `rollback`, or an empty one, also where Liquibase could derive it",
                    "a list of what undoes the changes, in reverse order",
                    changeset -> changeset.rollback().isEmpty() && !isText(changeset.yaml().get("rollback"))),
            rule("rollback-list",
                    "A rollback that is one string is split at each semicolon, within function bodies too",
                    "`rollback: drop …`",
                    "`rollback:` and below it `- sql:` or structured changes",
                    changeset -> isText(changeset.yaml().get("rollback"))),
            new Rule<>("empty-rollback-reason",
                    "A rollback that does nothing looks like one that was forgotten",
                    "`- empty: {}` by itself, or beside other steps",
                    "a YAML comment right above it that says why nothing is left to undo",
                    source -> source.files().stream().flatMap(file -> file.changesets().stream()
                            .filter(changeset -> emptyWithoutReason(file, changeset)).map(Changeset::toString))),
            rule("on-fail",
                    "What happens when a precondition fails is a decision; WARN goes on and makes the change all the same",
                    "no `onFail`, or WARN",
                    "`onFail: HALT`, or CONTINUE for what is to stay pending",
                    changeset -> changeset.yaml().get("preConditions").exists()
                            && !List.of("HALT", "CONTINUE", "MARK_RAN").contains(changeset.onFail())),
            rule("halt-message",
                    "Whoever is stopped must learn what is missing and what to do",
                    "HALT or CONTINUE without `onFailMessage`",
                    "a message that names the thing and the next step",
                    changeset -> List.of("HALT", "CONTINUE").contains(changeset.onFail())
                            && changeset.yaml().get("preConditions").all("onFailMessage").allMatch(message -> message.text().isBlank())),
            new Rule<>("no-mark-ran",
                    "Liquibase rolls back what it only marked, too: it drops what the product had before",
                    "`onFail: MARK_RAN`",
                    "HALT; or a rollback of nothing but `drop … if exists` of names that end in `_<system>`, which are ours alone",
                    source -> source.changesets().filter(changeset -> changeset.onFail().equals("MARK_RAN") && !dropsOnlyOwn(source, changeset))
                            .map(Changeset::toString)),
            rule("no-run-always",
                    "It moves to the end of the order at each update, so that `rollbackCount=1` takes it back first",
                    "`runAlways`",
                    "a changeset that runs once; a function for what is done again",
                    changeset -> changeset.yaml().get("runAlways").exists()),
            rule("no-run-on-change",
                    "What was released does not change",
                    "`runOnChange`",
                    "a new changeset, whose rollback restores the body before it",
                    changeset -> changeset.yaml().get("runOnChange").exists()),
            rule("no-fail-on-error",
                    "A failure that is passed over leaves a changeset half done and the log saying nothing",
                    "`failOnError`",
                    "a precondition",
                    changeset -> changeset.yaml().get("failOnError").exists()),
            new Rule<>("known-change",
                    "The rules see only what stands in the changelog; a file of another system changes for other reasons",
                    "`createProcedure`, `executeCommand`, `customChange`, `dropAllForeignKeyConstraints`, `output`, `stop`; a `sqlFile` elsewhere",
                    "structured changes by name, `sql`, or a `sqlFile` of the system's own migrations or of `changelog/shared/`, with `relativeToChangelogFile: true`",
                    source -> source.changesets().flatMap(changeset -> changeset.all().filter(change -> isUnknown(source, change))
                            .map(change -> changeset + ": " + change.type()))),

            places("structured-change",
                    "A structured change is checked by Liquibase, and its remarks come with it",
                    "`create table`, a plain index, column, key or foreign key, and their drops, as `sql`",
                    "`createTable`, `createIndex`, `addColumn`, `addForeignKeyConstraint`, `addUniqueConstraint`, `dropTable` …; "
                            + "`sql` for what those cannot say (partial, descending, on an expression, GIN, HNSW, concurrently, not valid)",
                    ChangesetRules::plain),
            new Rule<>("literal-sql",
                    "Folding swallows the line breaks: after a `--` comment the rest of the statement is lost",
                    "SQL under `>`, in quotes or on the line of its key",
                    "`|-`, or an SQL file",
                    source -> sql(source, ChangesetRules::isNotLiteral)),
            new Rule<>("sql-layout",
                    "One layout makes a diff show what changed",
                    "KEYWORDS, other indents; in a file also tabs, CR, blanks at the end of a line",
                    "lower case, 4 spaces, one clause a line",
                    source -> Stream.concat(sql(source, (file, sql) -> isUntidy(sql.text())),
                            source.sqlFiles().entrySet().stream().filter(file -> isUntidy(file.getValue()) || isUntidyFile(file.getValue()))
                                    .map(Map.Entry::getKey))),
            places("split-statements",
                    "Liquibase splits SQL at each semicolon and breaks bodies in half; several statements at once are also one round trip",
                    "`$$`, a file, or more than one statement, without `splitStatements`",
                    "`splitStatements: false`",
                    changeset -> changeset.all()
                            .filter(change -> change.isSql() && !change.get("splitStatements").equals("false"))
                            .filter(change -> change.is("sqlFile") || Sql.has("\\$\\w*\\$", Sql.mask(change.sql(), ' '))
                                    || change.statements().size() > 1)
                            .map(change -> firstLine(change.sql()))));

    private static boolean isUnknown(Source source, Change change) {
        return change.is("sqlFile")
                ? !change.get("relativeToChangelogFile").equals("true") || !source.sqlFiles().containsKey(change.file())
                        || !change.file().startsWith(Source.SHARED) && !change.file().startsWith(source.folder())
                : change.is("createProcedure", "dropProcedure", "executeCommand", "customChange", "dropAllForeignKeyConstraints",
                        "mergeColumns", "output", "stop");
    }

    private record Plain(String pattern, String excuse) {
    }

    private static Rule<Source> rule(String name, String why, String insteadOf, String use, Predicate<Changeset> broken) {
        return new Rule<>(name, why, insteadOf, use, source -> source.changesets().filter(broken).map(Changeset::toString));
    }

    private static Rule<Source> places(String name, String why, String insteadOf, String use, Function<Changeset, Stream<String>> check) {
        return new Rule<>(name, why, insteadOf, use,
                source -> source.changesets().flatMap(changeset -> check.apply(changeset).map(place -> changeset + ": " + place)));
    }

    static String firstLine(String sql) {
        return sql.lines().findFirst().orElse("").strip();
    }

    private static List<String> repeated(Source source) {
        return source.changesets().collect(Collectors.groupingBy(Changeset::id)).values().stream()
                .filter(same -> same.size() > 1).map(same -> same.get(1).toString()).toList();
    }

    private static Stream<String> remarks(Changeset changeset) {
        return changeset.changes().stream().filter(change -> change.is("createTable", "addColumn")).flatMap(change -> Stream.concat(
                change.is("createTable") && change.get("remarks").isBlank() ? Stream.of(change.get("tableName")) : Stream.of(),
                change.columns().stream().filter(column -> column.get("remarks").text().isBlank())
                        .map(column -> change.get("tableName") + "." + column.get("name").text())));
    }

    private static boolean isText(Yaml yaml) {
        return yaml.isScalar() && !yaml.text().isBlank();
    }

    private static boolean emptyWithoutReason(File file, Changeset changeset) {
        List<Yaml> steps = changeset.yaml().get("rollback").items();
        List<Yaml> empty = steps.stream().filter(step -> step.keys().contains("empty")).toList();
        return !empty.isEmpty() && (steps.size() > 1
                || !file.lines().get(empty.get(0).line() - 1).strip().startsWith("# "));
    }

    private static boolean dropsOnlyOwn(Source source, Changeset changeset) {
        return !changeset.rollback().isEmpty() && changeset.rollback().stream().allMatch(change -> change.isSql()
                && change.statements().stream().map(Sql.Statement::code).allMatch(code -> Sql.has("^(?:set|reset) ", code)
                        || Sql.matches("^drop (?:index|function|trigger|policy|view) (?:concurrently )?if exists (" + Sql.NAME + ")", code)
                                .stream().anyMatch(source::isOwn)));
    }

    private static Stream<String> plain(Changeset changeset) {
        return changeset.all().flatMap(change -> change.statements().stream())
                .map(Sql.Statement::code)
                .filter(code -> PLAIN.stream().anyMatch(plain -> Sql.has(plain.pattern(), code) && !Sql.has(plain.excuse(), code)))
                .map(code -> code.substring(0, Math.min(80, code.length())));
    }

    private interface SqlCheck {
        boolean fails(File file, Yaml sql);
    }

    /** All SQL of all files, that of preconditions too. */
    private static Stream<String> sql(Source source, SqlCheck check) {
        return source.files().stream().flatMap(file -> file.root().all("sql")
                .filter(Yaml::isScalar).filter(sql -> check.fails(file, sql)).map(file::at));
    }

    private static boolean isNotLiteral(File file, Yaml sql) {
        return ((ScalarNode) sql.node()).getScalarStyle() != ScalarStyle.LITERAL
                || !file.lines().get(sql.line()).substring(sql.indent()).equals("|-");
    }

    private static boolean isUntidyFile(String sql) {
        return !sql.endsWith("\n") || sql.endsWith("\n\n") || sql.startsWith("\n") || Sql.has("[\t\r]| \n|\n\n\n", sql);
    }

    private static boolean isUntidy(String sql) {
        String code = Sql.mask(sql, '-').replaceAll("\\$\\{\\w+\\}", "");
        return Sql.has("[A-Z]", code) || code.lines().anyMatch(line -> !line.isBlank()
                && (line.length() - line.stripLeading().length()) % 4 != 0);
    }
}
