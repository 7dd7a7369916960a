package changelogs.mutations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks of the caller in a function, and variants of the function with one check removed. */
record CallerChecks(String definition) {

    private static final String ACCOUNT = "(?:\\(select auth\\.uid\\(\\)\\)|auth\\.uid\\(\\)%s)";
    private static final String SPECIAL = "private\\.is_(?:admin|staff|service)\\(\\)";

    private static final Pattern ASKS = Pattern.compile("auth\\.(?:uid|role|jwt)\\(\\)|" + SPECIAL + "|insufficient_privilege");
    /** An {@code if} whose first statement rejects the caller; the condition is group 1. */
    private static final Pattern REFUSAL = Pattern.compile("\\bif\\s+((?:(?!\\b(?:els)?if\\b|;)[\\s\\S])+?)\\s+then\\s+"
            + "raise\\s+exception\\b[^;]*?\\berrcode\\s*=\\s*'(?:insufficient_privilege|42501)'");
    private static final Pattern ACCOUNT_VARIABLE = Pattern.compile("\\b(\\w+)\\s+(?:constant\\s+)?uuid\\s*:=\\s*\\(select auth\\.uid\\(\\)\\)");

    /** A condition and its replacement that always passes. */
    private record Check(int start, int end, String opened) {
    }

    /** Whether the function reads the caller's id, even if it only stores it. */
    boolean readsCaller() {
        return ASKS.matcher(body()).find();
    }

    /** One definition per check, with that check removed. Some may be invalid, since a comparison may have been an assignment. */
    List<String> withEachCheckRemoved() {
        List<Check> checks = new ArrayList<>(rejections());
        Matcher filter = filter().matcher(definition);
        filter.region(definition.length() - body().length(), definition.length());
        while (filter.find()) {
            int start = filter.start();
            if (rejections().stream().noneMatch(refusal -> refusal.start <= start && start < refusal.end)) {
                boolean denies = filter.group().startsWith("not ") || filter.group().contains(" is distinct from ") || filter.group().contains(" <> ");
                checks.add(new Check(start, filter.end(), Boolean.toString(!denies)));
            }
        }
        return checks.stream().map(check -> opened(List.of(check))).toList();
    }

    /** The definition without any rejection. */
    String withoutRejections() {
        return opened(rejections());
    }

    private List<Check> rejections() {
        return REFUSAL.matcher(definition).results().map(refusal -> new Check(refusal.start(1), refusal.end(1), "false")).toList();
    }

    private Pattern filter() {
        StringBuilder variables = new StringBuilder();
        ACCOUNT_VARIABLE.matcher(definition).results().forEach(variable -> variables.append("|").append(variable.group(1)).append("\\b"));
        return Pattern.compile("[\\w.]+ (?:=|<>|is distinct from|is not distinct from) " + ACCOUNT.formatted(variables) + "|(?:not )?" + SPECIAL);
    }

    private String opened(List<Check> checks) {
        StringBuilder text = new StringBuilder(definition);
        checks.stream().sorted(Comparator.comparing(Check::start).reversed()).forEach(check -> text.replace(check.start, check.end, check.opened));
        return text.toString();
    }

    /** The definition printed by PostgreSQL, from the body on. */
    private String body() {
        return definition.substring(Math.max(definition.indexOf("\nAS $"), 0));
    }
}
