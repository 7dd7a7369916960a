package changelogs.testing.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A stack trace without library frames, except for the frame that threw. */
final class Trace {

    private static final Pattern FRAME = Pattern.compile("\t+at .*");
    private static final Pattern OWN = Pattern.compile("\t+at changelogs\\..*");
    private static final Pattern OMITTED = Pattern.compile("\t+\\.\\.\\. \\d+ more");

    private Trace() {
    }

    static String of(Throwable failure) {
        StringWriter printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        List<String> kept = new ArrayList<>();
        boolean thrower = false;
        for (String line : printed.toString().lines().filter(line -> !OMITTED.matcher(line).matches()).toList()) {
            boolean frame = FRAME.matcher(line).matches();
            if (!frame || thrower || OWN.matcher(line).matches()) {
                kept.add("  " + line.replace("\t", "    "));
            }
            thrower = !frame;
        }
        return String.join("\n", kept);
    }
}
