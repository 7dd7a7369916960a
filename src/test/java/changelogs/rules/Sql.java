package changelogs.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A minimal reader of SQL that finds the objects and commands in statements. */
final class Sql {

    /** A name with or without schema. */
    static final String NAME = "(?:\"[^\"]*\"|[a-z_]\\w*)(?:\\.(?:\"[^\"]*\"|[a-z_]\\w*))*";

    private static final Pattern DOLLARS = Pattern.compile("\\$(?:[a-zA-Z_]\\w*)?\\$");
    private static final Pattern BODY = Pattern.compile("(\\$(?:[a-zA-Z_]\\w*)?\\$).*?\\1", Pattern.DOTALL);
    private static final Pattern DO = Pattern.compile("\\s*do\\b", Pattern.CASE_INSENSITIVE);

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Sql() {
    }

    /**
     * One statement.
     *
     * @param raw text as written
     * @param code text on one line without comments, content of literals and function bodies; a do block keeps its body
     * @param block whether it is a do block
     */
    record Statement(String raw, String code, boolean block) {
    }

    static List<Statement> statements(String sql) {
        String masked = mask(sql, ' ');
        List<Statement> statements = new ArrayList<>();
        Matcher dollars = DOLLARS.matcher(masked);
        int start = 0;
        int at = 0;
        while (at < masked.length()) {
            if (masked.charAt(at) == ';') {
                add(statements, sql, masked, start, at);
                start = at + 1;
            } else if (masked.charAt(at) == '$' && dollars.region(at, masked.length()).lookingAt()) {
                int end = masked.indexOf(dollars.group(), dollars.end());
                at = end < 0 ? masked.length() : end + dollars.group().length() - 1;
            }
            at++;
        }
        add(statements, sql, masked, start, masked.length());
        return statements;
    }

    private static void add(List<Statement> statements, String sql, String masked, int start, int end) {
        String code = masked.substring(start, end);
        if (code.isBlank()) {
            return;
        }
        boolean block = DO.matcher(code).lookingAt();
        if (block) {
            code = DOLLARS.matcher(code).replaceFirst(" ");
        }
        code = BODY.matcher(code).replaceAll("''");
        code = DOLLARS.matcher(code).replaceAll(" ").replaceAll("\\s+", " ").strip();
        statements.add(new Statement(sql.substring(start, end).strip(), code, block));
    }

    /** Masks comments with the given character, and the content of literals and quoted names, keeping the length. */
    static String mask(String sql, char comment) {
        char[] masked = sql.toCharArray();
        int at = 0;
        while (at < masked.length) {
            char here = masked[at];
            if (sql.startsWith("--", at)) {
                at = cover(masked, at, end(sql, "\n", at, 0), comment);
            } else if (sql.startsWith("/*", at)) {
                at = cover(masked, at, end(sql, "*/", at, 2), comment);
            } else if (here == '\'' || here == '"') {
                int end = end(sql, String.valueOf(here), at + 1, 0);
                at = cover(masked, at + 1, end, 'x') + 1;
            } else {
                at++;
            }
        }
        return new String(masked);
    }

    private static int end(String sql, String mark, int from, int length) {
        int end = sql.indexOf(mark, from);
        return end < 0 ? sql.length() : end + length;
    }

    private static int cover(char[] text, int from, int to, char with) {
        for (int i = from; i < to; i++) {
            text[i] = text[i] == '\n' ? '\n' : with;
        }
        return to;
    }

    static Pattern pattern(String pattern) {
        return COMPILED.computeIfAbsent(pattern, Pattern::compile);
    }

    /** All matches of a group of the pattern. */
    static List<String> matches(String pattern, String code) {
        return pattern(pattern).matcher(code).results().map(match -> match.group(1)).toList();
    }

    static boolean has(String pattern, String code) {
        return pattern(pattern).matcher(code).find();
    }

    /** Argument types in the parentheses of a function; empty if there are no parentheses. */
    static String argumentTypes(String code) {
        if (!code.startsWith("(")) {
            return "";
        }
        List<String> types = new ArrayList<>();
        int depth = 0;
        int start = 1;
        for (int i = 0; i < code.length(); i++) {
            char here = code.charAt(i);
            depth += here == '(' || here == '[' ? 1 : here == ')' || here == ']' ? -1 : 0;
            if (depth == 0 || depth == 1 && here == ',') {
                types.add(code.substring(start, i).strip());
                start = i + 1;
            }
            if (depth == 0) {
                break;
            }
        }
        return types.stream().filter(argument -> !argument.isEmpty() && !argument.matches("(?:out|table) .*"))
                .map(argument -> argument.replaceAll("(?: default | ?= ?).*", "").replaceFirst("^(?:in|inout|variadic) ", "")
                        .replaceFirst("^\\w+ (?!precision|with|varying)", ""))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Names in a list, without arguments. */
    static List<String> names(String list) {
        String bare = list;
        while (bare.contains("(")) {
            String shorter = bare.replaceAll("\\([^()]*\\)", "");
            if (shorter.equals(bare)) {
                break;
            }
            bare = shorter;
        }
        return Pattern.compile(",").splitAsStream(bare).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }
}
