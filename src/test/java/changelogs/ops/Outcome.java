package changelogs.ops;

import java.util.List;
import java.util.regex.Pattern;

/** What a script printed, and the error it stopped at; the error is empty where it came to its end. */
public record Outcome(List<String> lines, String error) {

    /** A verdict, behind a sign or not, what it is about, and at the end how many or why. */
    private static final Pattern CHECK = Pattern.compile("(?:\\W )?([A-Z]+) {2,}(.*\\S) {2,}(.*?)");

    boolean succeeded() {
        return error.isEmpty();
    }

    /** Of the line that names this: the verdict and the end, for instance {@code FAIL 2}. */
    public String of(String name) {
        return lines.stream().map(CHECK::matcher).filter(line -> line.matches() && line.group(2).equals(name))
                .map(line -> line.group(1) + " " + line.group(3))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line says '" + name + "':\n" + String.join("\n", lines)));
    }

    /** The checks that passed, by name. */
    List<String> passed() {
        return lines.stream().map(CHECK::matcher).filter(line -> line.matches() && line.group(1).equals("PASS"))
                .map(line -> line.group(2)).toList();
    }
}
