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
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The source files of a system's changelog: its own folder and the shared one.
 *
 * @param systems all systems, including this one
 * @param files the YAML files in the order in which Liquibase reads them; files that are not included come last
 * @param sqlFiles texts of the SQL files by path
 * @param tables tables and materialized views that the changelog creates; all others belong to the product
 */
record Source(String system, Collection<String> systems, List<File> files, Map<String, String> sqlFiles, Set<String> tables) {

    static final String MAIN = "changelog.yaml";
    static final String SAFE_CHECKS = "safe-checks.yaml";
    static final String EXACTLY_ONCE = "../shared/exactly-once.yaml";
    static final String SHARED = "changelog/shared/";

    /** Reads the folder of a system and the shared one. */
    static Source of(String system, Collection<String> systems) {
        return of(Path.of(""), system, systems);
    }

    /** The same below another folder than the project's. */
    static Source of(Path root, String system, Collection<String> systems) {
        Map<String, String> texts = new TreeMap<>();
        for (Path folder : List.of(root.resolve("changelog").resolve(system), root.resolve(SHARED))) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.filter(path -> path.toString().matches(".*\\.(?:yaml|sql)")).toList()) {
                    texts.put(root.relativize(path).toString().replace('\\', '/'), Files.readString(path));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return of(system, systems, texts);
    }

    /** Texts by the paths of their files, which begin with {@code changelog/}. */
    static Source of(String system, Collection<String> systems, Map<String, String> texts) {
        Map<String, String> sqlFiles = texts.entrySet().stream().filter(entry -> entry.getKey().endsWith(".sql"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
        Map<String, File> all = texts.entrySet().stream().filter(entry -> entry.getKey().endsWith(".yaml"))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> File.of(entry.getKey(), entry.getValue(), sqlFiles::get)));
        Set<String> order = new LinkedHashSet<>();
        follow("changelog/" + system + "/" + MAIN, all, order);
        new TreeSet<>(all.keySet()).forEach(path -> follow(path, all, order));
        List<File> files = order.stream().map(all::get).toList();
        return new Source(system, systems, files, sqlFiles, files.stream().flatMap(file -> file.changesets().stream())
                .flatMap(changeset -> changeset.changes().stream()).flatMap(Source::tables).collect(Collectors.toSet()));
    }

    private static void follow(String path, Map<String, File> all, Set<String> order) {
        if (all.containsKey(path) && order.add(path)) {
            all.get(path).includes().forEach(include -> follow(resolve(path, include), all, order));
        }
    }

    /** Resolves a path that is relative to a file. */
    static String resolve(String file, String relative) {
        return Path.of(file).resolveSibling(relative).normalize().toString().replace('\\', '/');
    }

    String folder() {
        return "changelog/" + system + "/";
    }

    File main() {
        return file(folder() + MAIN);
    }

    File file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst().orElseGet(() -> File.of(path, "", none -> null));
    }

    /** Migration folders in order, with their files in include order. */
    Map<String, List<File>> migrations() {
        return files.stream().filter(File::isMigration).collect(Collectors.groupingBy(File::folder, TreeMap::new, Collectors.toList()));
    }

    /** Whether the name belongs to this changelog, because it ends with the name of the system. */
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

    /** One YAML file: a system's changelog, a migration's, or a part of a migration. */
    record File(String path, String text, List<String> lines, Yaml root, List<Changeset> changesets) {

        static File of(String path, String text, UnaryOperator<String> sqlFiles) {
            Yaml root = Yaml.parse(text);
            List<Changeset> changesets = root.get("databaseChangeLog").items().stream()
                    .map(item -> item.get("changeSet")).filter(Yaml::exists).map(yaml -> Changeset.of(path, yaml, sqlFiles)).toList();
            return new File(path, text, List.of(text.split("\n", -1)), root, changesets);
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** Name of the folder. */
        String folder() {
            return Path.of(path).getParent().getFileName().toString();
        }

        /** Whether the file is in a migration folder. */
        boolean isMigration() {
            return path.split("/").length > 3;
        }

        String number() {
            return numberOf(path);
        }

        List<String> includes() {
            return entries("include").stream().map(include -> include.get("file").text()).toList();
        }

        List<Yaml> entries(String key) {
            return root.get("databaseChangeLog").items().stream().map(item -> item.get(key)).filter(Yaml::exists).toList();
        }

        /** A position for messages: the changeset, if any, and the line. */
        String at(Yaml place) {
            return changesets.stream()
                    .filter(changeset -> changeset.yaml().all().anyMatch(piece -> piece.node() == place.node()))
                    .map(Changeset::toString).findFirst().orElse(path)
                    + ", line " + (place.line() + 1);
        }

        /** Number of lines of the changeset, without blank lines and comments after it. */
        int length(Changeset changeset) {
            int first = changeset.yaml().line() - 1;
            int end = root.get("databaseChangeLog").items().stream().mapToInt(Yaml::line).filter(line -> line > first + 1)
                    .min().orElse(lines.size());
            while (end > first && (lines.get(end - 1).isBlank() || lines.get(end - 1).startsWith("  #"))) {
                end--;
            }
            return end - first;
        }
    }

    /** Number of the migration whose folder contains the file; empty if none. */
    private static String numberOf(String path) {
        return path.replaceAll("^changelog/[^/]+/(?:(\\d+)-[^/]*/)?.*", "$1");
    }

    /** One changeset; printed as Liquibase names it, without the author, and with its SQL files. */
    record Changeset(String path, Yaml yaml, List<Change> changes, List<Change> rollback) {

        static Changeset of(String path, Yaml yaml, UnaryOperator<String> sqlFiles) {
            return new Changeset(path, yaml, changes(path, yaml.get("changes"), sqlFiles), changes(path, yaml.get("rollback"), sqlFiles));
        }

        private static List<Change> changes(String path, Yaml list, UnaryOperator<String> sqlFiles) {
            return list.items().stream().filter(Yaml::isMapping)
                    .flatMap(item -> item.keys().stream().map(type -> Change.of(path, type, item.get(type), sqlFiles))).toList();
        }

        String id() {
            return yaml.get("id").text();
        }

        String number() {
            return numberOf(path);
        }

        /** Changes and rollback, the two lists that run. */
        List<List<Change>> lists() {
            return List.of(changes, rollback);
        }

        Stream<Change> all() {
            return lists().stream().flatMap(List::stream);
        }

        boolean inTransaction() {
            return !yaml.get("runInTransaction").is("false");
        }

        /** What the preconditions do when they fail; empty without any. */
        String onFail() {
            return yaml.get("preConditions").items().stream().map(item -> item.get("onFail").text())
                    .filter(text -> !text.isEmpty()).findFirst().orElse("");
        }

        /** Ids of the changesets that it requires. */
        List<String> waitsFor() {
            return yaml.get("preConditions").all("changeSetExecuted").map(condition -> condition.get("id").text()).toList();
        }

        @Override
        public String toString() {
            String files = all().map(Change::file).filter(file -> !file.isEmpty()).distinct()
                    .map(file -> file.startsWith(SHARED) ? file : Path.of(path).getParent().relativize(Path.of(file)).toString())
                    .collect(Collectors.joining(", "));
            return path + "::" + id() + (files.isEmpty() ? "" : " (" + files + ")");
        }
    }

    /**
     * One change, or one step of a rollback.
     *
     * @param file path of the SQL file that the change runs; empty if none
     * @param sql SQL of the change, inline or from the file
     */
    record Change(String type, Yaml yaml, String file, String sql, List<Sql.Statement> statements, List<Creation> creations) {

        static Change of(String path, String type, Yaml yaml, UnaryOperator<String> sqlFiles) {
            String file = type.equals("sqlFile") ? resolve(path, yaml.get("path").text()) : "";
            String text = file.isEmpty() ? null : sqlFiles.apply(file);
            String sql = type.equals("sql") ? yaml.get("sql").text() : text == null ? "" : text;
            List<Sql.Statement> statements = Sql.statements(sql);
            return new Change(type, yaml, file, sql, statements, Creation.of(type, yaml, statements));
        }

        boolean is(String... types) {
            return List.of(types).contains(type);
        }

        boolean isSql() {
            return is("sql", "sqlFile");
        }

        String get(String key) {
            return yaml.get(key).text();
        }

        Stream<String> code() {
            return statements.stream().map(Sql.Statement::code);
        }

        List<Yaml> columns() {
            return yaml.get("columns").items().stream().map(item -> item.get("column")).toList();
        }
    }
}
