package changelogs.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A system's changelog as it is written. */
record Source(String system, Collection<String> systems, List<File> files) {

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
        return new Source(system, systems, new TreeMap<>(texts).entrySet().stream()
                .map(entry -> File.of("changelog/" + system + "/" + entry.getKey(), entry.getValue())).toList());
    }

    File file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst()
                .orElseGet(() -> File.of("changelog/" + system + "/" + name, ""));
    }

    Stream<Changeset> changesets() {
        return files.stream().flatMap(file -> file.changesets().stream());
    }

    /** The tables that the changelog makes; all others are the product's. */
    Set<String> tables() {
        return changesets().flatMap(changeset -> changeset.changes().stream())
                .flatMap(change -> change.is("createTable")
                        ? Stream.of(change.get("schemaName") + "." + change.get("tableName"))
                        : change.code().flatMap(code -> Sql.matches("\\bcreate table (?:if not exists )?(" + Sql.NAME + ")", code).stream()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One file; the name of a migration's file begins with its number. */
    record File(String path, String text, List<String> lines, Yaml root) {

        static File of(String path, String text) {
            return new File(path, text, text.lines().toList(), Yaml.parse(text));
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

        List<Changeset> changesets() {
            return entries("changeSet").stream().map(yaml -> new Changeset(this, yaml)).toList();
        }

        String at(Yaml place) {
            return changesets().stream()
                    .filter(changeset -> changeset.yaml().all().anyMatch(piece -> piece.node() == place.node()))
                    .map(Changeset::toString).findFirst().orElse(path)
                    + ", line " + (place.line() + 1);
        }
    }

    /** One changeset; printed as Liquibase names it, without the author. */
    record Changeset(File file, Yaml yaml) {

        String id() {
            return yaml.get("id").text();
        }

        List<Change> changes() {
            return changes("changes");
        }

        List<Change> rollback() {
            return changes("rollback");
        }

        /** Changes and rollback, the two lists that run. */
        List<List<Change>> lists() {
            return List.of(changes(), rollback());
        }

        private List<Change> changes(String key) {
            return yaml.get(key).items().stream().filter(Yaml::isMapping)
                    .flatMap(item -> item.keys().stream().map(type -> new Change(type, item.get(type)))).toList();
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
            return file.path() + "::" + id();
        }
    }

    /** One change, or one step of a rollback. */
    record Change(String type, Yaml yaml) {

        boolean is(String... types) {
            return List.of(types).contains(type);
        }

        String get(String key) {
            return yaml.get(key).text();
        }

        /** The SQL of a change of that type; empty for others. */
        String sql() {
            return is("sql") ? get("sql") : "";
        }

        List<Sql.Statement> statements() {
            return Sql.statements(sql());
        }

        Stream<String> code() {
            return statements().stream().map(Sql.Statement::code);
        }

        List<Yaml> columns() {
            return yaml.get("columns").items().stream().map(item -> item.get("column")).toList();
        }
    }
}
