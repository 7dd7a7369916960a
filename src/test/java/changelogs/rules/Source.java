package changelogs.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A system's changelog as it is written.
 *
 * @param systems all systems, this one too
 * @param tables those that the changelog makes, and materialized views; all others are the product's
 */
record Source(String system, Collection<String> systems, List<File> files, Set<String> tables) {

    static final String MAIN = "changelog.yaml";
    static final String EXACTLY_ONCE = "exactly-once.yaml";

    /** Reads the folder of a system. */
    static Source of(String system, Collection<String> systems) {
        Path folder = Path.of("changelog", system);
        try (Stream<Path> paths = Files.list(folder)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path path : paths.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                texts.put(path.getFileName().toString(), Files.readString(path));
            }
            return of(system, systems, texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Texts by the names of their files. */
    static Source of(String system, Collection<String> systems, Map<String, String> texts) {
        List<File> files = new TreeMap<>(texts).entrySet().stream()
                .map(entry -> File.of("changelog/" + system + "/" + entry.getKey(), entry.getValue())).toList();
        return new Source(system, systems, files, files.stream().flatMap(file -> file.changesets().stream())
                .flatMap(changeset -> changeset.changes().stream()).flatMap(Source::tables).collect(Collectors.toSet()));
    }

    File file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst()
                .orElseGet(() -> File.of("changelog/" + system + "/" + name, ""));
    }

    /** Whether the name is this changelog's alone, since it ends in that of the system. */
    boolean isOwn(String name) {
        return name.endsWith("_" + system.replace('-', '_'));
    }

    Stream<Changeset> changesets() {
        return files.stream().flatMap(file -> file.changesets().stream());
    }

    private static Stream<String> tables(Change change) {
        return change.is("createTable")
                ? Stream.of(change.get("schemaName") + "." + change.get("tableName"))
                : change.code().flatMap(code -> Sql.matches("\\bcreate (?:table|materialized view) (?:if not exists )?(" + Sql.NAME + ")", code).stream());
    }

    /** One file; the name of a migration's file begins with its number. */
    record File(String path, String text, List<String> lines, Yaml root, List<Changeset> changesets) {

        static File of(String path, String text) {
            Yaml root = Yaml.parse(text);
            List<Changeset> changesets = root.get("databaseChangeLog").items().stream()
                    .map(item -> item.get("changeSet")).filter(Yaml::exists).map(yaml -> Changeset.of(path, yaml)).toList();
            return new File(path, text, List.of(text.split("\n", -1)), root, changesets);
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        boolean isMigration() {
            return name().matches("\\d{4}-.*");
        }

        String number() {
            return name().substring(0, 4);
        }

        List<Yaml> entries(String key) {
            return root.get("databaseChangeLog").items().stream().map(item -> item.get(key)).filter(Yaml::exists).toList();
        }

        /** A place as people look for it: the changeset if it is in one, and the line. */
        String at(Yaml place) {
            return changesets.stream()
                    .filter(changeset -> changeset.yaml().all().anyMatch(piece -> piece.node() == place.node()))
                    .map(Changeset::toString).findFirst().orElse(path)
                    + ", line " + (place.line() + 1);
        }
    }

    /** One changeset; printed as Liquibase names it, without the author. */
    record Changeset(String path, Yaml yaml, List<Change> changes, List<Change> rollback) {

        static Changeset of(String path, Yaml yaml) {
            return new Changeset(path, yaml, changes(yaml.get("changes")), changes(yaml.get("rollback")));
        }

        private static List<Change> changes(Yaml list) {
            return list.items().stream().filter(Yaml::isMapping)
                    .flatMap(item -> item.keys().stream().map(type -> Change.of(type, item.get(type)))).toList();
        }

        String id() {
            return yaml.get("id").text();
        }

        /** The number of its migration's file. */
        String number() {
            return path.replaceAll("^.*/(\\d*).*", "$1");
        }

        /** Changes and rollback, the two lists that run. */
        List<List<Change>> lists() {
            return List.of(changes, rollback);
        }

        boolean inTransaction() {
            return !yaml.get("runInTransaction").is("false");
        }

        /** What the preconditions do when they fail; empty without any. */
        String onFail() {
            return yaml.get("preConditions").items().stream().map(item -> item.get("onFail").text())
                    .filter(text -> !text.isEmpty()).findFirst().orElse("");
        }

        @Override
        public String toString() {
            return path + "::" + id();
        }
    }

    /** One change, or one step of a rollback; only {@code sql} has statements. */
    record Change(String type, Yaml yaml, List<Sql.Statement> statements) {

        static Change of(String type, Yaml yaml) {
            return new Change(type, yaml, type.equals("sql") ? Sql.statements(yaml.get("sql").text()) : List.of());
        }

        boolean is(String... types) {
            return List.of(types).contains(type);
        }

        String get(String key) {
            return yaml.get(key).text();
        }

        String sql() {
            return is("sql") ? get("sql") : "";
        }

        Stream<String> code() {
            return statements.stream().map(Sql.Statement::code);
        }

        List<Yaml> columns() {
            return yaml.get("columns").items().stream().map(item -> item.get("column")).toList();
        }
    }
}
