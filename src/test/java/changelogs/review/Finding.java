package changelogs.review;

/**
 * Something that a reviewer should know.
 *
 * @param object the table, function, policy or migration; empty if none
 * @param changeset id of the changeset; empty if the finding belongs to none
 * @param place file and line; empty if unknown
 * @param text what was measured
 * @param reason why a blocker was accepted; empty if it was not
 */
record Finding(Check check, String object, String changeset, String place, String text, String reason) {

    Finding accepted(String why) {
        return new Finding(check, object, changeset, place, text, why);
    }

    boolean isAccepted() {
        return !reason.isEmpty();
    }

    Level level() {
        return isAccepted() ? Level.NOTE : check.level();
    }
}
