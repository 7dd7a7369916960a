package changelogs.rules;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;

/**
 * The changesets that databases in use have run, and those of the changelog: checksums by id.
 *
 * @param released what changelog/&lt;system&gt;/released.txt lists
 * @param current what Liquibase computes now
 */
record Released(Map<String, String> released, Map<String, String> current) {

    static final List<Rule<Released>> RULES = List.of(
            new Rule<>("released-changeset",
                    "Databases have run it: Liquibase stops if a checksum differs, and runs a changeset again if its id or logical path changed",
                    "an edited `changes`, `remarks` or SQL file, a new id, or the removal of a changeset that `released.txt` lists",
                    "a new changeset (`comment` and `rollback` may still be edited)",
                    it -> it.released.keySet().stream().filter(id -> !it.released.get(id).equals(it.current.get(id)))
                            .map(id -> id + (it.current.containsKey(id) ? ": changed" : ": gone"))));

    private static final String HEAD = "# The changesets that were released, with their checksums. Add the new ones: mvn test -Dtest=ReleasedTest -Dupdate.released\n";

    static Path file(String system) {
        return Path.of("changelog", system, "released.txt");
    }

    static Released of(String system) {
        try {
            Path file = file(system);
            String text = Files.exists(file) ? Files.readString(file) : "";
            return new Released(parse(text), current(Path.of(""), "changelog/" + system + "/changelog.yaml"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Map<String, String> parse(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (a, b) -> a, LinkedHashMap::new));
    }

    /** Checksums as Liquibase writes them to its log. */
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

    /** The file with the new changesets at the end; lines that are there stay as they are. */
    String text() {
        Map<String, String> all = new LinkedHashMap<>(current);
        all.keySet().removeAll(released.keySet());
        return HEAD + Stream.of(released, all).flatMap(map -> map.entrySet().stream())
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n").collect(Collectors.joining());
    }
}
