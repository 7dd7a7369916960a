package changelogs.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small changelog that keeps all rules, and variants of it. */
final class Example {

    static final List<String> FILES = List.of("changelog.yaml", "exactly-once.yaml", "0001-books.yaml", "0002-lending.yaml");
    private static final String FIRST = "  - changeSet:\n      id: 0002-book-count\n";

    private Example() {
    }

    static Source good() {
        return source(texts());
    }

    /** With one passage in place of another. */
    static Source edited(String file, String from, String to) {
        Map<String, String> texts = texts();
        if (texts.get(file).split(java.util.regex.Pattern.quote(from), -1).length != 2) {
            throw new IllegalArgumentException("Not once in " + file + ": " + from);
        }
        texts.computeIfPresent(file, (name, text) -> text.replace(from, to));
        return source(texts);
    }

    /** With one more changeset; the body begins after the comment. */
    static Source with(String body) {
        return with(List.of(body));
    }

    static Source with(List<String> bodies) {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < bodies.size(); i++) {
            String body = "comment: Do something more.\n" + bodies.get(i).replace(OUTSIDE, "");
            more.append("  - changeSet:\n      id: 0002-more-" + i + "\n      author: library\n")
                    .append(indent(6, bodies.get(i).startsWith(OUTSIDE) ? OUTSIDE + body : body)).append("\n");
        }
        return edited("0002-lending.yaml", FIRST, more + FIRST);
    }

    static String changeset(String head, String changes, String rollback) {
        return head + "changes:\n" + indent(2, changes) + "rollback:\n" + indent(2, rollback);
    }

    /** A changeset that runs SQL and leaves nothing to undo. */
    static String running(String sql) {
        return changeset("", sql(sql), NOTHING);
    }

    /** A changeset whose rollback runs SQL. */
    static String undoing(String changes, String rollback) {
        return changeset("", sql(changes), sql(rollback));
    }

    static final String NOTHING = "# Nothing is left to undo.\n- empty: {}\n";
    static final String OUTSIDE = "runInTransaction: false\n";

    static String sql(String sql) {
        return "- sql:\n    splitStatements: false\n    sql: |-\n" + indent(6, sql);
    }

    static String precondition(String onFail, String sql) {
        return "preConditions:\n  - onFail: " + onFail
                + "\n  - onFailMessage: It is there already; adopt it with liquibase:changelogSync.\n"
                + "  - sqlCheck:\n      expectedResult: \"0\"\n      sql: |-\n" + indent(8, sql);
    }

    private static String indent(int spaces, String text) {
        return text.stripTrailing().lines().map(line -> line.isEmpty() ? "" : " ".repeat(spaces) + line)
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static Source source(Map<String, String> texts) {
        return Source.of("library", List.of("garden", "kitchen", "library"), texts);
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String file : FILES) {
            try (InputStream in = Example.class.getResourceAsStream("/rules/" + file)) {
                texts.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
