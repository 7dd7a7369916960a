package changelogs.liquibase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.change.CheckSum;
import liquibase.database.Database;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.precondition.FailedPrecondition;
import liquibase.precondition.core.PreconditionContainer;

/**
 * Limits a run to the changesets of another database's log, so that a restored database is in the state of the one that was backed up:
 * a changeset that was pending there stays pending, and one that was only marked as run is only marked.
 *
 * <p>The system property {@value #PROPERTY} names a file with a line for each row of that log: id, author, file, how it was run and
 * its checksum, separated by tabs; {@code \N} is null.
 */
final class Replay {

    static final String PROPERTY = "changelogs.replay";

    private record Key(String id, String author, String file) {

        static Key of(ChangeSet changeSet) {
            return new Key(changeSet.getId(), changeSet.getAuthor(), DatabaseChangeLog.normalizePath(changeSet.getFilePath()));
        }

        @Override
        public String toString() {
            return file + "::" + id + "::" + author;
        }
    }

    private record Row(String execution, String checksum) {
    }

    private final Map<Key, Row> log;
    private boolean compared;

    private Replay(Map<Key, Row> log) {
        this.log = log;
    }

    /** Null if the run is not limited. */
    static Replay configured() {
        String file = System.getProperty(PROPERTY, "");
        return file.isEmpty() ? null : of(Path.of(file));
    }

    static Replay of(Path log) {
        return new Replay(read(log));
    }

    private static Map<Key, Row> read(Path file) {
        Map<Key, Row> log = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] values = line.split("\t", -1);
                if (values.length != 5) {
                    throw new UnexpectedLiquibaseException(file + " should have 5 values in each line: " + line);
                }
                log.put(new Key(values[0], values[1], values[2]), new Row(values[3], values[4]));
            }
        } catch (IOException e) {
            throw new UnexpectedLiquibaseException("Cannot read the log that -D" + PROPERTY + " names: " + e.getMessage(), e);
        }
        return log;
    }

    /** Called for each changeset before its preconditions are checked. */
    void limit(ChangeSet changeSet) {
        compareOnce(changeSet.getChangeLog().getRootChangeLog());
        Row row = log.get(Key.of(changeSet));
        if (row == null) {
            changeSet.setPreconditions(new Never(PreconditionContainer.FailOption.CONTINUE));
        } else if (row.execution().equals(ChangeSet.ExecType.MARK_RAN.value)) {
            changeSet.setPreconditions(new Never(PreconditionContainer.FailOption.MARK_RAN));
        } else if (changeSet.getPreconditions() != null
                && changeSet.getPreconditions().getOnFail() == PreconditionContainer.FailOption.MARK_RAN) {
            changeSet.setPreconditions(null);
        }
    }

    /** Checks before the first changeset runs that the changelog contains each changeset of the log, unchanged. */
    private void compareOnce(DatabaseChangeLog changeLog) {
        if (compared) {
            return;
        }
        compared = true;
        Map<Key, ChangeSet> changeSets = changeLog.getChangeSets().stream().collect(Collectors.toMap(Key::of, changeSet -> changeSet, (one, other) -> one));
        List<String> differences = new ArrayList<>();
        log.forEach((key, row) -> {
            if (!changeSets.containsKey(key)) {
                differences.add(key + " is not in the changelog");
            } else if (!row.checksum().equals("\\N") && !changeSets.get(key).isCheckSumValid(CheckSum.parse(row.checksum()))) {
                differences.add(key + " has changed");
            }
        });
        if (!differences.isEmpty()) {
            throw new UnexpectedLiquibaseException("The changelog does not match the log in -D" + PROPERTY + "; nothing was run. "
                    + "Check out the commit that the backup names.\n" + String.join("\n", differences));
        }
    }

    private static final class Never extends PreconditionContainer {

        private final FailOption option;

        Never(FailOption option) {
            this.option = option;
            setOnFail(option.toString());
        }

        @Override
        public void check(Database database, DatabaseChangeLog changeLog, ChangeSet changeSet, ChangeExecListener listener)
                throws PreconditionFailedException {
            throw new PreconditionFailedException(new FailedPrecondition(option == FailOption.CONTINUE
                    ? "Not in the log that this run is limited to." : "Only marked as run in the log that this run is limited to.", changeLog, this));
        }
    }
}
