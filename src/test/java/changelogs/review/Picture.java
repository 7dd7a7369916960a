package changelogs.review;

import changelogs.testing.Catalog;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Mermaid flowchart of the tables and views that differ and of their neighbours by foreign key; an arrow points to the referenced table. */
final class Picture {

    private static final Pattern REFERENCES = Pattern.compile("FOREIGN KEY .*? REFERENCES ([^\\s(]+)\\(.*", Pattern.DOTALL);
    private static final int MOST = 40;

    private Picture() {
    }

    /** The flowchart; empty if no table differs, or if it would have more than 40 tables. */
    static String of(List<ObjectChange> changes, Catalog before, Catalog after) {
        Map<String, String> states = new TreeMap<>();
        changes.stream().filter(change -> !change.relation().isEmpty()).forEach(change -> states.merge(change.relation(),
                change.is("relation") ? change.isAdded() ? "added" : change.isDropped() ? "dropped" : "changed" : "changed", (a, b) -> a.equals("changed") ? b : a));
        Set<String> old = edges(before, states.keySet());
        Set<String> now = edges(after, states.keySet());
        Set<String> all = new TreeSet<>(old);
        all.addAll(now);
        Set<String> tables = all.stream().flatMap(edge -> List.of(edge.split(" ")).stream()).collect(Collectors.toCollection(TreeSet::new));
        tables.addAll(states.keySet());
        if (states.isEmpty() || tables.size() > MOST) {
            return "";
        }
        StringBuilder text = new StringBuilder("flowchart LR\n");
        tables.forEach(table -> text.append("    ").append(node(table)).append("[\"").append(table.replace("\"", "'"))
                .append(states.containsKey(table) ? " (" + states.get(table) + ")" : "").append("\"]").append(states.containsKey(table) ? ":::" + states.get(table) : "").append('\n'));
        all.forEach(edge -> {
            String[] ends = edge.split(" ");
            String arrow = !old.contains(edge) ? " -- new --> " : !now.contains(edge) ? " -. dropped .-> " : " --> ";
            text.append("    ").append(node(ends[0])).append(arrow).append(node(ends[1])).append('\n');
        });
        return text + "    classDef added stroke:#1a7f37,stroke-width:3px\n    classDef changed stroke:#9a6700,stroke-width:3px\n    classDef dropped stroke:#cf222e,stroke-width:3px\n";
    }

    /** Pairs of a table and the table that it references, where one of them differs. */
    private static Set<String> edges(Catalog catalog, Set<String> changed) {
        Set<String> edges = new TreeSet<>();
        catalog.objects().forEach((name, definition) -> {
            Matcher key = REFERENCES.matcher(definition);
            if (name.startsWith("constraint ") && key.matches()) {
                String table = new ObjectChange("constraint", name.substring("constraint ".length()), definition, definition).relation();
                if (changed.contains(table) || changed.contains(key.group(1))) {
                    edges.add(table + " " + key.group(1));
                }
            }
        });
        return edges;
    }

    private static String node(String table) {
        return table.replaceAll("\\W", "_");
    }
}
