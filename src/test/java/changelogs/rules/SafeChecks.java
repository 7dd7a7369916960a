package changelogs.rules;

import changelogs.rules.Source.Changeset;
import changelogs.rules.Source.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the lists in a migration's safe checks with the objects that the migration creates and uses. */
final class SafeChecks {

    private static final String SCHEMAS = "(?:public|private|auth|storage)\\.";
    /** Mention of a table, view or function in a schema of a changelog or product; a function includes its parenthesis. */
    private static final Pattern MENTION = Pattern.compile("(?<![\\w.\"])(" + SCHEMAS + "[a-z_]\\w*)(\\()?");
    /** Indexes are not in these lists, since they depend on their table. */
    private static final String INDEX = "\\bindex (?:concurrently )?(?:if (?:not )?exists )?" + Sql.NAME;
    private static final Pattern MOVE = Pattern.compile("\\balter (?:table|view) \\w+\\.(\\w+) set schema (\\w+)");
    private static final Set<String> LISTED = Set.of("table", "view", "materialized view", "sequence", "function", "procedure", "aggregate");
    /** Keys of structured changes that name the relations they change or refer to. */
    private static final Map<String, String> RELATIONS = Map.of("tableName", "schemaName", "viewName", "schemaName",
            "baseTableName", "baseTableSchemaName", "referencedTableName", "referencedTableSchemaName");

    /** Lists of a safe check: names that must exist and names that must not. */
    private record Check(Set<String> missing, Set<String> inTheWay) {

        static Check of(Changeset changeset) {
            Yaml conditions = changeset.yaml().get("preConditions");
            List<String> queries = conditions.all("sqlCheck").filter(check -> check.get("expectedResult").is(""))
                    .map(check -> check.get("sql").text()).toList();
            boolean adopts = conditions.all("onFailMessage").anyMatch(message -> message.text().contains("changelogSync"))
                    || changeset.onFail().equals("CONTINUE");
            return List.of("HALT", "CONTINUE").contains(changeset.onFail())
                    ? new Check(listed(queries, "missing", "null"), adopts ? listed(queries, "in the way", "not null") : Set.of())
                    : new Check(Set.of(), Set.of());
        }

        Check and(Check other) {
            return new Check(union(missing, other.missing), union(inTheWay, other.inTheWay));
        }

        private static Set<String> union(Set<String> one, Set<String> other) {
            return Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        }

        private static Set<String> listed(List<String> queries, String label, String is) {
            String list = "'" + label + ": '[^\\[\\]]*array\\[((?:[\\s,]*'[^']+')*)\\s*\\]\\) as name\\s+where case when name like '%\\(%' "
                    + "then to_regprocedure\\(name\\)::oid else to_regclass\\(name\\) end is " + is + "\\s";
            return queries.stream().flatMap(query -> Sql.matches(list, query).stream())
                    .flatMap(names -> Sql.matches("'([^']+)'", names).stream()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private SafeChecks() {
    }

    static Stream<String> differences(Source source) {
        List<String> places = new ArrayList<>();
        Set<String> earlier = new HashSet<>();
        Set<String> conditional = new HashSet<>();
        source.migrations().forEach((folder, files) -> {
            List<Changeset> changesets = files.stream().filter(file -> !file.name().equals(Source.SAFE_CHECKS))
                    .flatMap(file -> file.changesets().stream()).toList();
            File file = source.file(source.folder() + folder + "/" + Source.SAFE_CHECKS);
            new Migration(file, changesets, earlier, conditional).compare(places);
            changesets.forEach(changeset -> SafetyRules.creations(changeset).forEach(creation -> {
                earlier.add(creation.signature());
                if (!condition(changeset, changeset.waitsFor()).isEmpty()) {
                    conditional.add(mention(creation));
                }
            }));
        });
        return places.stream();
    }

    /** Context, labels and precondition of a changeset; empty if it always runs. */
    private static String condition(Changeset changeset, List<String> waitsFor) {
        return Stream.of(changeset.yaml().get("contextFilter").text(), changeset.yaml().get("labels").text(), String.join(", ", waitsFor))
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String mention(Creation creation) {
        return creation.name() + (creation.isCalled() ? "(" : "");
    }

    private static String withoutTypes(String name) {
        return name.replaceAll("\\(.*", "(");
    }

    /**
     * One migration; its changesets are grouped by the condition under which they run.
     *
     * @param earlier objects of earlier migrations, by signature
     * @param conditional those of them that are created under a condition
     */
    private record Migration(File file, List<Changeset> changesets, Set<String> earlier, Set<String> conditional) {

        void compare(List<String> places) {
            file.changesets().stream().filter(check -> SafetyRules.creations(check).findAny().isPresent())
                    .forEach(check -> places.add(check + ": creates an object; a file of safe checks may contain only checks"));
            Map<String, Check> checks = new TreeMap<>();
            file.changesets().forEach(check -> checks.merge(
                    condition(check, check.onFail().equals("CONTINUE") ? List.of(check.id()) : List.of()), Check.of(check), Check::and));
            Map<String, Set<String>> created = new TreeMap<>();
            Map<String, Set<String>> used = new TreeMap<>();
            Set<String> mentioned = new HashSet<>();
            Set<String> own = names(changesets.stream().flatMap(SafetyRules::creations).filter(creation -> !earlier.contains(creation.signature()))
                    .map(SafeChecks::mention));
            for (Changeset changeset : changesets) {
                String condition = condition(changeset, changeset.waitsFor());
                SafetyRules.creations(changeset).filter(creation -> !creation.guarded()).forEach(creation -> {
                    if (!LISTED.contains(creation.kind())) {
                        places.add(changeset + ": creates " + creation.kind() + " " + creation.name()
                                + ", which to_regclass cannot find; create it in a do block that runs only if it is absent");
                    } else if (!earlier.contains(creation.signature()) && !hasTypeOf(own, creation)) {
                        created.computeIfAbsent(condition, it -> new TreeSet<>()).add(creation.signature());
                    }
                });
                moves(changeset).forEach(created.computeIfAbsent(condition, it -> new TreeSet<>())::add);
                uses(changeset).forEach(mentioned::add);
                uses(changeset).filter(name -> !own.contains(name) && !conditional.contains(name) && Sql.has("^" + SCHEMAS, name))
                        .forEach(used.computeIfAbsent(condition, it -> new TreeSet<>())::add);
            }
            Check none = new Check(Set.of(), Set.of());
            Set<String> always = checks.getOrDefault("", none).missing();
            for (String condition : names(Stream.of(checks, created, used).flatMap(map -> map.keySet().stream()))) {
                Check check = checks.getOrDefault(condition, none);
                Set<String> creates = created.getOrDefault(condition, Set.of());
                Set<String> uses = used.getOrDefault(condition, Set.of());
                Set<String> checked = names(Stream.of(check.missing(), always).flatMap(Set::stream).map(SafeChecks::withoutTypes));
                String where = file.path() + (condition.isEmpty() ? "" : " (" + condition + ")") + ": ";
                creates.stream().filter(name -> !check.inTheWay().contains(name))
                        .forEach(name -> places.add(where + "creates, but does not list under in the way: " + name));
                check.inTheWay().stream().filter(name -> !creates.contains(name))
                        .forEach(name -> places.add(where + "lists under in the way, but does not create, or with a type that may be absent: " + name));
                uses.stream().filter(name -> !checked.contains(name))
                        .forEach(name -> places.add(where + "uses, but does not list under missing: " + name.replace("(", "(…)")));
                check.missing().stream().filter(name -> !mentioned.contains(withoutTypes(name)))
                        .forEach(name -> places.add(where + "lists under missing, but does not use: " + name));
            }
        }

        private static Set<String> names(Stream<String> names) {
            return names.collect(Collectors.toCollection(TreeSet::new));
        }

        /**
         * In PostgreSQL 15 and older to_regprocedure raises an error for a type that does not exist, such as a type of an extension or the
         * row type of a table created by this migration.
         */
        private static boolean hasTypeOf(Set<String> own, Creation creation) {
            return Sql.matches("(\\w+\\.\\w+)", creation.arguments()).stream()
                    .anyMatch(type -> own.contains(type) || !Sql.has("^" + SCHEMAS, type));
        }

        /** Names of tables and views in the schema to which they are moved. */
        private static Stream<String> moves(Changeset changeset) {
            return changeset.changes().stream().map(change -> Sql.mask(change.sql(), ' ').replaceAll("\\s+", " "))
                    .flatMap(code -> MOVE.matcher(code).results()).map(move -> move.group(2) + "." + move.group(1));
        }

        /** Objects that the changeset uses or its rollback calls; functions include their parenthesis. */
        private static Stream<String> uses(Changeset changeset) {
            Stream<String> relations = changeset.changes().stream().flatMap(change -> RELATIONS.entrySet().stream()
                    .filter(entry -> !change.get(entry.getKey()).isEmpty())
                    .map(entry -> change.get(entry.getValue()) + "." + change.get(entry.getKey())));
            Stream<String> changes = changeset.changes().stream().map(change -> Sql.mask(change.sql(), ' ').replaceAll("\\s+", " "));
            Stream<String> calls = changeset.rollback().stream().flatMap(Source.Change::code).filter(code -> code.startsWith("select "));
            return Stream.concat(relations, Stream.concat(changes, calls).map(code -> Sql.pattern(INDEX).matcher(code).replaceAll(""))
                    .flatMap(code -> MENTION.matcher(code).results()).map(match -> match.group()));
        }
    }
}
