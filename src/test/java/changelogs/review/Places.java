package changelogs.review;

import java.util.List;
import java.util.stream.Stream;

/** Finds the new changeset that changed an object, by the differences of the catalog. */
final class Places {

    private final List<Step> steps;
    private final List<ObjectChange> rewritten;

    /** {@code rewritten} are the differences that edited changesets cause. */
    Places(List<Step> steps, List<ObjectChange> rewritten) {
        this.steps = steps;
        this.rewritten = rewritten;
    }

    Finding finding(Check check, String object, String text) {
        Step step = of(object);
        return step == null ? new Finding(check, object, "", "", text, "") : finding(check, object, step, text);
    }

    static Finding finding(Check check, String object, Step step, String text) {
        return new Finding(check, object, step.id(), step.entry().place(), text, "");
    }

    /** The last changeset that changed the object itself, or else one of its parts; null if none did. */
    private Step of(String object) {
        String name = object.replaceFirst("^(?:schema|sequence) ", "");
        Step found = null;
        for (Step step : steps) {
            for (ObjectChange change : step.changes()) {
                if (change.name().equals(name) || change.relation().equals(name) || sameFunction(change, name)) {
                    found = step;
                }
            }
        }
        return found;
    }

    private static boolean sameFunction(ObjectChange change, String name) {
        return change.is("function") && name.contains("(") && change.name().startsWith(name.substring(0, name.indexOf('(') + 1));
    }

    /** Whether the changeset that changed the object renames something. */
    boolean isRenamed(String object) {
        Step step = of(object);
        return step != null && step.renames();
    }

    /** Whether a new changeset dropped the object, or an edited one no longer creates it. */
    boolean isDropped(String object) {
        return Stream.concat(steps.stream().flatMap(step -> step.changes().stream()), rewritten.stream()).anyMatch(change -> change.isDropped()
                && (change.is("relation", "column") && change.name().equals(object) || sameFunction(change, object)));
    }
}
