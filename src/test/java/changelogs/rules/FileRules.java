package changelogs.rules;

import changelogs.rules.Source.Changeset;
import changelogs.rules.Source.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;

/** The shape of a system's folder, and of each file in it. */
final class FileRules {

    private static final List<String> CHANGESET = List.of("id", "author", "labels", "contextFilter", "runInTransaction", "comment",
            "preConditions", "changes", "rollback");
    private static final List<String> TABLE = List.of("schemaName", "tableName", "remarks", "columns");
    private static final List<String> COLUMN = List.of("name", "type", "default", "remarks", "constraints");

    private FileRules() {
    }

    static final List<Rule<Source>> ALL = List.of(
            rule("file-comment",
                    "Whoever opens a migration wants to know first what it is for",
                    "a file that begins with `databaseChangeLog:`",
                    "a comment in the first line, one sentence",
                    file -> Stream.of(file).filter(it -> !it.text().startsWith("# ")).map(File::path)),
            rule("logical-file-path",
                    "The path is part of a changeset's identity: without a path of its own, a file that moves runs again",
                    "no `logicalFilePath`, or that of another file",
                    "`- logicalFilePath: changelog/<system>/<file>` as the first entry",
                    FileRules::logicalFilePath),
            new Rule<>("includes",
                    "A file that is not included never runs, and one out of order runs on what is not there yet",
                    "`includeAll`, a path from the root, a file left out or out of order",
                    "an `include` a file, by number, with `relativeToChangelogFile: true`; `exactly-once.yaml` first",
                    FileRules::includes),
            new Rule<>("wrong-database-guard",
                    "Systems have tables of the same names; the changelog of one must not run on the database of another",
                    "a guard in a changeset, which holds once, or one that forgets a system",
                    "preconditions of `changelog.yaml` with `onFail: HALT` and a message, and a `sqlCheck` that names every other system",
                    FileRules::guard),
            new Rule<>("exactly-once",
                    "Without the extension a run that is killed may leave a change without its row in the log, and the next run fails",
                    "a changelog that does not say so",
                    "`exactly-once.yaml`, included first: preconditions with `onFail: WARN` that look at `changelogs.exactly_once`",
                    FileRules::exactlyOnce),
            new Rule<>("allow-data-loss-off",
                    "A rollback may lose data only where someone asked for it in that very run",
                    "no property `allowDataLoss`, or one that is true",
                    "the property in `changelog.yaml`, `value: \"false\"` and `global: true`; `-DallowDataLoss=true` in the run",
                    FileRules::allowDataLoss),
            rule("yaml-layout",
                    "One layout makes a diff show what changed",
                    "tabs, CR, blanks at the end of a line, other indents, no or several blank lines between changesets",
                    "two spaces, LF, a newline at the end, one blank line before each changeset",
                    FileRules::layout),
            rule("yaml-block-style",
                    "Braces, anchors and keys given twice hide what a changeset says",
                    "`{…}`, `[…]`, `&name`, `*name`, the same key twice",
                    "block style, written out; only `{}` after `empty:`",
                    FileRules::blockStyle),
            rule("unknown-key",
                    "Liquibase passes over a key that it does not know, without a word, and over `constraints.checkConstraint`",
                    "a misspelt key, a key of another change type, `checkConstraint`",
                    "the change type's own keys; a check as `sql`",
                    file -> LiquibaseKeys.unknown(file).stream()),
            rule("key-order",
                    "One order lets the eye find what it looks for",
                    "keys in any order",
                    "changeset: id, author, labels or contextFilter, runInTransaction, comment, preConditions, changes, rollback; "
                            + "table: schemaName, tableName, remarks, columns; column: name, type, default…, remarks, constraints",
                    FileRules::keyOrder),
            rule("unused-key",
                    "Some keys of Liquibase change what was released, or when it runs, behind the reader's back",
                    "`validCheckSum`, `dbms`, `context`, `ignore`, `runOrder`, `modifySql`, `onValidationFail`, `logicalFilePath` in a changeset",
                    "a new changeset; `contextFilter` or `labels`",
                    file -> file.changesets().stream().flatMap(changeset -> changeset.yaml().keys().stream()
                            .filter(List.of("validCheckSum", "dbms", "context", "ignore", "runOrder", "modifySql", "onValidationFail",
                                    "logicalFilePath", "objectQuotingStrategy", "created", "runWith", "runWithSpoolFile",
                                            "preconditions")::contains)
                            .map(key -> changeset + ": " + key))),
            rule("tag",
                    "A migration is a target for rollbacks, more than once; a changeset for the tag alone is what `rollbackCount=1` would take back",
                    "no tag, one elsewhere, one without a change beside it, or without `keepTagOnRollback`",
                    "`tagDatabase` as the last change of the migration's last changeset, `tag` its number in quotes, `keepTagOnRollback: true`",
                    FileRules::tag));

    private static Rule<Source> rule(String name, String why, String insteadOf, String use, Function<File, Stream<String>> check) {
        return new Rule<>(name, why, insteadOf, use, source -> source.files().stream().flatMap(check));
    }

    private static Stream<String> logicalFilePath(File file) {
        Yaml first = file.root().get("databaseChangeLog").items().stream().findFirst().orElse(file.root());
        return first.get("logicalFilePath").is(file.path()) ? Stream.of() : Stream.of(file.path());
    }

    private static Stream<String> includes(Source source) {
        File main = source.file(Source.MAIN);
        List<String> wanted = Stream.concat(Stream.of(Source.EXACTLY_ONCE),
                source.files().stream().map(File::name).filter(name -> !name.equals(Source.MAIN)
                        && !name.equals(Source.EXACTLY_ONCE)).sorted())
                .toList();
        List<String> included = main.entries("include").stream().map(include -> include.get("file").text()).toList();
        List<String> places = new ArrayList<>();
        if (!included.equals(wanted)) {
            places.add(main.path() + ": includes " + included + ", the folder holds " + wanted);
        }
        if (!main.entries("includeAll").isEmpty()
                || main.entries("include").stream().anyMatch(include -> !include.get("relativeToChangelogFile").is("true"))) {
            places.add(main.path());
        }
        source.files().stream().filter(file -> !file.name().equals(Source.MAIN))
                .filter(file -> !file.entries("include").isEmpty() || !file.entries("includeAll").isEmpty())
                .forEach(file -> places.add(file.path()));
        List<String> numbers = source.files().stream().filter(File::isMigration).map(File::number).toList();
        source.files().stream().filter(file -> !file.changesets().isEmpty())
                .filter(file -> !file.isMigration() || numbers.stream().filter(file.number()::equals).count() > 1)
                .forEach(file -> places.add(file.path() + ": a migration's file is <number>-<name>.yaml, a number each"));
        return places.stream();
    }

    private static Stream<String> guard(Source source) {
        File main = source.file(Source.MAIN);
        boolean guarded = main.entries("preConditions").stream().anyMatch(conditions -> halts(conditions, "HALT")
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
        File file = source.file(Source.EXACTLY_ONCE);
        boolean warns = file.entries("preConditions").stream().anyMatch(conditions -> halts(conditions, "WARN")
                && conditions.all("sqlCheck").anyMatch(check -> check.get("expectedResult").is("on")
                        && check.get("sql").text().contains("changelogs.exactly_once")));
        List<Yaml> includes = source.file(Source.MAIN).entries("include");
        boolean first = !includes.isEmpty() && includes.get(0).get("file").is(Source.EXACTLY_ONCE);
        return warns && first ? Stream.of() : Stream.of(file.path());
    }

    private static Stream<String> allowDataLoss(Source source) {
        File main = source.file(Source.MAIN);
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
        return file.root().all().filter(Yaml::exists)
                .filter(piece -> piece.node().getAnchor() != null
                        || piece.keys().stream().distinct().count() < piece.keys().size()
                        || isFlow(piece) && !(piece.keys().isEmpty() && piece.items().isEmpty()))
                .map(file::at);
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

    /** The first key of each mapping that stands behind one it should precede. */
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

    private static Stream<String> tag(File file) {
        List<Changeset> changesets = file.changesets();
        if (changesets.isEmpty()) {
            return Stream.of();
        }
        Changeset last = changesets.get(changesets.size() - 1);
        return changesets.stream().filter(changeset -> changeset == last ? !tags(last, file.number()) : isTagged(changeset.changes()))
                .map(Changeset::toString);
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
