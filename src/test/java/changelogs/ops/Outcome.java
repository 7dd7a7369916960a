package changelogs.ops;

import java.util.List;

/** What a script printed, and the error it stopped at; the error is empty where it came to its end. */
record Outcome(List<String> lines, String error) {

    boolean succeeded() {
        return error.isEmpty();
    }

    /** Of the line that names this: the first word and the last, for instance {@code FAIL 2}. */
    String of(String name) {
        return lines.stream()
                .filter(line -> line.contains("  " + name + "  "))
                .map(line -> line.substring(0, line.indexOf(' ')) + " " + line.substring(line.lastIndexOf("  ") + 2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line says '" + name + "':\n" + String.join("\n", lines)));
    }
}
