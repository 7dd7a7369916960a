package changelogs.review;

import changelogs.review.Access.Right;
import changelogs.testing.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Findings about clients of the last release, from the differences of the catalog.
 *
 * @param access rights before the new changesets
 * @param before a session in the database of the base, with rows
 * @param after a session in the database after the new changesets
 */
record ClientChecks(List<ObjectChange> changes, Access access, Session before, Session after, Places places) {

    private static final Pattern RETURNS = Pattern.compile("(?m)^ RETURNS (.*)$");
    private static final int LABELS_FROM = 2;

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (ObjectChange change : changes) {
            switch (change.kind()) {
                case "relation" -> relation(change, findings);
                case "column" -> column(change, findings);
                case "function" -> function(change, findings);
                case "type" -> type(change, findings);
                default -> { }
            }
        }
        bodies(findings);
        return findings;
    }

    private void relation(ObjectChange change, List<Finding> findings) {
        if (change.isDropped()) {
            if (isReachable(change.name())) {
                findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), change.name() + " no longer exists."));
            }
            if (change.before().matches("(?s)[rp] \\|.*") && !places.isRenamed(change.name()) && holds(change.name(), "true")) {
                findings.add(places.finding(Check.DROPS_DATA, change.name(), change.name() + " was dropped with its rows."));
            }
        }
    }

    private void column(ObjectChange change, List<Finding> findings) {
        String table = change.relation();
        if (isDropped(table) || isNew(table)) {
            return;
        }
        if (change.isDropped()) {
            if (isReachable(table, change.last())) {
                findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), "Column " + change.last() + " of " + table + " no longer exists."));
            }
            if (!isView(table) && !places.isRenamed(change.name()) && holds(table, "\"" + change.last() + "\" is not null")) {
                findings.add(places.finding(Check.DROPS_DATA, change.name(), "Column " + change.last() + " of " + table + " was dropped with its values."));
            }
            return;
        }
        if (change.isChanged() && !type(change.before()).equals(type(change.after())) && isReachable(table, change.last())) {
            findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), "The type of " + change.name() + " was " + type(change.before()) + " and is "
                    + type(change.after()) + "."));
        }
        boolean required = change.after().contains(" | not null") && (change.isAdded() || !change.before().contains(" | not null"));
        if (required && !isView(table) && mustBeGiven(table, change.last()) && isInsertable(table)) {
            findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), "Column " + change.last() + " of " + table
                    + " is not null and has no default: inserts of clients that do not send it fail."));
        }
    }

    private void function(ObjectChange change, List<Finding> findings) {
        if (change.isDropped() && isCallable(change.name())) {
            findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), change.name() + " no longer exists."));
        } else if (change.isChanged() && isCallable(change.name()) && !returns(change.before()).equals(returns(change.after()))) {
            findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), change.name() + " returned " + returns(change.before()) + " and returns "
                    + returns(change.after()) + "."));
        } else if (change.isAdded()) {
            String name = change.name().substring(0, change.name().indexOf('('));
            after.column(String.class, "select p.oid::regprocedure::text from pg_proc as p where p.oid::regproc::text = ? or p.oid::regprocedure::text like ?",
                    name, name + "(%").stream().filter(other -> changes.stream().noneMatch(each -> each.is("function") && each.isAdded() && each.name().equals(other)))
                    .forEach(other -> findings.add(places.finding(Check.OVERLOAD_LEFT, change.name(), other + " still exists beside " + change.name() + ".")));
        }
    }

    private void type(ObjectChange change, List<Finding> findings) {
        if (change.before() == null || !change.before().startsWith("e |")) {
            return;
        }
        if (change.isDropped()) {
            findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), "Type " + change.name() + " no longer exists."));
            return;
        }
        Set<String> gone = labels(change.before());
        gone.removeAll(labels(change.after()));
        Set<String> fresh = labels(change.after());
        fresh.removeAll(labels(change.before()));
        if (!gone.isEmpty()) {
            findings.add(places.finding(Check.BREAKS_CLIENTS, change.name(), "Type " + change.name() + " lost " + String.join(", ", gone) + "."));
        }
        if (!fresh.isEmpty()) {
            findings.add(places.finding(Check.NEW_ENUM_VALUE, change.name(), "Type " + change.name() + " gained " + String.join(", ", fresh) + "."));
        }
    }

    /**
     * PostgreSQL does not record what the body of a function uses; a body that contains the names of the table and of the column counts as
     * a use.
     */
    private void bodies(List<Finding> findings) {
        List<ObjectChange> gone = changes.stream().filter(ObjectChange::isDropped)
                .filter(change -> change.is("relation", "column") || change.is("function") && !hasOtherSignature(change.name())).toList();
        if (gone.isEmpty()) {
            return;
        }
        for (Map<String, Object> row : after.rows("""
                select p.oid::regprocedure::text as name, p.prosrc as body from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
                where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'extensions')
                """)) {
            for (ObjectChange change : gone) {
                String body = (String) row.get("body");
                boolean uses = change.is("column")
                        ? !isDropped(change.relation()) && mentions(body, change.last()) && mentions(body, simple(change.relation()))
                        : names(body, change.name().replaceFirst("\\(.*", ""));
                if (uses) {
                    findings.add(places.finding(Check.BODY_USES_DROPPED, change.name(), "The body of " + row.get("name") + " names " + change.name() + ", which no longer exists."));
                }
            }
        }
    }

    /** Whether a function of the same name exists, to which calls may resolve. */
    private boolean hasOtherSignature(String signature) {
        return after.value(Boolean.class, "select exists (select from pg_proc as p where p.oid::regproc::text = ? or p.oid::regprocedure::text like ?)",
                signature.replaceFirst("\\(.*", ""), signature.replaceFirst("\\(.*", "(%"));
    }

    /** Whether a body names an object of a schema, with its schema or without one. */
    static boolean names(String body, String qualified) {
        return mentions(body, qualified) || Pattern.compile("(?<![\\w.])" + Pattern.quote(simple(qualified)) + "(?!\\w)").matcher(body).find();
    }

    private static boolean mentions(String body, String word) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)").matcher(body).find();
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private boolean isReachable(String relation) {
        return access.privileges().keySet().stream().anyMatch(right -> right.object().equals(relation));
    }

    private boolean isReachable(String relation, String column) {
        return access.privileges().entrySet().stream().anyMatch(entry -> entry.getKey().object().equals(relation) && entry.getValue().contains(column));
    }

    private boolean isInsertable(String table) {
        return access.privileges().keySet().stream().anyMatch(right -> right.object().equals(table) && right.command().equals("insert"));
    }

    private boolean isCallable(String signature) {
        String name = signature.substring(0, signature.indexOf('(') + 1);
        return access.privileges().keySet().stream().map(Right::object).anyMatch(object -> object.startsWith(name));
    }

    private boolean isDropped(String relation) {
        return changes.stream().anyMatch(change -> change.is("relation") && change.isDropped() && change.name().equals(relation));
    }

    private boolean isNew(String relation) {
        return changes.stream().anyMatch(change -> change.is("relation") && change.isAdded() && change.name().equals(relation));
    }

    private boolean isView(String relation) {
        return before.value(Boolean.class, "select relkind in ('v', 'm') from pg_class where oid = to_regclass(?)", relation);
    }

    private boolean holds(String table, String condition) {
        return before.value(Boolean.class, "select exists (select from " + table + " where " + condition + ")");
    }

    private boolean mustBeGiven(String table, String column) {
        return after.value(Boolean.class, "select not a.atthasdef and a.attidentity = '' from pg_attribute as a where a.attrelid = to_regclass(?) and a.attname = ?", table, column);
    }

    private static String type(String definition) {
        return definition.split(" \\| ", -1)[1];
    }

    private static String returns(String definition) {
        Matcher returns = RETURNS.matcher(definition);
        return returns.find() ? returns.group(1) : "";
    }

    private static Set<String> labels(String definition) {
        return Arrays.stream(definition.split(" \\| ")).skip(LABELS_FROM).flatMap(part -> Arrays.stream(part.split(", ")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
