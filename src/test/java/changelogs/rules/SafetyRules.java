package changelogs.rules;

import changelogs.rules.Source.Change;
import changelogs.rules.Source.Changeset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for changesets that run on a database in use. */
final class SafetyRules {

    private static final String N = Sql.NAME;
    private static final Set<String> API = Set.of("public", "anon", "authenticated", "service_role");

    private static final Pattern REVOKE = Pattern.compile("\\brevoke (?:all|execute)(?: privileges)? on "
            + "(?:table |function |procedure |routine |sequence )?([^;]*?) from ([^;]*)");
    private static final Pattern REFUSAL = Pattern.compile(
            "private\\.refuse_data_loss\\(\\s*'([^']+)'\\s*,\\s*'\\$\\{allowDataLoss\\}'(?:\\s*,\\s*'([^']+)')?\\s*\\)");
    private static final Pattern DROP = Pattern.compile("\\bdrop (?:table|view|materialized view|function|procedure|type|domain|sequence|schema"
            + "|index|trigger|policy|constraint|column|extension) (?:concurrently )?(?:if exists )?(" + N + ")");

    /**
     * Cascading drops of a function with its own trigger, after a check that nothing else depends on it; needed where the trigger's table
     * has another owner.
     */
    static final Set<String> TAKE_ALONG = Set.of(
            "drop function private.handle_new_user() cascade;",
            "drop function private.sync_profile_email() cascade;");

    /** Patterns of statements that lock a table, with its name. */
    private static final List<String> LOCKED = List.of(
            "\\balter table (?:if exists )?(?:only )?(" + N + ")",
            "\\b(?:create|drop|alter) (?:or replace )?(?:constraint )?(?:trigger|policy) (?:if exists )?" + N + " [^;]*?\\bon (" + N + ")",
            "\\b(?:create|drop|alter) (?:or replace )?(?:constraint )?(?:trigger|policy) (?:if exists )?" + N + " on (" + N + ")",
            "\\bcreate (?:unique )?index (?:concurrently )?(?:if not exists )?(?:" + N + " )?on (?:only )?(" + N + ")",
            "^(?!grant |revoke ).*?\\breferences (" + N + ")");

    /** Patterns of statements that name an object with a schema. */
    private static final List<String> NAMED = List.of(
            "\\bcreate (?:or replace )?(?:unlogged )?(?:table|view|materialized view|function|procedure|aggregate|type|domain|sequence) "
                    + "(?:if not exists )?(" + N + ")",
            "\\b(?:alter|drop) (?:table|view|materialized view|function|procedure|aggregate|type|domain|sequence|index) "
                    + "(?:concurrently )?(?:if exists )?(?:only )?(" + N + ")",
            "\\bcomment on (?:table|view|materialized view|function|procedure|aggregate|type|domain|sequence|index) (" + N + ")",
            "\\bcomment on (?:trigger|policy|constraint) " + N + " on (" + N + ")",
            LOCKED.get(1), LOCKED.get(2), LOCKED.get(3), LOCKED.get(4),
            "\\bexecute (?:function|procedure) (" + N + ")",
            "\\binsert into (" + N + ")",
            "\\bdelete from (?:only )?(" + N + ")",
            "\\bupdate (?:only )?(" + N + ")(?: as \\w+)? set ",
            "^truncate (?:table )?(?:only )?(" + N + ")",
            "^(?:analyze|lock table|refresh materialized view(?: concurrently)?) (" + N + ")");

    /** Keys of structured changes that name an object, and the keys of its schema. */
    private static final Map<String, String> SCHEMA_OF = Map.of(
            "tableName", "schemaName", "viewName", "schemaName", "sequenceName", "schemaName", "indexName", "schemaName",
            "baseTableName", "baseTableSchemaName", "referencedTableName", "referencedTableSchemaName",
            "oldTableName", "schemaName", "oldViewName", "schemaName", "oldSequenceName", "schemaName");

    private SafetyRules() {
    }

    static final List<Rule<Source>> ALL = List.of(
            rule("row-security-with-table",
                    "A hosted project may grant each new table in `public` to the API roles, so it is readable until row level security is enabled",
                    "row level security in a later changeset than the table",
                    "`alter table … enable row level security` in the changeset that creates the table",
                    (source, changeset) -> created(changeset, "table").filter(table -> changeset.changes().stream().flatMap(Change::code)
                            .noneMatch(code -> Sql.has("\\balter table (?:only )?" + Pattern.quote(table) + " enable row level security",
                                    code)))),
            rule("default-grants-revoked",
                    "A hosted project may grant all privileges on new objects in `public` to the API roles, and every role may execute new functions",
                    "a table, view, sequence or function whose default privileges are revoked later",
                    "`revoke all on … from public, anon, authenticated, service_role` in the same changeset (for a function "
                            + "in another schema: `from public`)",
                    SafetyRules::openWhenCreated),
            rule("create-in-transaction",
                    "Outside a transaction, a table is visible before the statement that revokes its default privileges",
                    "a table, view or function in a changeset with `runInTransaction: false`",
                    "a separate changeset that runs in a transaction",
                    (source, changeset) -> changeset.inTransaction() ? Stream.of()
                            : created(changeset, "table", "view", "materialized view", "function", "procedure", "sequence")),
            new Rule<>("must-not-exist",
                    "A migration whose objects exist already, or whose requirements are missing, must stop before it changes "
                            + "anything and name all of them",
                    "an object that the migration creates and `safe-checks.yaml` does not list under `in the way`; one that "
                            + "it uses and the file does not list under `missing`; "
                            + "a listed name that it neither creates nor uses",
                    "both lists in `safe-checks.yaml`, with `onFail: HALT` and a message that names `changelogSync`; a "
                            + "second check with the same condition for changesets that wait for a context or an extension; "
                            + "a do block that creates a shared object only where it is absent",
                    SafeChecks::differences),
            rule("no-if-not-exists",
                    "`if not exists` accepts any object of that name, and the rollback then drops it",
                    "`create … if not exists`, `ifNotExists`, `replaceIfExists`",
                    "the migration's safe check; `if not exists` only for extensions, and for indexes built concurrently "
                            + "on the changelog's own tables or whose name ends in `_<system>`",
                    (source, changeset) -> changeset.changes().stream().filter(change -> change.get("ifNotExists").equals("true")
                            || change.get("replaceIfExists").equals("true")
                            || change.code().anyMatch(code -> Sql.has("\\b(?:create (?!extension )[a-z ]+|add column) if not exists ", code)
                                    && concurrentIndexes(code).noneMatch(source::isOwn)
                                    && concurrentlyIndexed(code).noneMatch(source.tables()::contains)))
                            .map(Change::type)),
            rule("replace-restores",
                    "After a rollback, a replaced function or view must have its earlier body",
                    "a rollback that drops the replaced function or view, or repeats its earlier body",
                    "the new body in a file of the later migration, and a rollback with a `sqlFile` that names the earlier file",
                    SafetyRules::withoutEarlierBody),
            rule("rollback-own",
                    "A rollback must not drop what another changeset or the product created, because no update would restore it",
                    "a drop of an object that the changeset does not create",
                    "the drop in the rollback of the changeset that creates the object",
                    SafetyRules::dropsOfOthers),
            rule("no-cascade",
                    "CASCADE also drops dependent objects, such as views and policies, that other changesets created",
                    "`cascade`, `cascadeConstraints`",
                    "drops by name, in reverse order",
                    (source, changeset) -> changeset.all()
                            .filter(change -> !change.get("cascadeConstraints").isEmpty()
                                    || change.code().anyMatch(code -> Sql.has("(?<!on delete |on update )\\bcascade\\b", code)
                                            && TAKE_ALONG.stream().noneMatch(code::contains)))
                            .map(Change::type)),
            rule("refuse-data-loss",
                    "A rollback must not lose data unless the user asks for it",
                    "a rollback with `dropTable` or `dropColumn` alone",
                    "before it, `select private.refuse_data_loss('<schema>.<table>', '${allowDataLoss}')`; for a column its "
                            + "name as the third argument",
                    (source, changeset) -> withoutDataLossCheck(changeset)),
            rule("qualified-name",
                    "The search path decides what an unqualified name means, and it differs between roles",
                    "`create table notes`, a structured change without its `schemaName`",
                    "`public.notes`; `schemaName`, `baseTableSchemaName`, `referencedTableSchemaName`",
                    (source, changeset) -> changeset.all().flatMap(SafetyRules::unqualified)),
            rule("on-delete",
                    "What happens to rows whose parent is deleted must be decided",
                    "a foreign key without it, or one in a column's `constraints`, where it cannot be stated",
                    "`addForeignKeyConstraint` with `onDelete`",
                    (source, changeset) -> changeset.all().flatMap(SafetyRules::withoutOnDelete)),
            rule("lock-timeout",
                    "A statement that waits for a lock on a table in use blocks all later statements on the table",
                    "a change to a product's table (also a foreign key to it, a trigger or policy on it) without a lock timeout",
                    "`set local lock_timeout = '5s'` before it, in changes and rollback; `set` and `reset` where `runInTransaction: false`",
                    SafetyRules::withoutLockTimeout),
            rule("concurrent-index",
                    "Building an index without CONCURRENTLY blocks all writes to the table",
                    "`createIndex`, `addUniqueConstraint` or `create index` on a table of the product",
                    "`create index concurrently` in a changeset with `runInTransaction: false`",
                    SafetyRules::blockingIndexes),
            rule("concurrent-transaction",
                    "PostgreSQL rejects `concurrently` in a transaction",
                    "`concurrently` in a changeset that runs in a transaction",
                    "`runInTransaction: false`",
                    (source, changeset) -> !changeset.inTransaction() ? Stream.of() : statements(changeset)
                            .filter(code -> Sql.has("^(?:create|drop|reindex|refresh).* concurrently ", code)
                                    && !code.startsWith("refresh materialized view concurrently"))),
            rule("concurrent-leftover",
                    "An interrupted build leaves an invalid index of that name, and the next run fails",
                    "`create index concurrently` alone",
                    "before it, a do block that drops the index if it exists and is not `indisvalid`",
                    SafetyRules::withoutDropOfInvalidIndex),
            rule("repeatable-outside-transaction",
                    "Outside a transaction, a killed run can leave the change without its row in the log, and the next run repeats the change",
                    "a `create` or `drop` in a changeset with `runInTransaction: false` that fails the second time",
                    "`create index concurrently if not exists`, `drop … if exists`; within a do block a condition",
                    (source, changeset) -> changeset.inTransaction() ? Stream.of() : changeset.all()
                            .flatMap(Change::code).filter(code -> Sql.has("^(?:create|drop) ", code)
                                    && !Sql.has("^create or replace | if (?:not )?exists ", code))),
            rule("set-local",
                    "Outside a transaction, `set local` has no effect",
                    "`set local` in a changeset with `runInTransaction: false`",
                    "`set` and `reset`; `set local` only within a do block",
                    (source, changeset) -> changeset.inTransaction() ? Stream.of()
                            : statements(changeset).filter(code -> code.startsWith("set local "))),
            rule("set-reset",
                    "A session setting remains in force for all later changesets",
                    "`set` without `reset`",
                    "`set local`; where `runInTransaction: false`, `reset` at the end of the same list",
                    (source, changeset) -> changeset.lists().stream().flatMap(SafetyRules::withoutReset)),
            rule("no-search-path",
                    "A changed search path changes the meaning of unqualified names in all later changesets",
                    "`set search_path` as a statement",
                    "qualified names; `set search_path = ''` in the head of a function",
                    (source, changeset) -> Stream.concat(
                            statements(changeset).filter(code -> Sql.has("^set (?:local |session )?search_path\\b", code)),
                            changeset.all().map(Change::sql)
                                    .filter(sql -> Sql.has("set_config\\(\\s*'search_path'", sql)).map(ChangesetRules::firstLine))),
            rule("not-valid-first",
                    "Checking all rows of a table in use blocks writes to it for that time",
                    "a check or foreign key on a table of the product in one step",
                    "`not valid` first, `validate constraint` in a separate changeset",
                    SafetyRules::validatedInOneStep),
            rule("constant-default",
                    "A default that is computed for each row rewrites the table while it is locked",
                    "a column on a product's table that is not null without a default, or whose default is computed for each row",
                    "a nullable column, or a constant default (`now()` counts as one)",
                    SafetyRules::rewritingColumns),
            rule("extension-pending",
                    "Not every server offers every extension, and the API exposes the functions in `public`",
                    "`create extension` alone",
                    "`create extension if not exists … with schema extensions`, behind a precondition with `onFail: "
                            + "CONTINUE` on `pg_available_extensions`, "
                            + "or on the `changeSetExecuted` of a changeset that has one",
                    (source, changeset) -> statements(changeset).filter(code -> Sql.has("\\bcreate extension ", code))
                            .filter(code -> !Sql.has("\\bwith schema (?:extensions|pg_catalog)\\b", code)
                                    || !asksForExtension(changeset) && source.changesets().filter(it -> changeset.waitsFor().contains(it.id()))
                                            .noneMatch(SafetyRules::asksForExtension)
                                    || !changeset.onFail().equals("CONTINUE"))));

    private static boolean asksForExtension(Changeset changeset) {
        return changeset.onFail().equals("CONTINUE")
                && changeset.yaml().get("preConditions").all("sql").anyMatch(sql -> sql.text().contains("pg_available_extension"));
    }

    private static Rule<Source> rule(String name, String why, String insteadOf, String use,
            BiFunction<Source, Changeset, Stream<String>> check) {
        return new Rule<>(name, why, insteadOf, use,
                source -> source.changesets().flatMap(changeset -> check.apply(source, changeset).map(place -> changeset + ": " + place)));
    }

    private static Stream<String> statements(Changeset changeset) {
        return changeset.all().flatMap(Change::code);
    }

    static Stream<Creation> creations(Changeset changeset) {
        return changeset.changes().stream().flatMap(change -> change.creations().stream());
    }

    private static String structured(Change change, String key) {
        return change.get(SCHEMA_OF.get(key)) + "." + change.get(key);
    }

    private static Stream<String> created(Changeset changeset, String... kinds) {
        return creations(changeset).filter(creation -> List.of(kinds).contains(creation.kind())).map(Creation::name);
    }

    private static boolean isCreatedEarlier(Source source, Changeset changeset, Creation made) {
        return source.changesets().takeWhile(earlier -> earlier.yaml().node() != changeset.yaml().node())
                .flatMap(SafetyRules::creations).anyMatch(creation -> creation.signature().equals(made.signature()));
    }

    private static Stream<String> openWhenCreated(Source source, Changeset changeset) {
        Map<String, Set<String>> revoked = new LinkedHashMap<>();
        changeset.changes().stream().flatMap(Change::code).flatMap(code -> REVOKE.matcher(code).results()).forEach(match -> {
            for (String name : Sql.names(match.group(1))) {
                revoked.computeIfAbsent(name, it -> new HashSet<>()).addAll(Sql.names(match.group(2)));
            }
        });
        return creations(changeset)
                .filter(creation -> Set.of("table", "view", "materialized view", "sequence", "function", "procedure",
                        "aggregate").contains(creation.kind()))
                .filter(creation -> !creation.replaces() || !isCreatedEarlier(source, changeset, creation))
                .filter(creation -> !revoked.getOrDefault(creation.name(), Set.of()).containsAll(
                        creation.isCalled() && !creation.name().startsWith("public.") ? Set.of("public") : API))
                .map(Creation::name);
    }

    private static String text(Yaml yaml) {
        StringBuilder text = new StringBuilder();
        yaml.all().filter(Yaml::isScalar).forEach(scalar -> text.append(scalar.text()).append('\n'));
        return text.toString();
    }

    private static Stream<String> withoutEarlierBody(Source source, Changeset changeset) {
        List<Changeset> before = source.changesets().takeWhile(earlier -> earlier.yaml().node() != changeset.yaml().node()).toList();
        return changeset.changes().stream().flatMap(change -> change.creations().stream().filter(Creation::replaces)
                .filter(creation -> !isRestored(before, changeset, change, creation)).map(Creation::signature));
    }

    /** Whether the rollback runs the file that created the object before; true if there is none. */
    private static boolean isRestored(List<Changeset> before, Changeset changeset, Change change, Creation creation) {
        List<String> files = before.stream().flatMap(earlier -> earlier.changes().stream())
                .filter(earlier -> earlier.creations().stream().anyMatch(made -> made.signature().equals(creation.signature()))).map(Change::file).toList();
        if (files.isEmpty()) {
            return true;
        }
        String latest = files.get(files.size() - 1);
        return !latest.isEmpty() && !change.file().isEmpty() && !latest.equals(change.file())
                && changeset.rollback().stream().anyMatch(step -> step.file().equals(latest));
    }

    private static Stream<String> dropsOfOthers(Source source, Changeset changeset) {
        String made = text(changeset.yaml().get("changes"))
                + changeset.changes().stream().map(Change::sql).collect(Collectors.joining("\n"));
        return changeset.rollback().stream().flatMap(change -> dropped(change)).filter(name -> !made.contains(name));
    }

    private static Stream<String> dropped(Change change) {
        if (change.isSql()) {
            return change.statements().stream()
                    .map(statement -> statement.raw().replaceAll("--.*", "").replaceAll("\\s+", " "))
                    .flatMap(code -> DROP.matcher(code).results()).map(match -> match.group(1).replaceAll("^.*\\.|\"", ""));
        }
        Map<String, String> names = Map.of("dropTable", "tableName", "dropView", "viewName", "dropIndex", "indexName",
                "dropSequence", "sequenceName", "dropColumn", "columnName", "dropForeignKeyConstraint", "constraintName",
                "dropUniqueConstraint", "constraintName");
        return Stream.ofNullable(names.get(change.type())).map(change::get).filter(name -> !name.isEmpty());
    }

    private static Stream<String> withoutDataLossCheck(Changeset changeset) {
        Set<String> refused = new HashSet<>();
        List<String> lost = new ArrayList<>();
        for (Change change : changeset.rollback()) {
            if (change.is("dropTable") && !refused.contains(structured(change, "tableName"))) {
                lost.add(structured(change, "tableName"));
            }
            if (change.is("dropColumn")) {
                String table = structured(change, "tableName");
                Stream.concat(Stream.of(change.get("columnName")), change.columns().stream().map(column -> column.get("name").text()))
                        .filter(column -> !column.isEmpty() && !refused.contains(table) && !refused.contains(table + "." + column))
                        .forEach(column -> lost.add(table + "." + column));
            }
            for (Sql.Statement statement : change.statements()) {
                REFUSAL.matcher(statement.raw()).results()
                        .forEach(match -> refused.add(match.group(2) == null ? match.group(1) : match.group(1) + "." + match.group(2)));
                Sql.matches("\\b(?:drop table|truncate(?: table)?) (?:if exists )?(" + N + ")", statement.code()).stream()
                        // Objects in pg_temp were created by the run itself.
                        .filter(table -> !refused.contains(table) && !table.startsWith("pg_temp.")).forEach(lost::add);
                Sql.matches("\\balter table (?:only )?(" + N + ") [^;]*drop column", statement.code()).stream()
                        .flatMap(table -> Sql.matches("drop column (?:if exists )?(\\w+)", statement.code()).stream().map(column -> table
                                + "." + column)
                                .filter(column -> !refused.contains(table)))
                        .filter(column -> !refused.contains(column)).forEach(lost::add);
            }
        }
        return lost.stream();
    }

    private static Stream<String> unqualified(Change change) {
        Stream<String> structured = SCHEMA_OF.entrySet().stream()
                .filter(entry -> !change.get(entry.getKey()).isEmpty() && change.get(entry.getValue()).isEmpty())
                .filter(entry -> !entry.getKey().equals("indexName") || change.get("tableName").isEmpty())
                .map(entry -> change.type() + " without " + entry.getValue());
        Stream<String> sql = change.code().flatMap(code -> Stream.concat(Stream.concat(
                NAMED.stream().flatMap(pattern -> Sql.matches(pattern, code).stream()).filter(name -> !name.contains(".")),
                Sql.matches("\\bcomment on column (" + N + ")", code).stream().filter(name -> name.split("\\.").length < 3)),
                privileged(code).filter(name -> !name.contains("."))));
        return Stream.concat(structured, sql);
    }

    /** Objects on which privileges are granted or revoked. */
    private static Stream<String> privileged(String code) {
        if (code.startsWith("alter default privileges")) {
            return Stream.of();
        }
        return Sql.matches("\\b(?:grant|revoke) [^;]*? on (?!schema |all |database |language |foreign )"
                + "(?:table |function |procedure |routine |sequence |type |domain )?([^;]*?) (?:to|from) ", code).stream()
                .flatMap(list -> Sql.names(list).stream());
    }

    private static Stream<String> withoutOnDelete(Change change) {
        if (change.is("addForeignKeyConstraint")) {
            return change.get("onDelete").isEmpty() ? Stream.of(change.get("constraintName")) : Stream.of();
        }
        if (change.is("createTable", "addColumn")) {
            return change.columns().stream().filter(column -> column.get("constraints").keys().stream()
                    .anyMatch(key -> key.startsWith("reference") || key.equals("foreignKeyName"))).map(column -> column.get("name").text());
        }
        return change.code().filter(code -> !Sql.has("^(?:grant|revoke) ", code)).flatMap(code -> {
            Matcher reference = Pattern.compile("\\breferences " + N).matcher(code);
            return reference.results().filter(match -> !Sql.has("\\bon delete ", clause(code, match.end()))).map(MatchResult::group);
        });
    }

    /** The clause from an offset up to the comma, parenthesis or semicolon that ends it. */
    private static String clause(String code, int from) {
        int depth = 0;
        for (int i = from; i < code.length(); i++) {
            char here = code.charAt(i);
            depth += here == '(' ? 1 : here == ')' ? -1 : 0;
            if (depth < 0 || depth == 0 && (here == ',' || here == ';')) {
                return code.substring(from, i);
            }
        }
        return code.substring(from);
    }

    private static Stream<String> withoutLockTimeout(Source source, Changeset changeset) {
        Set<String> own = source.tables();
        List<String> places = new ArrayList<>();
        for (List<Change> list : changeset.lists()) {
            boolean timed = false;
            for (Change change : list) {
                if (!timed) {
                    Stream.concat(locked(change), referencedTable(changeset, change)).filter(table -> !own.contains(table)).forEach(places::add);
                }
                for (Sql.Statement statement : change.statements()) {
                    int set = indexOf("\\bset (?:local |session )?lock_timeout\\b", statement.code());
                    for (String pattern : LOCKED) {
                        Matcher lock = Sql.pattern(pattern).matcher(statement.code());
                        while (lock.find()) {
                            if (!timed && (set < 0 || set > lock.start()) && !own.contains(lock.group(1))) {
                                places.add(lock.group(1));
                            }
                        }
                    }
                    timed |= set >= 0;
                }
            }
        }
        return places.stream();
    }

    private static int indexOf(String pattern, String code) {
        Matcher matcher = Sql.pattern(pattern).matcher(code);
        return matcher.find() ? matcher.start() : -1;
    }

    /** Tables that a structured change locks. */
    private static Stream<String> locked(Change change) {
        if (change.is("createTable", "insert", "update", "delete", "loadData", "loadUpdateData")) {
            return Stream.of();
        }
        return Stream.of("tableName", "baseTableName", "referencedTableName")
                .filter(key -> !change.get(key).isEmpty() && !change.get(SCHEMA_OF.get(key)).isEmpty()).map(key -> structured(change, key));
    }

    /** Table referenced by a foreign key, which dropping the key locks too. */
    private static Stream<String> referencedTable(Changeset changeset, Change drop) {
        return changeset.changes().stream()
                .filter(add -> drop.is("dropForeignKeyConstraint") && add.is("addForeignKeyConstraint")
                        && add.get("constraintName").equals(drop.get("constraintName")))
                .map(add -> structured(add, "referencedTableName"));
    }

    private static Stream<String> concurrentIndexes(String code) {
        return Sql.matches("^create (?:unique )?index concurrently if not exists (" + N + ")", code).stream();
    }

    private static Stream<String> concurrentlyIndexed(String code) {
        return Sql.matches("^create (?:unique )?index concurrently if not exists " + N + " on (?:only )?(" + N + ")", code).stream();
    }

    private static Stream<String> blockingIndexes(Source source, Changeset changeset) {
        Set<String> own = source.tables();
        return changeset.changes().stream().flatMap(change -> change.is("createIndex", "addUniqueConstraint", "addPrimaryKey")
                ? locked(change)
                : change.code().flatMap(code -> Sql.matches(
                        "\\bcreate (?:unique )?index (?!concurrently )(?:if not exists )?(?:" + N + " )?on (?:only )?(" + N + ")",
                                code).stream()))
                .filter(table -> !own.contains(table));
    }

    private static Stream<String> withoutDropOfInvalidIndex(Source source, Changeset changeset) {
        StringBuilder before = new StringBuilder();
        List<String> places = new ArrayList<>();
        for (Change change : changeset.changes()) {
            Sql.matches("\\bcreate (?:unique )?index concurrently (?:if not exists )?(" + N + ")", String.join(";", change.code().toList())).stream()
                    .filter(index -> !before.toString().contains("indisvalid") || !before.toString().contains("drop index")
                            || !before.toString().contains(index))
                    .forEach(places::add);
            before.append(change.sql());
        }
        return places.stream();
    }

    private static Stream<String> withoutReset(List<Change> list) {
        Set<String> open = new HashSet<>();
        for (Sql.Statement statement : list.stream().flatMap(change -> change.statements().stream()).toList()) {
            Sql.matches("^set (?!local |transaction |constraints |search_path)(?:session )?([\\w.]+)", statement.code()).forEach(open::add);
            Sql.matches("set_config\\(\\s*'([\\w.]+)'[^;]*?,\\s*false\\s*\\)", statement.raw()).forEach(open::add);
            Sql.matches("^reset ([\\w.]+)", statement.code()).forEach(open::remove);
        }
        open.remove("search_path");
        return open.stream();
    }

    private static Stream<String> validatedInOneStep(Source source, Changeset changeset) {
        Set<String> own = source.tables();
        Function<String, Stream<String>> checks = code -> Sql.has("\\badd (?:constraint \\S+ )?(?:check|foreign key)\\b", code)
                && !code.contains("not valid")
                ? Sql.matches("\\balter table (?:if exists )?(?:only )?(" + N + ")", code).stream()
                : Stream.of();
        return changeset.changes().stream().flatMap(change -> change.is("addForeignKeyConstraint")
                ? Stream.of(structured(change, "baseTableName"))
                : change.code().flatMap(checks))
                .filter(table -> !own.contains(table));
    }

    private static Stream<String> rewritingColumns(Source source, Changeset changeset) {
        Set<String> own = source.tables();
        return changeset.changes().stream().filter(change -> change.is("addColumn") && !own.contains(structured(change, "tableName")))
                .flatMap(change -> change.columns().stream())
                .filter(column -> column.keys().stream().noneMatch(key -> key.startsWith("default"))
                        ? column.get("constraints").get("nullable").is("false")
                        : Sql.has("\\w\\(", column.get("defaultValueComputed").text().replace("now()", "")))
                .map(column -> column.get("name").text());
    }
}
