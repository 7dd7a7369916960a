package changelogs.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A small changelog that complies with all rules, and variants of it. */
final class Example {

    static final String MAIN = "library/changelog.yaml";
    static final String BOOKS = "library/0001-books/books.yaml";
    static final String LENDING = "library/0002-lending/lending.yaml";
    static final String LENDING_MAIN = "library/0002-lending/changelog.yaml";
    static final String LENDING_CHECKS = "library/0002-lending/safe-checks.yaml";
    static final String BOOK_COUNT = "library/0002-lending/functions/book_count.sql";
    static final String EXACTLY_ONCE = "shared/exactly-once.yaml";
    static final List<String> FILES = List.of(MAIN, EXACTLY_ONCE, "library/0001-books/changelog.yaml", "library/0001-books/safe-checks.yaml",
            BOOKS, LENDING_MAIN, LENDING_CHECKS, LENDING, BOOK_COUNT);

    static final String NOTHING = "# Nothing is left to undo.\n- empty: {}\n";
    static final String OUTSIDE = "runInTransaction: false\n";
    private static final String FIRST = "  - changeSet:\n      id: 0002-book-count\n";

    private final Map<String, String> texts;

    private Example(Map<String, String> texts) {
        this.texts = texts;
    }

    static Example good() {
        Map<String, String> texts = new TreeMap<>();
        for (String file : FILES) {
            try (InputStream in = Example.class.getResourceAsStream("/rules/" + file)) {
                texts.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Example(texts);
    }

    /** The example with more changesets; each body starts after the comment. */
    static Example with(String... bodies) {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < bodies.length; i++) {
            String body = "comment: Do something more.\n" + bodies[i].replace(OUTSIDE, "");
            more.append("  - changeSet:\n      id: 0002-more-" + i + "\n      author: library\n")
                    .append(indent(6, bodies[i].startsWith(OUTSIDE) ? OUTSIDE + body : body)).append("\n");
        }
        return good().edit(LENDING, FIRST, more + FIRST);
    }

    /** The example with a passage replaced. */
    Example edit(String file, String from, String to) {
        if (texts.get(file).split(Pattern.quote(from), -1).length != 2) {
            throw new IllegalArgumentException("Not found exactly once in " + file + ": " + from);
        }
        return file(file, texts.get(file).replace(from, to));
    }

    /** The example with a file added or its text replaced. */
    Example file(String file, String text) {
        Map<String, String> changed = new TreeMap<>(texts);
        changed.put(file, text);
        return new Example(changed);
    }

    String text(String file) {
        return texts.get(file);
    }

    /** The example with an SQL file in the folder of the last migration. */
    Example sqlFile(String name, String text) {
        return file("library/0002-lending/" + name, text);
    }

    /** The example with names that must not exist in the safe check of the last migration. */
    Example inTheWay(String... names) {
        return edit(LENDING_CHECKS, "'private.book_count()'", "'private.book_count()', '" + String.join("', '", names) + "'");
    }

    /** The example with names that must exist in the safe check of the last migration. */
    Example missing(String... names) {
        return edit(LENDING_CHECKS, "'public.shelves'", "'public.shelves', '" + String.join("', '", names) + "'");
    }

    Source source() {
        Map<String, String> paths = new TreeMap<>();
        texts.forEach((file, text) -> paths.put("changelog/" + file, text));
        return Source.of("library", List.of("garden", "kitchen", "library"), paths);
    }

    static String changeset(String head, String changes, String rollback) {
        return head + "changes:\n" + indent(2, changes) + "rollback:\n" + indent(2, rollback);
    }

    /** A changeset that runs SQL and has an empty rollback. */
    static String running(String sql) {
        return changeset("", sql(sql), NOTHING);
    }

    /** A changeset whose rollback runs SQL. */
    static String undoing(String changes, String rollback) {
        return changeset("", sql(changes), sql(rollback));
    }

    /** A changeset that runs an SQL file. */
    static String running(String file, String rollback) {
        return changeset("", sqlFile(file), rollback);
    }

    static String sqlFile(String path) {
        return "- sqlFile:\n    path: " + path + "\n    relativeToChangelogFile: true\n    splitStatements: false\n";
    }

    static String sql(String sql) {
        return "- sql:\n    splitStatements: false\n    sql: |-\n" + indent(6, sql);
    }

    static String precondition(String onFail, String sql) {
        return "preConditions:\n  - onFail: " + onFail
                + "\n  - onFailMessage: It is there already; adopt it with liquibase:changelogSync.\n  - onSqlOutput: TEST\n"
                + "  - sqlCheck:\n      expectedResult: \"0\"\n      sql: |-\n" + indent(8, sql);
    }

    private static String indent(int spaces, String text) {
        return text.stripTrailing().lines().map(line -> line.isEmpty() ? "" : " ".repeat(spaces) + line)
                .reduce("", (all, line) -> all + line + "\n");
    }
}
