package changelogs.review;

import changelogs.rules.Lint;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    /** The changelog, by whether rollbacks may lose data; reading it takes a second. */
    private final Map<Boolean, DatabaseChangeLog> read = new HashMap<>();
    private final Map<Boolean, List<ChangeSet>> changeSets = new HashMap<>();
    /** Null until they are needed. */
    private Set<String> brokenRules;

    private Side(Path root, String system, List<Entry> entries) {
        this.root = root;
        this.system = system;
        this.entries = entries;
    }

    /** Reads the changelog of the system; a side without one has no changesets. */
    static Side of(Path root, String system) {
        List<Entry> entries = new ArrayList<>();
        Side side = new Side(root, system, entries);
        if (Files.exists(root.resolve(file(system)))) {
            Map<String, List<String>> files = new HashMap<>();
            side.reading(() -> side.changeSets(false).forEach(changeSet -> entries.add(entry(root, changeSet, files))));
        }
        return side;
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

    private static Entry entry(Path root, ChangeSet changeSet, Map<String, List<String>> files) {
        String rollback = changeSet.getRollback().getChanges().stream().map(change -> change.generateCheckSum().toString()).collect(Collectors.joining(" "));
        String tag = changeSet.getChanges().stream().filter(TagDatabaseChange.class::isInstance).map(change -> ((TagDatabaseChange) change).getTag())
                .findFirst().orElse("");
        return new Entry(key(changeSet), changeSet.getFilePath() + "::" + changeSet.getId(), changeSet.getId(), place(root, changeSet, files),
                changeSet.generateCheckSum(ChecksumVersion.latest()).toString(), rollback, tag, changeSet.getContextFilter().matches(CONTEXTS));
    }

    static String key(ChangeSet changeSet) {
        return changeSet.toString(false);
    }

    private static String place(Path root, ChangeSet changeSet, Map<String, List<String>> files) {
        String file = changeSet.getChangeLog().getPhysicalFilePath();
        Pattern id = Pattern.compile("\\s*-?\\s*id:\\s*[\"']?" + Pattern.quote(changeSet.getId()) + "[\"']?\\s*");
        List<String> lines = files.computeIfAbsent(file, name -> lines(root.resolve(name)));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(changeSet.getId()) && id.matcher(lines.get(i)).matches()) {
                return file + ":" + (i + 1);
            }
        }
        return file;
    }

    /** The changesets as Liquibase reads them. */
    List<ChangeSet> changeSets(boolean allowDataLoss) {
        return changeSets.computeIfAbsent(allowDataLoss, key -> {
            in(root, () -> read.put(allowDataLoss, parse(root, system, allowDataLoss)));
            return List.copyOf(read.get(allowDataLoss).getChangeSets());
        });
    }

    /** The changelog with the chosen changesets, valid until the next call. */
    DatabaseChangeLog with(Predicate<ChangeSet> chosen, boolean allowDataLoss) {
        List<ChangeSet> all = changeSets(allowDataLoss);
        DatabaseChangeLog log = read.get(allowDataLoss);
        log.getChangeSets().clear();
        all.stream().filter(chosen).forEach(log.getChangeSets()::add);
        return log;
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

    /** The rules that the changelog breaks. */
    Set<String> brokenRules() {
        if (brokenRules == null) {
            brokenRules = entries.isEmpty() ? Set.of() : Lint.findings(root, system);
        }
        return brokenRules;
    }

    /** Lines of review-accepted.txt. */
    List<String> accepted() {
        return lines("review-accepted.txt").toList();
    }

    private Stream<String> lines(String file) {
        Path path = root.resolve("changelog/" + system).resolve(file);
        return Files.exists(path) ? lines(path).stream() : Stream.of();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
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
