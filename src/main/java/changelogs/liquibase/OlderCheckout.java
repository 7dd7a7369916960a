package changelogs.liquibase;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;

/**
 * A checkout whose changelog lacks changesets that are in the database's log.
 *
 * <p>Liquibase ignores such rows: it reports the database as up to date, and rolls back objects that newer changesets need.
 */
final class OlderCheckout {

    private static final int NAMED = 10;

    private final String system;
    private final List<RanChangeSet> missing;

    private OlderCheckout(String system, List<RanChangeSet> missing) {
        this.system = system;
        this.missing = missing;
    }

    /** Compares the changelog with the log rows of its system, which have its author or its folder in their path. */
    static OlderCheckout of(DatabaseChangeLog changelog, Collection<RanChangeSet> log) {
        DatabaseChangeLog root = changelog.getRootChangeLog();
        String system = Objects.requireNonNullElse(root.getFilePath(), "").split("/")[0];
        List<RanChangeSet> missing = log.stream()
                .filter(row -> row.getAuthor().equals(system) || row.getChangeLog().split("/")[0].equals(system)).toList();
        missing = without(missing, keys(root, UnaryOperator.identity()));
        if (!missing.isEmpty()) {
            // Same result as Liquibase's comparison, which is slow for a complete changelog.
            missing = without(missing, keys(root, DatabaseChangeLog::normalizePath));
        }
        return new OlderCheckout(system, missing);
    }

    private static List<RanChangeSet> without(List<RanChangeSet> rows, Set<Key> known) {
        return rows.stream().filter(row -> !known.contains(new Key(row.getChangeLog(), row.getId(), row.getAuthor()))).toList();
    }

    private static Set<Key> keys(DatabaseChangeLog root, UnaryOperator<String> path) {
        return Stream.of(root.getChangeSets(), root.getSkippedChangeSets()).flatMap(List::stream)
                .map(changeSet -> new Key(path.apply(changeSet.getFilePath()), changeSet.getId(), changeSet.getAuthor())).collect(Collectors.toSet());
    }

    private record Key(String path, String id, String author) {
    }

    boolean isOlder() {
        return !missing.isEmpty();
    }

    String message() {
        String names = missing.stream().limit(NAMED).map(row -> "\n  " + row).collect(Collectors.joining());
        int rest = missing.size() - NAMED;
        return "This checkout is older than the database: the log has " + missing.size()
                + (missing.size() == 1 ? " changeset of " : " changesets of ") + system + " that the changelog lacks:" + names
                + (rest > 0 ? "\n  and " + rest + " more" : "")
                + "\nCheck out the commit that was applied last, or a newer one, and start again.";
    }
}
