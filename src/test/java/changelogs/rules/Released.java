package changelogs.rules;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;

/**
 * Changesets that production databases have run, and those of the changelog: checksums by logical path and id, in changelog order.
 *
 * @param released checksums listed in changelog/&lt;system&gt;/released.txt
 * @param current checksums that Liquibase computes now
 */
record Released(Map<String, String> released, Map<String, String> current) {

    static final List<Rule<Released>> RULES = List.of(
            new Rule<>("released-changeset",
                    "Databases have run the changeset: Liquibase stops if its checksum differs, and runs it again if its id or logical path changed",
                    "an edited `changes`, `remarks` or SQL file, a new id, or the removal of a changeset that `released.txt` lists",
                    "a new changeset (`comment` and `rollback` may still be edited)",
                    it -> it.released.keySet().stream().filter(id -> !it.released.get(id).equals(it.current.get(id)))
                            .map(id -> id + (it.current.containsKey(id) ? ": changed" : ": gone"))),
            new Rule<>("released-order",
                    "Databases in use have already run the later changesets, so they run an inserted changeset in another order than a new database",
                    "a new changeset in a migration that `released.txt` lists or before one, or another order of released changesets",
                    "a new migration, included last",
                    Released::outOfOrder));

    static Path file(String system) {
        return Path.of("changelog", system, "released.txt");
    }

    static Released of(String system) throws IOException {
        return new Released(parse(Files.readString(file(system))), current(Path.of(""), "changelog/" + system + "/changelog.yaml"));
    }

    private static Stream<String> outOfOrder(Released it) {
        List<String> kept = it.released.keySet().stream().filter(it.current::containsKey).toList();
        List<String> order = List.copyOf(it.current.keySet());
        Set<String> paths = it.released.keySet().stream().map(Released::path).collect(Collectors.toSet());
        int last = kept.stream().mapToInt(order::indexOf).max().orElse(-1);
        Stream<String> inserted = it.pending().stream().filter(id -> order.indexOf(id) < last || paths.contains(path(id))).map(id -> id + ": inserted");
        Stream<String> moved = IntStream.range(1, kept.size()).filter(i -> order.indexOf(kept.get(i)) < order.indexOf(kept.get(i - 1)))
                .mapToObj(i -> kept.get(i) + ": moved");
        return Stream.concat(inserted, moved);
    }

    private static String path(String id) {
        return id.substring(0, id.indexOf("::"));
    }

    /** The changesets that are not released yet. */
    List<String> pending() {
        return current.keySet().stream().filter(id -> !released.containsKey(id)).toList();
    }

    static Map<String, String> parse(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (a, b) -> a, LinkedHashMap::new));
    }

    /** Current checksums, as Liquibase writes them to its log. */
    static Map<String, String> current(Path root, String changelog) {
        try (ResourceAccessor files = new DirectoryResourceAccessor(new File(root.toAbsolutePath().toString()))) {
            Map<String, String> checksums = new LinkedHashMap<>();
            Scope.child(Map.of(Scope.Attr.resourceAccessor.name(), files), () -> {
                DatabaseChangeLog parsed = ChangeLogParserFactory.getInstance().getParser(changelog, files)
                        .parse(changelog, new ChangeLogParameters(), files);
                parsed.getChangeSets().forEach(changeset -> checksums.put(
                        changeset.getFilePath() + "::" + changeset.getId(),
                        changeset.generateCheckSum(ChecksumVersion.latest()).toString()));
            });
            return checksums;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lines to append to the file when all pending changesets are released; empty if none are pending. */
    String addition(LocalDate date, String commit) {
        List<String> pending = pending();
        return pending.isEmpty() ? "" : pending.stream().map(id -> id + " " + current.get(id) + "\n")
                .collect(Collectors.joining("", "# " + date + ", commit " + commit + "\n", ""));
    }
}
