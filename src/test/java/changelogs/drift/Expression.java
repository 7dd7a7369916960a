package changelogs.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normalizes the SQL text of a definition: removes blanks and redundant parentheses, which are those around a complete operand of {@code and}
 * or {@code or} and around a nested use of the same operator. A dump and reload adds or removes such parentheses.
 */
public final class Expression {

    private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|[\\w.$]+|[()]|[^\\s\\w()'\"]+");

    private final List<String> tokens = new ArrayList<>();
    private int next;

    private Expression(String text) {
        for (Matcher token = TOKEN.matcher(text); token.find();) {
            tokens.add(token.group());
        }
    }

    public static String normal(String text) {
        Expression expression = new Expression(text);
        StringBuilder normal = new StringBuilder();
        while (expression.next < expression.tokens.size()) {
            normal.append(expression.group());
            expression.next++;
        }
        return normal.toString();
    }

    /** Normalizes the tokens up to the closing parenthesis of this group, or to the end. */
    private String group() {
        List<List<List<String>>> alternatives = new ArrayList<>(List.of(new ArrayList<>(List.of(new ArrayList<>()))));
        for (; next < tokens.size() && !tokens.get(next).equals(")"); next++) {
            String token = tokens.get(next);
            List<List<String>> operands = alternatives.get(alternatives.size() - 1);
            if (token.equalsIgnoreCase("or")) {
                alternatives.add(new ArrayList<>(List.of(new ArrayList<>())));
            } else if (token.equalsIgnoreCase("and")) {
                operands.add(new ArrayList<>());
            } else if (token.equals("(")) {
                next++;
                operands.get(operands.size() - 1).add("(" + group() + ")");
            } else {
                operands.get(operands.size() - 1).add(token);
            }
        }
        List<String> parts = new ArrayList<>();
        for (List<List<String>> operands : alternatives) {
            List<String> factors = new ArrayList<>();
            operands.forEach(operand -> factors.add(unwrapped(operand, operands.size() == 1)));
            parts.add(String.join(" and ", factors));
        }
        return String.join(" or ", parts);
    }

    /** An operand in parentheses keeps them only if it contains an {@code or} and is combined with other operands by {@code and}. */
    private static String unwrapped(List<String> operand, boolean alone) {
        String text = String.join(" ", operand);
        if (operand.size() != 1 || !text.startsWith("(")) {
            return text;
        }
        String inner = text.substring(1, text.length() - 1);
        return alone || !holdsOr(inner) ? inner : text;
    }

    private static boolean holdsOr(String text) {
        int depth = 0;
        for (Matcher token = TOKEN.matcher(text); token.find();) {
            switch (token.group()) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "or" -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                default -> {
                }
            }
        }
        return false;
    }
}
