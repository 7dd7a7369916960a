package changelogs.review;

import changelogs.review.Observer.Counters;
import changelogs.review.Step.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Findings about locks and data of one changeset, measured with two numbers of rows.
 *
 * @param step with fewer rows
 * @param large the same with more rows; null if it was not measured
 * @param rows number of rows by table that existed before, on the side with fewer rows
 */
record StepChecks(Step step, Step large, Map<String, Long> rows) {

    private static final double COMPLETE = 0.9;
    private static final double MOST = 0.5;
    private static final double GROWS = 4;
    private static final String NOT_NULL = "not null";

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (step.failed()) {
            failure(findings);
            return findings;
        }
        if (!step.applied()) {
            findings.add(of(Check.PENDING, "", "Its preconditions are not met on this server, or it does not run in the context local."));
            return findings;
        }
        Set<String> explained = new HashSet<>();
        for (String table : step.rewritten()) {
            if (rows.getOrDefault(table, 0L) > 0 && counters(table).deleted() == 0 && !isTruncated(table)) {
                findings.add(of(Check.TABLE_REWRITE, table, "All " + rows.get(table) + " rows of " + table + " were written to new files under "
                        + step.lock(table).named() + " lock" + times(table) + "."));
                explained.add(table);
            }
        }
        scans(findings, explained);
        for (Map.Entry<String, Step.Lock> lock : step.locks().entrySet()) {
            if (lock.getValue().mode().blocksWrites() && !step.lockTimeout() && rows.containsKey(lock.getKey())) {
                findings.add(of(Check.NO_LOCK_TIMEOUT, lock.getKey(), "The " + lock.getValue().mode() + " lock on " + lock.getKey() + " blocks "
                        + lock.getValue().mode().blocks() + ", and lock_timeout is not set."));
            }
        }
        written(findings);
        return findings;
    }

    private void failure(List<Finding> findings) {
        Step.Failure failure = step.failure();
        boolean data = failure.isAboutData() && rows.getOrDefault(failure.table(), 1L) > 0;
        findings.add(of(data ? Check.FAILS_ON_DATA : Check.DOES_NOT_APPLY, failure.table(), failure.message()
                + (failure.message().endsWith(".") ? "" : ".") + (data ? " The base allows such rows." : "")));
    }

    private void scans(List<Finding> findings, Set<String> explained) {
        step.counters().forEach((table, counters) -> {
            long count = rows.getOrDefault(table, 0L);
            if (count == 0 || counters.read() < count * COMPLETE || !step.lock(table).blocksWrites() || explained.contains(table)) {
                return;
            }
            String read = " under " + step.lock(table).named() + " lock, which blocks " + step.lock(table).blocks() + times(table) + ".";
            boolean named = false;
            if (adds(table, change -> change.is("index") && change.isAdded()) && !adds(table, StepChecks::isConstraint)) {
                findings.add(of(Check.INDEX_BLOCKS_WRITES, table, "The index on " + table + " was built" + read));
                named = true;
            }
            if (adds(table, StepChecks::isConstraint) || adds(table, StepChecks::becomesRequired)) {
                findings.add(of(Check.CONSTRAINT_SCANS, table, "A constraint of " + table + " was checked against all rows" + read));
                named = true;
            }
            if (!named && counters.written() < count * MOST) {
                findings.add(of(Check.SCAN_UNDER_LOCK, table, "All rows of " + table + " were read" + read));
            }
        });
    }

    private boolean adds(String table, Predicate<ObjectChange> condition) {
        return step.changes().stream().filter(change -> change.relation().equals(table)).anyMatch(condition);
    }

    private static boolean isConstraint(ObjectChange change) {
        return change.is("constraint") && change.after() != null && !change.after().contains("not valid") && !change.after().startsWith("TRIGGER");
    }

    private static boolean becomesRequired(ObjectChange change) {
        return change.is("column") && change.isChanged() && !change.before().contains(" | " + NOT_NULL) && change.after().contains(" | " + NOT_NULL);
    }

    private void written(List<Finding> findings) {
        step.counters().forEach((table, counters) -> {
            long count = rows.getOrDefault(table, 0L);
            boolean grows = large == null || !large.applied()
                    || large.counters().getOrDefault(table, Counters.NONE).written() >= counters.written() * GROWS;
            if (count > 0 && counters.written() >= count * MOST && grows && step.sql().size() > 0 && inOneTransaction()) {
                findings.add(of(Check.ROWS_IN_ONE_TRANSACTION, table, counters.written() + " rows of " + table + " were changed with " + count + " rows in the table"
                        + (large == null ? "" : ", " + large.counters().getOrDefault(table, Counters.NONE).written() + " with more") + ", in one transaction."));
            }
        });
    }

    private boolean inOneTransaction() {
        return step.sql().stream().noneMatch(sql -> sql.matches("(?is).*\\bcommit\\b\\s*;.*"));
    }

    private boolean isTruncated(String table) {
        return step.sql().stream().anyMatch(sql -> sql.toLowerCase(java.util.Locale.ROOT).contains("truncate")) && step.lock(table) == Mode.ACCESS_EXCLUSIVE;
    }

    private Counters counters(String table) {
        return step.counters().getOrDefault(table, Counters.NONE);
    }

    private String times(String table) {
        return large == null || !large.locks().containsKey(table) ? ""
                : String.format(java.util.Locale.ROOT, " for %.1f ms (%.1f ms with more rows)", step.locks().get(table).millis(), large.locks().get(table).millis());
    }

    private Finding of(Check check, String object, String text) {
        return Places.finding(check, object, step, text);
    }
}
