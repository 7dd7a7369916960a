package changelogs.review;

import changelogs.testing.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object that differs between two catalogs.
 *
 * @param kind for example relation, column, policy or function
 * @param name qualified name; that of a column, constraint, trigger or policy begins with its table
 * @param before definition before, null if the object is new
 * @param after definition after, null if the object is gone
 */
record ObjectChange(String kind, String name, String before, String after) {

    private static final Pattern KIND = Pattern.compile("(default privileges|event trigger|\\S+) (.*)", Pattern.DOTALL);
    private static final Pattern ON = Pattern.compile(" ON (?:ONLY )?(\\S+)");

    static List<ObjectChange> between(Catalog before, Catalog after) {
        List<ObjectChange> changes = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.objects().keySet());
        names.addAll(after.objects().keySet());
        for (String name : names) {
            String was = before.objects().get(name);
            String is = after.objects().get(name);
            if ((was == null || !was.equals(is)) && !isIndexAsRelation(name, was == null ? is : was)) {
                Matcher parts = KIND.matcher(name);
                if (!parts.matches()) {
                    throw new IllegalStateException(name);
                }
                changes.add(new ObjectChange(parts.group(1), parts.group(2), was, is));
            }
        }
        return changes;
    }

    /** The catalog holds an index twice, once as a relation. */
    private static boolean isIndexAsRelation(String name, String definition) {
        return name.startsWith("relation ") && (definition.startsWith("i |") || definition.startsWith("I |"));
    }

    boolean isAdded() {
        return before == null;
    }

    boolean isDropped() {
        return after == null;
    }

    boolean isChanged() {
        return before != null && after != null;
    }

    boolean is(String... kinds) {
        return List.of(kinds).contains(kind);
    }

    /** The table or view that the object is or belongs to; empty if none. */
    String relation() {
        return switch (kind) {
            case "relation" -> name;
            case "column", "constraint", "trigger", "policy", "rule" -> firstTwo(name);
            case "index" -> {
                Matcher table = ON.matcher(before == null ? after : before);
                yield table.find() ? table.group(1) : "";
            }
            default -> "";
        };
    }

    private static String firstTwo(String name) {
        String[] parts = name.split("\\.", 3);
        return parts.length < 3 ? name : parts[0] + "." + parts[1];
    }

    /** The last part of the name, for example the column. */
    String last() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return (isAdded() ? "added " : isDropped() ? "dropped " : "changed ") + kind + " " + name;
    }
}
