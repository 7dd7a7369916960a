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

/** Rules for a single changeset: its id, comment and SQL. */
final class ChangesetRules {

    /** Index features that Liquibase's createIndex cannot express. */
    private static final String SPECIAL_INDEX = " where | desc\\b| nulls | using (?!btree)|\\binclude \\(|\\bconcurrently\\b|\\((?:.*[( ,])?\\w+\\(|\\(\\(|_ops\\b|\\bwith \\(| collate ";

    /** SQL for which Liquibase has a change type, and the allowed exceptions. */
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
                    "The id shows in the log which migration a changeset belongs to; YAML reads an id like `010` as the number 8",
                    "a bare number, a date, another migration's number",
                    "the number of the migration and the object: `0002-action-events`",
                    changeset -> !changeset.yaml().get("id").isText()
                            || !changeset.id().matches(changeset.number() + "-[a-z0-9]+(-[a-z0-9]+)*")),
            new Rule<>("unique-id",
                    "The id alone should identify a changeset",
                    "an id that occurs twice in a system",
                    "an id that is unique in the system",
                    source -> repeated(source).stream()),
            new Rule<>("changeset-author",
                    "The wrong-database guard recognizes a system's rows in the log by their author",
                    "a person's name",
                    "the system's name",
                    source -> source.changesets().filter(changeset -> !changeset.yaml().get("author").is(source.system()))
                            .map(Changeset::toString)),
            rule("changeset-comment",
                    "A diff shows what changes; only a comment can say why",
                    "no `comment`",
                    "one imperative sentence, and the reason where it is not obvious",
                    changeset -> changeset.yaml().get("comment").text().isBlank()),
            places("remarks",
                    "A column's meaning, its unit, the meaning of null and its writer are documented nowhere else",
                    "a table or column without `remarks`",
                    "`remarks` on each, which say more than the name",
                    ChangesetRules::remarks),
            rule("missing-rollback",
                    "A changeset without a rollback blocks the rollback of all earlier ones; an empty `rollback:` \"succeeds\" and leaves the table in place",
                    "no `rollback`, or an empty one, even where Liquibase could derive it",
                    "a list of steps that undo the changes, in reverse order",
                    changeset -> changeset.rollback().isEmpty() && !isText(changeset.yaml().get("rollback"))),
            rule("rollback-list",
                    "Liquibase splits a rollback that is a string at each semicolon, even inside function bodies",
                    "`rollback: drop …`",
                    "`rollback:` with a list of `- sql:` or structured changes",
                    changeset -> isText(changeset.yaml().get("rollback"))),
            new Rule<>("empty-rollback-reason",
                    "A rollback that does nothing looks like a forgotten one",
                    "`- empty: {}` without a reason, or beside other steps",
                    "a YAML comment directly above it that says why there is nothing to undo",
                    source -> source.files().stream().flatMap(file -> file.changesets().stream()
                            .filter(changeset -> emptyWithoutReason(file, changeset)).map(Changeset::toString))),
            rule("on-fail",
                    "The effect of a failed precondition must be stated; with WARN, the change is applied anyway",
                    "no `onFail`, or WARN",
                    "`onFail: HALT`, or CONTINUE for a changeset that should stay pending",
                    changeset -> changeset.yaml().get("preConditions").exists()
                            && !List.of("HALT", "CONTINUE", "MARK_RAN").contains(changeset.onFail())),
            rule("halt-message",
                    "The message is all that an operator sees when a run stops",
                    "HALT or CONTINUE without `onFailMessage`",
                    "a message that names the object and the next step",
                    changeset -> List.of("HALT", "CONTINUE").contains(changeset.onFail())
                            && changeset.yaml().get("preConditions").all("onFailMessage").allMatch(message -> message.text().isBlank())),
            rule("sql-output",
                    "By default `updateSQL` does not test preconditions, so its file would contain changesets that `update` skips, and would fail in psql",
                    "CONTINUE or MARK_RAN without `onSqlOutput`",
                    "`onSqlOutput: TEST`, and a query that holds before the changesets above it have run",
                    changeset -> List.of("CONTINUE", "MARK_RAN").contains(changeset.onFail())
                            && changeset.yaml().get("preConditions").all("onSqlOutput").noneMatch(option -> option.is("TEST"))),
            rule("rows-do-not-halt",
                    "Clients write rows, and one implausible row must not stop the update for everyone",
                    "a precondition with HALT that reads rows of a table in `public`, `private` or `auth`",
                    "a precondition on the catalog; if the change depends on rows, SQL that clamps or skips implausible values, and a line in `verify.sql` that counts them",
                    changeset -> changeset.onFail().equals("HALT") && changeset.yaml().get("preConditions").all("sql")
                            .anyMatch(sql -> Sql.has("\\b(?:from|join) (?:only )?(?:public|private|auth)\\.", sql.text().replaceAll("\\s+", " ")))),
            new Rule<>("no-mark-ran",
                    "Liquibase also rolls back changesets that it only marked as run, which drops objects that the product created",
                    "`onFail: MARK_RAN`",
                    "HALT; or a rollback that consists only of `drop … if exists` for names that end in `_<system>`, which no product uses",
                    source -> source.changesets().filter(changeset -> changeset.onFail().equals("MARK_RAN") && !dropsOnlyOwn(source, changeset))
                            .map(Changeset::toString)),
            rule("no-run-always",
                    "The changeset moves to the end of the order with each update, so `rollbackCount=1` rolls it back first",
                    "`runAlways`",
                    "a changeset that runs once; a function for repeated work",
                    changeset -> changeset.yaml().get("runAlways").exists()),
            rule("no-run-on-change",
                    "A released changeset must not change",
                    "`runOnChange`",
                    "a new changeset, whose rollback restores the earlier body",
                    changeset -> changeset.yaml().get("runOnChange").exists()),
            rule("no-fail-on-error",
                    "An ignored failure leaves a changeset half done without a trace in the log",
                    "`failOnError`",
                    "a precondition",
                    changeset -> changeset.yaml().get("failOnError").exists()),
            new Rule<>("known-change",
                    "The rules cannot read what these changes do; another system's file may change for other reasons",
                    "`createProcedure`, `executeCommand`, `customChange`, `dropAllForeignKeyConstraints`, `output`, `stop`; a `sqlFile` in any other place",
                    "structured changes, `sql`, or a `sqlFile` in the system's own migrations or `changelog/shared/`, with `relativeToChangelogFile: true`",
                    source -> source.changesets().flatMap(changeset -> changeset.all().filter(change -> isUnknown(source, change))
                            .map(change -> changeset + ": " + change.type()))),

            places("structured-change",
                    "Liquibase validates structured changes and stores their remarks",
                    "SQL that creates or drops a table, plain index, column, key or foreign key",
                    "`createTable`, `createIndex`, `addColumn`, `addForeignKeyConstraint`, `addUniqueConstraint`, `dropTable` …; "
                            + "`sql` for what they cannot express (partial, descending, on an expression, GIN, HNSW, concurrently, not valid)",
                    ChangesetRules::plain),
            new Rule<>("literal-sql",
                    "Folded style joins the lines, so a `--` comment swallows the rest of the statement",
                    "SQL under `>`, in quotes or on the same line as its key",
                    "`|-`, or an SQL file",
                    source -> sql(source, ChangesetRules::isNotLiteral)),
            new Rule<>("sql-layout",
                    "With one layout, a diff shows only real changes",
                    "upper-case keywords, other indentation; in SQL files also tabs, CR, trailing blanks",
                    "lower case, 4 spaces, one clause per line",
                    source -> Stream.concat(sql(source, (file, sql) -> isUntidy(sql.text())),
                            source.sqlFiles().entrySet().stream().filter(file -> isUntidy(file.getValue()) || isUntidyFile(file.getValue()))
                                    .map(Map.Entry::getKey))),
            places("split-statements",
                    "Liquibase splits SQL at each semicolon, even inside function bodies; unsplit statements also take one round trip together",
                    "a `sqlFile`, `$$` or several statements without `splitStatements: false`",
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

    /** All SQL of all files, including preconditions. */
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
