package changelogs.pages;

import java.util.ArrayList;
import java.util.List;

/** Builder of a Markdown page. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    Markdown heading(int level, String title) {
        return paragraph("#".repeat(level) + " " + title);
    }

    /** Adds an HTML comment, which is invisible on the rendered page. */
    Markdown comment(String comment) {
        return paragraph("<!-- " + comment + " -->");
    }

    Markdown paragraph(String paragraph) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(paragraph).append('\n');
        return this;
    }

    /** Adds a table; nothing if there are no rows. */
    Markdown table(List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add("| " + String.join(" | ", head) + " |");
            lines.add("|" + " --- |".repeat(head.size()));
            rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
            paragraph(String.join("\n", lines));
        }
        return this;
    }

    /** Text for a table cell: one line, with vertical bars escaped. */
    static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|").trim();
    }

    static String code(String text) {
        return text.isBlank() ? "" : "`" + cell(text) + "`";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
