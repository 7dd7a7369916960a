package changelogs.review;

import changelogs.review.Access.Mismatch;
import changelogs.review.Access.Opening;
import changelogs.review.Access.Reach;
import changelogs.review.Access.Right;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Differences in access between the base and the head.
 *
 * @param sameRows whether the two databases were filled with the same rows
 * @param tables tables that existed before, without views
 */
record AccessDiff(Access before, Access after, Set<String> tables, boolean sameRows) {

    /** Row counts of separately generated data differ by chance, but by less than this factor. */
    private static final double CHANCE = 1.5;

    /** A right that was gained or lost, for all columns or some; columns are empty where the command has none. */
    record Change(Right right, boolean gained, Set<String> columns) {

        @Override
        public String toString() {
            return right.who() + (gained ? " gained " : " lost ") + right.command() + (columns.isEmpty() ? "" : " of " + String.join(", ", columns))
                    + " on " + right.object();
        }
    }

    /** The rows that a persona reaches before and after. */
    record RowsChange(Right right, Reach was, Reach is) {

        boolean gained() {
            return is.rows() > was.rows() || is.rows() == was.rows() && !is.digest().equals(was.digest()) && is.error().isEmpty() && was.error().isEmpty();
        }

        boolean lost() {
            return is.rows() < was.rows();
        }

        @Override
        public String toString() {
            return right.who() + ": " + right.command() + " on " + right.object() + " reached " + was + (was.error().isEmpty() ? " rows, now " : ", now ") + is
                    + (is.error().isEmpty() ? " rows" : "");
        }
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        Set<Right> rights = new TreeSet<>(before.privileges().keySet());
        rights.addAll(after.privileges().keySet());
        for (Right right : rights) {
            Set<String> was = before.privileges().get(right);
            Set<String> is = after.privileges().get(right);
            if (was == null || is == null) {
                changes.add(new Change(right, was == null, was == null ? is : was));
            } else {
                add(changes, right, true, is, was);
                add(changes, right, false, was, is);
            }
        }
        return changes.stream().filter(change -> !isThroughPublic(change, changes)).toList();
    }

    private static void add(List<Change> changes, Right right, boolean gained, Set<String> columns, Set<String> without) {
        Set<String> rest = new LinkedHashSet<>(columns);
        rest.removeAll(without);
        if (!rest.isEmpty()) {
            changes.add(new Change(right, gained, rest));
        }
    }

    /** Every role has the privileges of public, so a change of public is listed once. */
    private static boolean isThroughPublic(Change change, List<Change> changes) {
        return !change.right().who().equals("public") && changes.stream().anyMatch(other -> other.right().who().equals("public")
                && other.right().command().equals(change.right().command()) && other.right().object().equals(change.right().object())
                && other.gained() == change.gained());
    }

    List<RowsChange> rows() {
        List<RowsChange> changes = new ArrayList<>();
        Set<Right> rights = new TreeSet<>(before.reach().keySet());
        rights.addAll(after.reach().keySet());
        for (Right right : rights) {
            Reach refused = new Reach(0, "", changelogs.testing.Actor.REFUSED);
            Reach was = before.reach().getOrDefault(right, refused);
            Reach is = after.reach().getOrDefault(right, refused);
            RowsChange change = new RowsChange(right, was, is);
            if (!was.equals(is) && !reachesAll(change) && (sameRows || !isChance(was, is))) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Whether the persona reads all rows of a table before and after; then a different count is a change of the data, not of access. */
    private boolean reachesAll(RowsChange change) {
        Right all = new Right("service_role", "select", change.right().object());
        return tables.contains(all.object()) && change.was().rows() > 0 && isAll(change.was(), before.reach().get(all)) && isAll(change.is(), after.reach().get(all));
    }

    private static boolean isChance(Reach was, Reach is) {
        return was.error().equals(is.error()) && was.rows() > 0 == is.rows() > 0 && Math.max(was.rows(), is.rows()) < CHANCE * Math.min(was.rows(), is.rows());
    }

    private static boolean isAll(Reach reach, Reach all) {
        return all != null && all.error().isEmpty() && reach.error().isEmpty() && reach.rows() == all.rows();
    }

    /** The findings; rows that personas reach are compared only if both databases held the same rows. */
    List<Finding> findings(Places places, boolean compareRows) {
        List<Finding> findings = new ArrayList<>();
        privileges(places, findings);
        if (compareRows) {
            reachOfPersonas(places, findings);
        }
        for (Opening opening : after.openings()) {
            if (!before.openings().contains(opening)) {
                String object = opening.object() + (opening.detail().isEmpty() ? "" : "." + opening.detail());
                findings.add(places.finding(opening.check(), object, capital(opening.check().meaning()) + ": " + object + "."));
            }
        }
        for (Mismatch mismatch : after.mismatches()) {
            if (!before.mismatches().contains(mismatch)) {
                boolean policy = !mismatch.policy().isEmpty();
                findings.add(places.finding(policy ? Check.POLICY_WITHOUT_GRANT : Check.GRANT_WITHOUT_POLICY,
                        mismatch.table() + (policy ? "." + mismatch.policy() : ""), policy
                                ? "Policy " + mismatch.policy() + " of " + mismatch.table() + " names " + mismatch.role() + ", which lacks the privilege " + mismatch.command() + "."
                                : mismatch.role() + " may " + mismatch.command() + " on " + mismatch.table() + ", but no policy lets it reach a row."));
            }
        }
        return findings;
    }

    private void privileges(Places places, List<Finding> findings) {
        Map<String, List<Change>> anon = new TreeMap<>();
        Map<String, List<Change>> gained = new TreeMap<>();
        Map<String, List<Change>> lost = new TreeMap<>();
        for (Change change : changes()) {
            boolean open = change.right().who().matches("anon|public");
            Map<String, List<Change>> into = !change.gained() ? lost : open ? anon : gained;
            if (change.gained() || !isGone(change, places)) {
                into.computeIfAbsent(change.right().object(), object -> new ArrayList<>()).add(change);
            }
        }
        anon.forEach((object, changes) -> findings.add(places.finding(Check.GAINED_BY_ANON, object, sentence(object, changes))));
        lost.forEach((object, changes) -> findings.add(places.finding(Check.ACCESS_LOST, object, sentence(object, changes))));
        gained.forEach((object, changes) -> findings.add(places.finding(Check.ACCESS_GAINED, object, sentence(object, changes))));
    }

    /** Whether the object, or each of the columns, no longer exists. */
    private static boolean isGone(Change change, Places places) {
        String object = change.right().object();
        return places.isDropped(object) || !change.columns().isEmpty() && change.columns().stream().allMatch(column -> places.isDropped(object + "." + column));
    }

    private static String sentence(String object, List<Change> changes) {
        return changes.stream().map(change -> change.right().who() + (change.gained() ? " gained " : " lost ") + change.right().command()
                + (change.columns().isEmpty() ? "" : " (" + String.join(", ", change.columns()) + ")")).collect(Collectors.joining("; ")) + " on " + object + ".";
    }

    private void reachOfPersonas(Places places, List<Finding> findings) {
        Map<String, List<RowsChange>> gained = new TreeMap<>();
        Map<String, List<RowsChange>> lost = new TreeMap<>();
        Set<String> objects = before.reach().keySet().stream().map(Right::object).collect(Collectors.toSet());
        for (RowsChange change : rows()) {
            String who = change.right().who();
            if (!objects.contains(change.right().object()) || who.equals("service_role") || places.isDropped(change.right().object())) {
                continue;
            }
            if (change.gained() && (who.equals("anon") || who.equals("a user without rows") || who.contains("user with rows"))) {
                gained.computeIfAbsent(change.right().object(), object -> new ArrayList<>()).add(change);
            } else if (change.lost() && !change.is().refused()) {
                lost.computeIfAbsent(change.right().object(), object -> new ArrayList<>()).add(change);
            }
        }
        gained.forEach((object, changes) -> findings.add(places.finding(
                changes.stream().anyMatch(change -> change.right().who().equals("anon")) ? Check.GAINED_BY_ANON : Check.ROWS_GAINED, object, all(object, changes))));
        lost.forEach((object, changes) -> findings.add(places.finding(Check.ACCESS_LOST, object, all(object, changes))));
    }

    private static String all(String object, List<RowsChange> changes) {
        return "Rows of " + object + " that personas reach: " + changes.stream().map(change -> change.right().who() + ", " + change.right().command() + ": " + change.was()
                + " before, " + change.is() + " now").collect(Collectors.joining("; ")) + ".";
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
