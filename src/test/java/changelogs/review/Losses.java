package changelogs.review;

import changelogs.review.Step.Failure;
import changelogs.testing.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rolls back new changesets whose tables and columns contain rows; each rollback must refuse to lose them. */
final class Losses {

    private final Side head;
    private final String database;
    private final List<Finding> findings = new ArrayList<>();
    /** Changesets whose rollback refused, with the message. */
    private final Map<String, String> refusals = new LinkedHashMap<>();

    private Losses(Side head, String database) {
        this.head = head;
        this.database = database;
    }

    /** The database has run all changesets of the steps and has rows in new tables. The rollbacks change it, so the caller must not use it afterwards. */
    static Losses of(Side head, String database, List<Step> steps, Set<String> known) {
        Losses losses = new Losses(head, database);
        losses.fill(steps, known);
        losses.rollBack(steps, new TreeSet<>(known));
        return losses;
    }

    private void fill(List<Step> steps, Set<String> known) {
        try (Seeder seeder = new Seeder(database)) {
            steps.stream().flatMap(step -> step.changes().stream())
                    .filter(change -> change.is("column") && change.isAdded() && known.contains(change.relation()))
                    .forEach(change -> seeder.fillColumn(change.relation(), change.last()));
        }
    }

    private void rollBack(List<Step> steps, Set<String> known) {
        List<Step> undone = new ArrayList<>(steps);
        java.util.Collections.reverse(undone);
        try (Stepper stepper = new Stepper(database, head, key -> true, false)) {
            for (Step step : undone) {
                Set<String> held = held(stepper.observer().operator(), step, known);
                Failure failure = stepper.rollback(new ArrayList<>(), false);
                if (failure == null) {
                    held.forEach(object -> findings.add(Places.finding(Check.ROLLBACK_LOSES_ROWS, object, step,
                            "The rollback dropped " + object + " with its values, without refusing.")));
                } else if (failure.isRefusal()) {
                    refusals.put(step.id(), failure.message());
                    if (stepper.rollback(new ArrayList<>(), true) != null) {
                        return;
                    }
                } else {
                    findings.add(Places.finding(Check.ROLLBACK_FAILS, "", step, "With rows in the new tables and columns: " + failure.message()));
                    return;
                }
            }
        }
    }

    /** Objects that the step created and that hold values other than defaults. */
    private static Set<String> held(Session operator, Step step, Set<String> known) {
        Set<String> held = new TreeSet<>();
        for (ObjectChange change : step.changes()) {
            if (change.isAdded() && change.is("relation") && change.after().matches("(?s)[rp] \\|.*") && exists(operator, change.name(), "true")) {
                held.add(change.name());
            } else if (change.isAdded() && change.is("column") && !step.renames() && known.contains(change.relation())
                    && operator.value(Boolean.class, "select attgenerated = '' and not atthasdef from pg_attribute where attrelid = to_regclass(?) and attname = ?",
                            change.relation(), change.last())
                    && exists(operator, change.relation(), "\"" + change.last() + "\" is not null")) {
                held.add(change.name());
            }
        }
        return held;
    }

    private static boolean exists(Session operator, String table, String condition) {
        return operator.value(Boolean.class, "select exists (select from " + table + " where " + condition + ")");
    }

    List<Finding> findings() {
        return findings;
    }

    Map<String, String> refusals() {
        return refusals;
    }
}
