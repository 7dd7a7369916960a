package changelogs.pages;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A Mermaid diagram of tables and foreign keys for GitHub; it shows only key columns. */
final class Diagram {

    private final Schema schema;
    private final List<String> lines = new ArrayList<>(List.of("```mermaid", "erDiagram"));
    private final Set<String> keys = new LinkedHashSet<>();

    Diagram(Schema schema) {
        this.schema = schema;
    }

    /** Adds a table with its key columns. */
    Diagram table(String table) {
        lines.add("    " + entity(table) + " {");
        for (Schema.Row column : schema.columns(table)) {
            String marks = marks(table, column.name());
            if (!marks.isEmpty()) {
                lines.add("        " + type(column.get("type")) + " " + simple(column.name()) + " " + marks);
            }
        }
        lines.add("    }");
        return this;
    }

    /**
     * Adds a foreign key; a table that was not added appears as an empty box. Each key is drawn once; a key that contains the columns of
     * another key to the same table is omitted.
     */
    Diagram key(Schema.Row key) {
        if (schema.constraints(key.get("relation"), "f").stream().anyMatch(other -> isWithin(other, key))) {
            return this;
        }
        String line = "    " + entity(key.get("referenced")) + (isNullable(key) ? " |o--" : " ||--") + (isUnique(key) ? "o| " : "o{ ")
                + entity(key.get("relation")) + " : \"" + key.get("columns") + "\"";
        if (keys.add(line)) {
            lines.add(line);
        }
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n```";
    }

    private static boolean isWithin(Schema.Row part, Schema.Row key) {
        List<String> columns = List.of(key.get("columns").split(", "));
        List<String> some = List.of(part.get("columns").split(", "));
        return part.is("referenced", key.get("referenced")) && some.size() < columns.size() && columns.containsAll(some);
    }

    private boolean isNullable(Schema.Row key) {
        List<String> names = List.of(key.get("columns").split(", "));
        return schema.columns(key.get("relation")).stream().anyMatch(column -> names.contains(column.name()) && column.is("nullable", "yes"));
    }

    private boolean isUnique(Schema.Row key) {
        return schema.constraints(key.get("relation"), "pu").stream().anyMatch(other -> other.is("columns", key.get("columns")));
    }

    private String marks(String table, String column) {
        Set<String> marks = new LinkedHashSet<>();
        for (Schema.Row constraint : schema.constraints(table)) {
            boolean holds = List.of(constraint.get("columns").split(", ")).contains(column);
            switch (constraint.get("kind")) {
                case "p" -> add(marks, holds, "PK");
                case "u" -> add(marks, constraint.is("columns", column), "UK");
                case "f" -> add(marks, holds, "FK");
                default -> {
                    // Not a key column.
                }
            }
        }
        return String.join(", ", marks);
    }

    private static void add(Set<String> marks, boolean holds, String mark) {
        if (holds) {
            marks.add(mark);
        }
    }

    /** The schema is included only if it is not public; names in Mermaid cannot contain dots. */
    private static String entity(String relation) {
        return simple(relation.startsWith("public.") ? relation.substring("public.".length()) : relation);
    }

    private static String type(String type) {
        return simple(type.replace("timestamp with time zone", "timestamptz").replace("character varying", "varchar")
                .replaceAll("\\(.*?\\)", "").replace("[]", "_array"));
    }

    private static String simple(String name) {
        return name.replaceAll("[^A-Za-z0-9_]+", "_");
    }
}
