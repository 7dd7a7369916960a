package changelogs.review;

import changelogs.review.Observer.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report of a run as Markdown and as JSON. Sections are in the order in which a reviewer needs them. */
record Report(String base, String head, Statistics statistics, List<Result> results) {

    /** GitHub rejects longer comments. */
    static final int LONGEST = 65_536;
    private static final int SCHEMA = 1;
    private static final int LONGEST_SQL = 4_000;
    private static final String CUT = "\n\nThe report is longer than a comment may be; the rest is in review.html.\n";

    /** The last line of the run. */
    String closingLine() {
        long changesets = results.stream().mapToLong(result -> result.difference().added().size()).sum();
        if (results.stream().allMatch(result -> result.difference().isEmpty() && result.findings().isEmpty())) {
            return "REVIEW: none (no changeset differs from " + base + ")";
        }
        return "REVIEW: " + number(count(Level.BLOCKER), "blocker") + ", " + number(count(Level.WARNING), "warning") + ", " + number(count(Level.NOTE), "note")
                + " in " + number(changesets, "new changeset");
    }

    private static String number(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    long count(Level level) {
        return results.stream().mapToLong(result -> result.count(level)).sum();
    }

    /** The report, shortened to the length of a comment. */
    String comment() {
        return shortened(markdown());
    }

    /** Cuts after a line, or before a folded part that would be left open. */
    static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int most = LONGEST - CUT.length();
        int folded = text.lastIndexOf("\n<details>", most);
        boolean open = folded >= 0 && text.indexOf("\n</details>", folded) > most - "\n</details>".length();
        return text.substring(0, open ? folded : text.lastIndexOf('\n', most)) + CUT;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Review of the changelog\n\nFrom " + base + " to " + head + ". " + closingLine().substring("REVIEW: ".length()) + ".\n");
        results.forEach(result -> text.append(new Section(result, statistics)));
        return text.toString();
    }

    /** The part about one system. */
    private record Section(Result result, Statistics statistics) {

        @Override
        public String toString() {
            return "\n## " + result.system() + "\n\n" + Stream.of(verdict(), access(), picture(), changesets(), rewritten(), rollbacks(), clients(), plans(), notMeasured())
                    .filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
        }

        private String verdict() {
            if (result.findings().isEmpty()) {
                return "### Verdict\n\nNothing to report.\n";
            }
            return "### Verdict\n\n" + result.findings().stream().map(finding -> "- **" + finding.level().id() + "** `" + finding.check().id() + "`"
                    + (finding.changeset().isEmpty() ? "" : " in `" + finding.changeset() + "`") + (finding.place().isEmpty() ? "" : " (" + finding.place() + ")") + ": "
                    + escape(finding.text()) + (finding.isAccepted() ? " Accepted: " + escape(finding.reason()) : "") + "\n").collect(Collectors.joining());
        }

        private String access() {
            if (result.access() == null) {
                return "";
            }
            List<String> privileges = result.access().changes().stream().map(AccessDiff.Change::toString).toList();
            List<List<String>> rows = result.access().rows().stream().map(change -> List.of(code(change.right().object()), change.right().who(), change.right().command(),
                    change.was().toString(), change.is().toString())).toList();
            return "### Access\n\n" + (privileges.isEmpty() ? "No role gained or lost a privilege.\n" : bullets(privileges)) + "\n"
                    + (rows.isEmpty() ? "Every persona reaches the same rows as before.\n"
                            : "Rows that each persona reaches when it acts on the seeded rows:\n\n" + table(List.of("object", "persona", "command", "before", "after"), rows));
        }

        private String picture() {
            return result.picture().isEmpty() ? "" : "### Tables\n\nTables and views that differ, and their neighbours by foreign key:\n\n" + fenced("mermaid", result.picture());
        }

        private String changesets() {
            return result.trials().isEmpty() ? "" : "### Changesets\n\n" + result.trials().stream().map(this::changeset).collect(Collectors.joining("\n"));
        }

        private String changeset(Trial trial) {
            Step step = trial.step();
            Step large = result.large(step).orElse(null);
            List<List<String>> tables = new ArrayList<>();
            Stream.concat(step.locks().keySet().stream(), step.counters().keySet().stream()).distinct().sorted()
                    .filter(table -> step.lock(table).ordinal() >= Step.Mode.ROW_EXCLUSIVE.ordinal() || step.counters().containsKey(table)).forEach(table -> {
                        Counters counters = step.counters().getOrDefault(table, Counters.NONE);
                        tables.add(List.of(code(table), step.lock(table).toString(), step.lock(table).blocks(), held(step, table) + (large == null ? "" : " / " + held(large, table)) + extrapolated(step, large, table),
                                waited(step, table),
                                String.valueOf(counters.read()), String.valueOf(counters.written()), step.rewritten().contains(table) ? "yes" : ""));
                    });
            return "<details>\n<summary>" + step.id() + ": " + state(step) + "</summary>\n\n"
                    + String.format(Locale.ROOT, "%s. Time %.1f ms with %d rows per table%s. %s, %d bytes of WAL without full-page images.%n%n", step.entry().place(),
                            step.millis(), result.rows(), large == null ? "" : String.format(Locale.ROOT, ", %.1f ms with ten times as many", large.millis()), number(step.sql().size(), "statement"), step.wal())
                    + objects(step.changes())
                    + (tables.isEmpty() ? "No existing table was locked against writes, read or written.\n"
                            : table(List.of("existing table", "strongest lock", "blocks", "held, ms", "a second session waited", "rows read", "rows written", "rewritten"), tables))
                    + "\n" + sql("Forward", step.sql()) + sql("Rollback", trial.rollbackSql()) + "</details>\n";
        }

        private String waited(Step step, String table) {
            Bystander.Wait wait = result.waits().getOrDefault(step.entry().key(), Map.of()).get(table);
            return wait == null || !wait.isLong() ? "" : wait.toString();
        }

        private static String state(Step step) {
            return step.failed() ? "failed" : !step.applied() ? "not applied here" : number(step.changes().size(), "changed object");
        }

        private static String held(Step step, String table) {
            return step.locks().containsKey(table) ? String.format(Locale.ROOT, "%.1f", step.locks().get(table).millis()) : "";
        }

        private String extrapolated(Step step, Step large, String table) {
            if (large == null || !step.locks().containsKey(table) || !large.locks().containsKey(table)) {
                return "";
            }
            var millis = statistics.extrapolate(table, result.rows(), step.locks().get(table).millis(), (long) result.rows() * Review.TIMES, large.locks().get(table).millis());
            return millis.isEmpty() ? "" : String.format(Locale.ROOT, "; extrapolated to %d rows: %.0f", statistics.rows().get(table), millis.getAsDouble());
        }

        private String rewritten() {
            return result.rewritten().isEmpty() ? "" : "### Edited changesets\n\nThe base and the head without its new changesets differ:\n\n" + objects(result.rewritten());
        }

        private static String objects(List<ObjectChange> changes) {
            return changes.isEmpty() ? "" : changes.stream().map(change -> "- " + escape(change.toString())
                    + (change.isChanged() ? "\n\n" + fenced("diff", Diff.of(Definition.lines(change.kind(), change.before()), Definition.lines(change.kind(), change.after()))).indent(2).stripTrailing() + "\n" : "") + "\n")
                    .collect(Collectors.joining()) + "\n";
        }

        private String rollbacks() {
            if (result.trials().isEmpty()) {
                return "";
            }
            return "### Rollback\n\nEach new changeset was rolled back and applied again on the seeded rows; then all were rolled back with rows in new tables and columns.\n\n"
                    + table(List.of("changeset", "catalog", "rows", "applied again", "rollback with rows in new tables and columns"), result.trials().stream().map(trial -> List.of(code(trial.step().id()),
                            trial.failure() != null ? "rollback failed" : !trial.step().applied() ? "not applied" : trial.left().isEmpty() ? "equal" : number(trial.left().size(), "difference"),
                            trial.failure() != null ? "" : trial.rows().isEmpty() ? "equal" : String.join(", ", trial.rows().keySet()),
                            trial.again().isEmpty() ? "the same" : "differs",
                            result.refusals().containsKey(trial.step().id()) ? "refuses: " + escape(result.refusals().get(trial.step().id()))
                                    : trial.refusal().isEmpty() ? "" : "refuses: " + escape(trial.refusal()))).toList());
        }

        private String clients() {
            if (result.types().lines().isEmpty()) {
                return "";
            }
            List<String> breaking = result.types().breaking();
            return "### Types of clients\n\n" + (breaking.isEmpty() ? "Code that compiles with the old types compiles with the new ones.\n"
                    : "Breaking:\n\n" + bullets(breaking)) + "\n<details>\n<summary>database.types.ts</summary>\n\n" + fenced("diff", result.types().lines()) + "</details>\n";
        }

        private String plans() {
            return result.plans().isEmpty() ? "" : "### Plans\n\n" + table(List.of("query", "before", "now"),
                    result.plans().stream().map(change -> List.of(code(change.query()), escape(change.before()), escape(change.after()))).toList());
        }

        private String notMeasured() {
            List<String> all = new ArrayList<>(result.unmeasured());
            all.addAll(NEVER_MEASURED);
            return "### Not measured\n\n" + bullets(all);
        }
    }

    private static final List<String> NEVER_MEASURED = List.of(
            "Times on production: the rows are generated, on a server without load.");

    private static String bullets(List<String> lines) {
        return lines.stream().map(line -> "- " + escape(line) + "\n").collect(Collectors.joining());
    }

    private static String table(List<String> head, List<List<String>> rows) {
        return "| " + String.join(" | ", head) + " |\n|" + " --- |".repeat(head.size()) + "\n"
                + rows.stream().map(row -> "| " + row.stream().map(cell -> cell.replaceAll("\\s+", " ").replace("|", "\\|")).collect(Collectors.joining(" | ")) + " |\n")
                        .collect(Collectors.joining());
    }

    private static String sql(String title, List<String> statements) {
        String text = String.join(";\n\n", statements);
        return text.isBlank() ? "" : title + ":\n\n" + fenced("sql", text.length() > LONGEST_SQL ? text.substring(0, LONGEST_SQL) + "\n…" : text) + "\n";
    }

    private static String fenced(String language, String text) {
        return "````" + language + "\n" + text.replace("````", "```") + "\n````\n";
    }

    /** Escapes names and messages, so that they create no link, mention or HTML. */
    static String escape(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>|~#])", "\\\\$1").replace("@", "&#64;");
    }

    private static String code(String text) {
        return "`" + text.replace("`", "'") + "`";
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", SCHEMA);
        all.put("base", base);
        all.put("head", head);
        all.put("closing", closingLine());
        all.put("systems", results.stream().map(Report::json).toList());
        return Json.of(all) + "\n";
    }

    private static Map<String, Object> json(Result result) {
        Map<String, Object> system = new LinkedHashMap<>();
        system.put("system", result.system());
        system.put("seconds", Math.round(result.seconds()));
        system.put("rows", result.rows());
        system.put("findings", result.findings().stream().map(finding -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("level", finding.level().id());
            one.put("check", finding.check().id());
            one.put("object", finding.object());
            one.put("changeset", finding.changeset());
            one.put("place", finding.place());
            one.put("text", finding.text());
            one.put("accepted", finding.reason());
            return one;
        }).toList());
        system.put("changesets", result.trials().stream().map(trial -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", trial.step().entry().name());
            one.put("place", trial.step().entry().place());
            one.put("applied", trial.step().applied());
            one.put("millis", trial.step().millis());
            one.put("millisLarge", result.large(trial.step()).map(Step::millis).orElse(null));
            one.put("locks", trial.step().locks().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, lock -> lock.getValue().mode().toString())));
            one.put("rewritten", trial.step().rewritten());
            one.put("objects", trial.step().changes().stream().map(ObjectChange::toString).toList());
            one.put("sql", trial.step().sql());
            one.put("rollback", trial.rollbackSql());
            return one;
        }).toList());
        system.put("privileges", result.access() == null ? List.of() : result.access().changes().stream().map(AccessDiff.Change::toString).toList());
        system.put("rowsReached", result.access() == null ? List.of() : result.access().rows().stream().map(AccessDiff.RowsChange::toString).toList());
        system.put("notMeasured", result.unmeasured());
        return system;
    }
}
