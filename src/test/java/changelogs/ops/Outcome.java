package changelogs.ops;

import java.util.List;
import java.util.regex.Pattern;

/** Lines printed by a script, and its error; the error is empty if the script ran to its end. */
public record Outcome(List<String> lines, String error) {

    /** A line with an optional symbol, the verdict, the name of the check, and a count or reason at the end. */
    private static final Pattern CHECK = Pattern.compile("(?:\\W )?([A-Z]+) {2,}(.*\\S) {2,}(.*?)");

    boolean succeeded() {
        return error.isEmpty();
    }

    /** The verdict and the count or reason of the named check, for example {@code FAIL 2}. */
    public String of(String name) {
        return lines.stream().map(CHECK::matcher).filter(line -> line.matches() && line.group(2).equals(name))
                .map(line -> line.group(1) + " " + line.group(3))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no line for '" + name + "':\n" + String.join("\n", lines)));
    }

    /** Names of the checks that passed. */
    List<String> passed() {
        return lines.stream().map(CHECK::matcher).filter(line -> line.matches() && line.group(1).equals("PASS"))
                .map(line -> line.group(2)).toList();
    }
}
