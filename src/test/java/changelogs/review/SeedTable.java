package changelogs.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table to seed, and the statement that inserts rows which its checks accept.
 *
 * @param unique columns of unique indexes
 * @param arbiter columns of the primary key if another unique constraint is deferrable, which rows that conflict cannot be tested against; else empty
 */
record SeedTable(String name, List<Column> columns, List<Key> keys, List<String> checks, Set<String> unique, String arbiter) {

    private static final Pattern LITERAL = Pattern.compile("'([^']*)'::");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w'.])(\\d{1,9})(?![\\w'.])");
    private static final Pattern OWNER = Pattern.compile("(?:.*_)?(?:user|owner|account|profile|learner|created_by|author)(?:_id)?");
    /** Parents to choose from. Half of the rows get one of the first parents, which belong to the accounts that the review acts as. */
    private static final int PARENTS = 5000;
    private static final int FIRST_PARENTS = 4;
    private static final int TEMPLATES = 50;
    /** Number of generated rows of which at least one should pass the checks. */
    private static final int TRIES = 60;

    /** A column that an insert may set; labels are the values of an enum. */
    record Column(String name, String type, boolean required, List<String> labels) {
    }

    /** A foreign key; each column references the parent's column at the same index. */
    record Key(List<String> columns, String parent, List<String> referenced) {
    }

    /** Copies rows of the table with new keys and other parents, or generates rows if the table is empty. */
    String insert(long from, long rows, boolean copies, Set<String> filled) {
        List<String> parents = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        for (Column column : columns) {
            values.put(column.name(), copies ? "t." + column.name() : invented(column));
            if (unique.contains(column.name())) {
                values.put(column.name(), fresh(column, copies));
            }
        }
        Set<String> set = new LinkedHashSet<>();
        for (Key key : keys) {
            if (!filled.contains(key.parent()) || key.parent().equals(name) || key.columns().stream().anyMatch(set::contains)
                    || !values.keySet().containsAll(key.columns())) {
                continue;
            }
            int number = parents.size();
            parents.add("parent" + number + " as materialized (select " + range(key).map(i -> "array(select " + key.referenced().get(i) + " from "
                    + key.parent() + withoutStranger(key.parent()) + " order by ctid limit " + PARENTS + ") as a" + i).collect(Collectors.joining(", ")) + ")");
            range(key).forEach(i -> values.put(key.columns().get(i), picked(number, i)));
            set.addAll(key.columns());
        }
        String list = String.join(", ", values.keySet());
        return (parents.isEmpty() ? "" : "with " + String.join(", ", parents) + "\n")
                + "insert into " + name + " (" + list + ")\nselect " + list + "\nfrom (\n    select "
                + columns.stream().map(column -> "(" + values.get(column.name()) + ")::" + column.type() + " as " + column.name())
                        .collect(Collectors.joining(",\n        "))
                + "\n    from generate_series(" + from + "::bigint, " + (from + rows * TRIES) + ") as g (i)"
                + (copies ? "\n    join (select *, row_number() over (order by ctid) as row_of_review, count(*) over () as rows_of_review from (select *, ctid from "
                        + name + " order by ctid limit " + TEMPLATES + ") as first_rows) as t on t.row_of_review = 1 + g.i % t.rows_of_review" : "")
                + "\n) as v\nwhere " + conditions() + "\nlimit " + rows + "\non conflict" + (arbiter.isEmpty() ? "" : " (" + arbiter + ")") + " do nothing";
    }

    private String conditions() {
        return Stream.of(Stream.of("true"), columns.stream().filter(Column::required).map(column -> column.name() + " is not null"),
                checks.stream().map(check -> "(" + check + ") is not false")).flatMap(all -> all).collect(Collectors.joining("\n    and "));
    }

    private static Stream<Integer> range(Key key) {
        return Stream.iterate(0, i -> i < key.columns().size(), i -> i + 1);
    }

    /** The user without rows stays without rows. */
    private static String withoutStranger(String parent) {
        return parent.equals("auth.users") ? " where id <> '" + changelogs.testing.Caller.STRANGER.account() + "'" : "";
    }

    private static String picked(int parent, int column) {
        return "select a" + column + "[1 + mod(" + hash(parent) + ", case when " + hash(parent + 100) + " % 2 = 0 then least(" + FIRST_PARENTS
                + ", cardinality(a" + column + ")) else cardinality(a" + column + ") end)] from parent" + parent;
    }

    private static String hash(Object salt) {
        return "abs(hashtextextended(g.i::text, " + salt.toString().hashCode() + ") % 1000003)";
    }

    private String fresh(Column column, boolean copies) {
        String old = "t." + column.name();
        return switch (kind(column)) {
            case "uuid" -> "md5('" + name + column.name() + "' || g.i)";
            case "text" -> copies ? "case " + hash(column.name()) + " % 4 when 0 then " + old + " || g.i when 1 then md5(" + old + " || g.i) "
                    + "when 2 then " + old + " || '-' || g.i else " + old + " end" : invented(column);
            case "number" -> copies && arbiter.isEmpty() ? "case " + hash(column.name()) + " % 2 when 0 then " + old + " else g.i end" : "g.i % 30000";
            case "time" -> (copies ? old : "timestamp '2026-01-01'") + " + g.i * interval '1 day'";
            default -> copies ? old : invented(column);
        };
    }

    private String invented(Column column) {
        List<String> texts = literals(LITERAL, column);
        List<String> values = new ArrayList<>(switch (column.labels().isEmpty() ? kind(column) : "enum") {
            case "enum" -> column.labels().stream().map(SeedTable::quoted).toList();
            case "uuid" -> OWNER.matcher(column.name()).matches()
                    ? List.of(quoted(changelogs.testing.Caller.ALICE.account().toString()), quoted(changelogs.testing.Caller.BOB.account().toString()))
                    : List.of("md5('" + name + column.name() + "' || g.i)");
            case "text" -> texts.isEmpty() || texts.size() < 2
                    ? List.of("'example-' || g.i", "'https://example.com/' || g.i", "'user' || g.i || '@example.com'", "'code_' || g.i", "md5(g.i::text)",
                            "'example'", "'EUR'", "'en'")
                    : texts.stream().map(SeedTable::quoted).toList();
            case "number" -> Stream.concat(Stream.of("g.i % 100", "g.i % 10", "1", "0"),
                    literals(NUMBER, column).stream()).toList();
            case "boolean" -> List.of("g.i % 2 = 0");
            case "time" -> List.of("timestamp '2026-01-01' + (g.i % 5000) * interval '1 hour'");
            case "json" -> List.of("'{}'", "'[]'");
            case "array" -> List.of("'{}'");
            case "bytes" -> List.of("decode(md5(g.i::text), 'hex')");
            case "interval" -> List.of("interval '1 hour'");
            case "inet" -> List.of("'192.0.2.1'");
            default -> List.of("null");
        });
        if (!column.required()) {
            values.add("null");
        }
        StringBuilder choice = new StringBuilder("case " + hash(column.name()) + " % " + values.size());
        for (int i = 0; i < values.size(); i++) {
            choice.append(" when ").append(i).append(" then (").append(values.get(i)).append(")::").append(column.type());
        }
        return choice.append(" end").toString();
    }

    private List<String> literals(Pattern pattern, Column column) {
        Pattern word = Pattern.compile("(?<!\\w)" + Pattern.quote(column.name()) + "(?!\\w)");
        return checks.stream().filter(check -> word.matcher(check).find())
                .flatMap(check -> pattern.matcher(check).results().map((MatchResult found) -> found.group(1))).distinct().toList();
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String kind(Column column) {
        String type = column.type();
        return type.endsWith("[]") ? "array"
                : type.equals("uuid") ? "uuid"
                : type.matches("(?:text|character.*|extensions\\.citext|citext|name)") ? "text"
                : type.matches("(?:smallint|integer|bigint|numeric.*|real|double precision)") ? "number"
                : type.matches("(?:timestamp.*|date)") ? "time"
                : type.matches("jsonb?") ? "json"
                : type.equals("bytea") ? "bytes"
                : type;
    }

    /** Values for a column that was added to a table with rows. */
    String fill(String column) {
        Column filled = columns.stream().filter(each -> each.name().equals(column)).findFirst().orElseThrow();
        String value = unique.contains(column) ? fresh(filled, false) : invented(new Column(column, filled.type(), true, filled.labels()));
        return "update " + name + " as t set " + column + " = (select (" + value.replaceAll("\\bg\\.i\\b", "g.n") + ")::" + filled.type()
                + " from (select row_number() over (order by ctid) as n, ctid as at from " + name + ") as g where g.at = t.ctid) where t." + column + " is null";
    }
}
