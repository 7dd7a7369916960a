package changelogs.rules;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An object that a change creates.
 *
 * @param arguments argument types of a function; empty for other objects
 * @param replaces whether the statement has {@code or replace}
 * @param guarded whether a do block creates it only if absent
 */
record Creation(String kind, String name, String arguments, boolean replaces, boolean guarded) {

    private static final Pattern CREATE = Pattern.compile("\\bcreate (or replace )?(?:unlogged )?"
            + "(table|view|materialized view|function|procedure|aggregate|type|domain|sequence|schema) (?:if not exists )?(" + Sql.NAME + ")");

    static List<Creation> of(String type, Yaml yaml, List<Sql.Statement> statements) {
        return switch (type) {
            case "createTable" -> List.of(structured("table", yaml, "tableName"));
            case "createView" -> List.of(structured("view", yaml, "viewName"));
            case "createSequence" -> List.of(structured("sequence", yaml, "sequenceName"));
            default -> statements.stream().flatMap(Creation::of).toList();
        };
    }

    private static Creation structured(String kind, Yaml yaml, String key) {
        return new Creation(kind, yaml.get("schemaName").text() + "." + yaml.get(key).text(), "", false, false);
    }

    private static Stream<Creation> of(Sql.Statement statement) {
        return CREATE.matcher(statement.code()).results().map(match -> new Creation(match.group(2), match.group(3),
                Sql.argumentTypes(statement.code().substring(match.end())), match.group(1) != null, isGuarded(statement, match)));
    }

    private static boolean isGuarded(Sql.Statement statement, MatchResult create) {
        String before = statement.code().substring(0, create.start());
        return statement.block() && Sql.has("\\bif (?:not exists|to_reg\\w+\\(.*\\) is null)", before);
    }

    /** The name as an argument of to_regclass or to_regprocedure. */
    String signature() {
        return name + arguments;
    }

    boolean isCalled() {
        return List.of("function", "procedure", "aggregate").contains(kind);
    }
}
