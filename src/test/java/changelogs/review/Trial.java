package changelogs.review;

import changelogs.review.Side.Entry;
import changelogs.review.Step.Failure;
import changelogs.testing.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A changeset that was applied to a database with rows, rolled back and applied again.
 *
 * @param rollbackSql statements of the rollback
 * @param failure why the rollback failed; null if it did not
 * @param refusal why the rollback refused to lose rows, before it was repeated with allowDataLoss; empty if it did not refuse
 * @param left differences from the catalog before the changeset
 * @param rows tables whose rows differ from those before the changeset
 * @param again differences between the first and the second result
 * @param stuck whether the database is no longer in the state after the changeset
 */
record Trial(Step step, List<String> rollbackSql, Failure failure, String refusal, List<ObjectChange> left, Map<String, String> rows, List<String> again, boolean stuck) {

    /** Applies the changeset, rolls it back and applies it again. */
    static Trial of(Stepper stepper, Entry entry) {
        Catalog before = stepper.catalog();
        Map<String, String> rowsBefore = stepper.observer().rows(tables(before));
        Step step = stepper.apply(entry);
        if (step.failed() || !step.applied()) {
            return new Trial(step, List.of(), null, "", List.of(), Map.of(), List.of(), false);
        }
        Catalog after = stepper.catalog();
        Map<String, String> rowsAfter = stepper.observer().rows(tables(after));
        List<String> sql = new ArrayList<>();
        Failure failure = stepper.rollback(sql, false);
        String refusal = failure != null && failure.isRefusal() ? failure.message() : "";
        if (!refusal.isEmpty()) {
            sql.clear();
            failure = stepper.rollback(sql, true);
        }
        if (failure != null) {
            return new Trial(step, sql, failure, refusal, List.of(), Map.of(), List.of(), false);
        }
        List<ObjectChange> left = ObjectChange.between(before, stepper.catalog());
        Map<String, String> differing = differing(rowsBefore, stepper.observer().rows(tables(before)), false);
        Step second = stepper.apply(entry);
        List<String> again = new ArrayList<>();
        if (second.failed()) {
            again.add(second.failure().message());
        } else {
            ObjectChange.between(after, stepper.catalog()).forEach(change -> again.add(change.toString()));
            differing(rowsAfter, stepper.observer().rows(tables(after)), true).forEach((table, rows) -> again.add("rows of " + table + ": " + rows));
        }
        return new Trial(step, sql, null, refusal, left, differing, again, second.failed() || !left.isEmpty());
    }

    private static Set<String> tables(Catalog catalog) {
        Set<String> tables = new TreeSet<>();
        catalog.objects().forEach((name, definition) -> {
            if (name.startsWith("relation ") && definition.matches("(?s)[rp] \\|.*")) {
                tables.add(name.substring("relation ".length()));
            }
        });
        return tables;
    }

    /** Differences in number and hash of rows, or in the number alone: random values and times differ when a changeset runs again. */
    private static Map<String, String> differing(Map<String, String> before, Map<String, String> after, boolean numberAlone) {
        Map<String, String> differing = new TreeMap<>();
        before.forEach((table, rows) -> {
            String then = after.get(table);
            if (then != null && !(numberAlone ? number(rows).equals(number(then)) : rows.equals(then))) {
                differing.put(table, number(rows).equals(number(then)) ? number(rows) + ", other values" : number(rows) + ", then " + number(then));
            }
        });
        return differing;
    }

    private static String number(String rows) {
        return rows.substring(0, rows.indexOf(','));
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (failure != null) {
            boolean missing = step.entry().rollback().isEmpty() && failure.state().isEmpty();
            findings.add(Places.finding(missing ? Check.ROLLBACK_MISSING : Check.ROLLBACK_FAILS, "", step,
                    missing ? "The changeset has no rollback, and Liquibase cannot derive one." : failure.message()));
            return findings;
        }
        if (!left.isEmpty()) {
            findings.add(Places.finding(Check.ROLLBACK_WRONG, left.get(0).name(), step,
                    "After the rollback: " + String.join("; ", left.stream().limit(5).map(ObjectChange::toString).toList()) + (left.size() > 5 ? "; …" : "") + "."));
        }
        rows.forEach((table, difference) -> {
            if (refusal.isEmpty() && left.stream().noneMatch(change -> change.is("relation") && change.name().equals(table))) {
                findings.add(Places.finding(Check.ROLLBACK_LOSES_ROWS, table, step, "Rows of " + table + " before the changeset and after its rollback: " + difference + "."));
            }
        });
        if (!again.isEmpty() && left.isEmpty()) {
            findings.add(Places.finding(Check.REAPPLY_DIFFERS, "", step, String.join("; ", again.stream().limit(5).toList()) + "."));
        }
        return findings;
    }
}
