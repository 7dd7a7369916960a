package changelogs.pages;

import static changelogs.pages.Markdown.cell;
import static changelogs.pages.Markdown.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Generates tables/&lt;name&gt;.md: the reference page of one table or view. */
final class TablePage {

    /** Maximum number of tables in the diagram; referencing tables are listed in any case. */
    private static final int NEIGHBOURS = 10;
    private static final int LINE = 120;
    private static final Pattern FOREIGN_KEY = Pattern.compile("FOREIGN KEY \\((.*?)\\) REFERENCES (\\S+?)\\((.*?)\\)(.*)");

    private final Schema schema;
    private final Origins origins;
    private final Site site;
    private final AccessPage access;
    private final String name;
    private final String path;
    private final Markdown page = new Markdown();
    /** File that creates the table or view; null if it belongs to the product. */
    private final Origins.Origin origin;

    private TablePage(Schema schema, Origins origins, Site site, AccessPage access, String name) {
        this.schema = schema;
        this.origins = origins;
        this.site = site;
        this.access = access;
        this.name = name;
        this.path = Site.page(name);
        this.origin = schema.relation(name) == null ? null : origins.last("relation", "", name);
    }

    static String of(Schema schema, Origins origins, Site site, AccessPage access, String name) {
        return new TablePage(schema, origins, site, access, name).write();
    }

    private String write() {
        page.comment(GeneratedPagesTest.NOTICE);
        page.heading(1, name);
        introduction();
        picture();
        columns();
        keys();
        definitions("Checks", "check", schema.constraints(name, "c"), "constraint");
        definitions("Indexes", "index", schema.indexes(name), "index");
        triggers();
        policies();
        access();
        return page.toString();
    }

    private void introduction() {
        if (origin == null) {
            page.paragraph("The changelog does not create this table; this page lists what it adds. All objects: " + site.page(path, "index", Site.INDEX) + ".");
            return;
        }
        Schema.Row relation = schema.relation(name);
        if (!relation.get("comment").isBlank()) {
            page.paragraph(cell(relation.get("comment")));
        }
        List<String> lines = new ArrayList<>();
        lines.add("- Created by " + site.file(path, origin) + " of " + site.topic(path, origin.topic()) + ".");
        lines.add("- " + state(relation));
        related(lines, "Reads", schema.reads(name));
        related(lines, "Read by the views", schema.readers(name));
        page.paragraph(String.join("\n", lines));
    }

    private static String state(Schema.Row relation) {
        return switch (relation.get("kind")) {
            case "table" -> relation.is("secured", "true") ? "Row level security is on." : "**Row level security is off.**";
            case "view" -> relation.get("invoker").matches("true|on|1")
                    ? "A view that runs with the rights of the caller." : "A view that **runs with the rights of its owner**.";
            default -> "A " + relation.get("kind") + ".";
        };
    }

    private void related(List<String> lines, String verb, List<String> relations) {
        if (!relations.isEmpty()) {
            lines.add("- " + verb + " " + String.join(", ", relations.stream().map(other -> site.relation(path, other)).toList()) + ".");
        }
    }

    private void picture() {
        List<Schema.Row> out = schema.constraints(name, "f");
        List<Schema.Row> in = schema.references(name);
        if (origin == null || out.isEmpty() && in.isEmpty()) {
            return;
        }
        Diagram diagram = new Diagram(schema).table(name);
        out.forEach(diagram::key);
        if (in.size() <= NEIGHBOURS) {
            in.forEach(diagram::key);
        }
        page.paragraph(diagram.toString());
    }

    private void columns() {
        table("Columns", List.of("column", "type", "null", "default", "meaning"), schema.columns(name), "column", row -> List.of(
                code(row.name()), cell(row.get("type")), row.get("nullable"), code(row.get("default")), cell(row.get("comment"))));
    }

    private void keys() {
        definitions("Keys", "key", schema.constraints(name, "pux"), "constraint");
        table("Foreign keys", List.of("foreign key", "columns", "references", ""), schema.constraints(name, "f"), "constraint", this::foreignKey);
        List<Schema.Row> in = schema.references(name);
        if (!in.isEmpty()) {
            Map<String, List<String>> tables = new LinkedHashMap<>();
            in.forEach(key -> tables.computeIfAbsent(key.get("relation"), table -> new ArrayList<>()).add("`" + key.get("columns") + "`"));
            List<String> names = new ArrayList<>();
            tables.forEach((table, keys) -> names.add(site.relation(path, table) + " by " + String.join(" and ", keys)));
            page.paragraph("Referenced by " + String.join("; ", names) + ".");
        }
    }

    private List<String> foreignKey(Schema.Row row) {
        Matcher key = FOREIGN_KEY.matcher(row.get("definition"));
        if (!key.matches()) {
            throw new IllegalStateException(row.get("definition"));
        }
        return List.of(code(row.name()), code(key.group(1)), site.relation(path, row.get("referenced")) + " (" + code(key.group(3)) + ")",
                key.group(4).strip().toLowerCase(Locale.ROOT));
    }

    private void definitions(String title, String head, List<Schema.Row> rows, String kind) {
        table(title, List.of(head, "definition"), rows, kind, row -> List.of(code(row.name()), code(row.get("definition"))));
    }

    /** Adds a table of parts with their files, unless all are created by the file of the table. */
    private void table(String title, List<String> head, List<Schema.Row> rows, String kind, Function<Schema.Row, List<String>> cells) {
        boolean isView = origin != null && !schema.isTable(name);
        boolean elsewhere = !isView && !rows.stream().allMatch(row -> origin != null && origin.file().equals(made(kind, row).file()));
        List<List<String>> lines = new ArrayList<>();
        for (Schema.Row row : rows) {
            List<String> line = new ArrayList<>(cells.apply(row));
            if (elsewhere) {
                line.add(file(made(kind, row)));
            }
            lines.add(line);
        }
        List<String> heads = new ArrayList<>(head);
        if (elsewhere) {
            heads.add("file");
        }
        section(title, heads, lines);
    }

    /** The origin of a part; constraints of a column are created with the column. */
    private Origins.Origin made(String kind, Schema.Row row) {
        return origins.last(kind, name, row.name());
    }

    private String file(Origins.Origin made) {
        String file = site.file(path, made);
        return origin != null && origin.topic().equals(made.topic()) ? file : made.topic().name().substring(0, 4) + " " + file;
    }

    private void section(String title, List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            page.heading(2, title);
            page.table(head, rows);
        }
    }

    private void triggers() {
        section("Triggers", List.of("trigger", "definition", "file", "function"), schema.triggers(name).stream().map(row -> List.of(
                code(row.name()), code(row.get("definition").replaceFirst("^CREATE (CONSTRAINT )?TRIGGER \\S+ ", "$1")),
                file(made("trigger", row)), function(row.get("function")))).toList());
    }

    private String function(String function) {
        return origins.exists("function", "", function) ? file(origins.last("function", "", function)) : "";
    }

    /** Policies, grouped by the comment of the changeset that creates them. */
    private void policies() {
        Map<Origins.Origin, List<Schema.Row>> changesets = new LinkedHashMap<>();
        schema.policies(name).forEach(row -> changesets.computeIfAbsent(made("policy", row), made -> new ArrayList<>()).add(row));
        if (!changesets.isEmpty()) {
            page.heading(2, "Policies");
        }
        changesets.forEach((made, rows) -> {
            page.paragraph(cell(made.comment()) + " (" + file(made) + ", `" + made.changeset() + "`)");
            page.paragraph("```sql\n" + String.join("\n", rows.stream().map(this::policy).toList()) + "\n```");
        });
    }

    private String policy(Schema.Row row) {
        StringBuilder sql = new StringBuilder("create policy ").append(row.name().matches("[a-z_0-9]+") ? row.name() : "\"" + row.name() + "\"")
                .append(" on ").append(name);
        if (row.is("kind", "restrictive")) {
            sql.append(" as restrictive");
        }
        sql.append(" for ").append(row.get("command")).append(" to ").append(row.get("roles"));
        if (!row.get("qual").isBlank()) {
            sql.append("\n    using ").append(condition(row.get("qual")));
        }
        if (!row.get("check").isBlank()) {
            sql.append("\n    with check ").append(condition(row.get("check")));
        }
        return sql.append(';').toString();
    }

    /** Formats an expression without the column aliases that PostgreSQL adds to subqueries; long expressions get a line per condition. */
    private static String condition(String expression) {
        String line = expression.replaceAll("\\s+", " ").replaceAll("\\( SELECT (\\S+\\(\\)) AS \\w+\\)", "(select $1)").strip();
        String condition = line.startsWith("(") ? line : "(" + line + ")";
        return condition.length() <= LINE ? condition : condition.replaceAll(" (AND|OR) ", "\n        $1 ");
    }

    private void access() {
        String section = access.section(name);
        if (section != null) {
            page.heading(2, "Access");
            page.paragraph("Measured by running every command as each caller. The terms are explained in " + site.page(path, Site.ACCESS, Site.ACCESS) + ".");
            page.paragraph(section);
        }
    }
}
