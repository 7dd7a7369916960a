package changelogs.review;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.Contexts;
import liquibase.Scope;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;

/** One side of a review: the changelog of a system in a folder that holds {@code changelog/}. */
final class Side {

    private static final Contexts CONTEXTS = new Contexts("local");

    /**
     * A changeset.
     *
     * @param key identity for Liquibase: logical path, id and author
     * @param name logical path and id, as in released.txt
     * @param place file and line
     * @param rollback checksums of the changes of the rollback
     * @param tag the tag that it sets; empty if none
     * @param runs whether it runs in the context of the review
     */
    record Entry(String key, String name, String id, String place, String checksum, String rollback, String tag, boolean runs) {
    }

    private final Path root;
    private final String system;
    private final List<Entry> entries;

    private Side(Path root, String system, List<Entry> entries) {
        this.root = root;
        this.system = system;
        this.entries = entries;
    }

    /** Reads the changelog of the system; a side without one has no changesets. */
    static Side of(Path root, String system) {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(root.resolve(file(system)))) {
            in(root, () -> parse(root, system, false).getChangeSets().forEach(changeSet -> entries.add(entry(root, changeSet))));
        }
        return new Side(root, system, List.copyOf(entries));
    }

    static String file(String system) {
        return "changelog/" + system + "/changelog.yaml";
    }

    /** The systems with a changelog below a folder. */
    static List<String> systems(Path root) {
        Path folder = root.resolve("changelog");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> systems = Files.list(folder)) {
            return systems.filter(system -> Files.exists(system.resolve("changelog.yaml"))).map(system -> system.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new CannotCompare(e.getMessage(), e);
        }
    }

    private static Entry entry(Path root, ChangeSet changeSet) {
        String rollback = changeSet.getRollback().getChanges().stream().map(change -> change.generateCheckSum().toString()).collect(Collectors.joining(" "));
        String tag = changeSet.getChanges().stream().filter(TagDatabaseChange.class::isInstance).map(change -> ((TagDatabaseChange) change).getTag())
                .findFirst().orElse("");
        return new Entry(key(changeSet), changeSet.getFilePath() + "::" + changeSet.getId(), changeSet.getId(), place(root, changeSet),
                changeSet.generateCheckSum(ChecksumVersion.latest()).toString(), rollback, tag, changeSet.getContextFilter().matches(CONTEXTS));
    }

    static String key(ChangeSet changeSet) {
        return changeSet.toString(false);
    }

    private static String place(Path root, ChangeSet changeSet) {
        String file = changeSet.getChangeLog().getPhysicalFilePath();
        Pattern id = Pattern.compile("\\s*-?\\s*id:\\s*[\"']?" + Pattern.quote(changeSet.getId()) + "[\"']?\\s*");
        try {
            List<String> lines = Files.readAllLines(root.resolve(file));
            for (int i = 0; i < lines.size(); i++) {
                if (id.matcher(lines.get(i)).matches()) {
                    return file + ":" + (i + 1);
                }
            }
        } catch (IOException e) {
            throw new CannotCompare(e.getMessage(), e);
        }
        return file;
    }

    /** The changelog as Liquibase reads it. */
    DatabaseChangeLog read(boolean allowDataLoss) {
        DatabaseChangeLog[] read = new DatabaseChangeLog[1];
        in(root, () -> read[0] = parse(root, system, allowDataLoss));
        return read[0];
    }

    private static DatabaseChangeLog parse(Path root, String system, boolean allowDataLoss) throws Exception {
        ChangeLogParameters parameters = new ChangeLogParameters();
        if (allowDataLoss) {
            parameters.set("allowDataLoss", "true");
        }
        var files = Scope.getCurrentScope().getResourceAccessor();
        return ChangeLogParserFactory.getInstance().getParser(file(system), files).parse(file(system), parameters, files);
    }

    interface Work {
        void run() throws Exception;
    }

    /** Runs work that reads files of the changelog. */
    void reading(Work work) {
        in(root, work);
    }

    private static void in(Path root, Work work) {
        try (DirectoryResourceAccessor files = new DirectoryResourceAccessor(new File(root.toAbsolutePath().toString()))) {
            Scope.child(Map.of(Scope.Attr.resourceAccessor.name(), files), work::run);
        } catch (Exception e) {
            throw new CannotCompare("The changelog in " + root + " cannot be read: " + e.getMessage(), e);
        }
    }

    Path root() {
        return root;
    }

    String system() {
        return system;
    }

    List<Entry> entries() {
        return entries;
    }

    Optional<Entry> find(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** Names of the changesets in released.txt; empty if the file does not exist. */
    List<String> released() {
        return lines("released.txt").filter(line -> !line.startsWith("#")).map(line -> line.split(" ")[0]).filter(name -> !name.isBlank()).toList();
    }

    /** Lines of review-accepted.txt. */
    List<String> accepted() {
        return lines("review-accepted.txt").toList();
    }

    private Stream<String> lines(String file) {
        Path path = root.resolve("changelog/" + system).resolve(file);
        try {
            return Files.exists(path) ? Files.readAllLines(path).stream() : Stream.of();
        } catch (IOException e) {
            throw new CannotCompare(e.getMessage(), e);
        }
    }

    /** Folders of the migrations. */
    List<String> migrations() {
        Path folder = root.resolve("changelog/" + system);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isDirectory).map(path -> path.getFileName().toString()).filter(name -> name.matches("\\d+-.*")).sorted().toList();
        } catch (IOException e) {
            throw new CannotCompare(e.getMessage(), e);
        }
    }

}
