package changelogs.liquibase;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;

/** The counter in the last line of a terminal, as in {@code 612 of 1043}; prints nothing if the output is not a terminal. */
final class Progress {

    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final PrintStream out;
    private final boolean terminal;
    private long last = System.nanoTime() - PAUSE;
    private boolean shown;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Progress ofThisRun() {
        return new Progress(System.out, terminal() && !MavenArguments.current().has("-B", "--batch-mode", "-q", "--quiet", "-l", "--log-file"));
    }

    /** Java 22 and later have a console also without a terminal. */
    private static boolean terminal() {
        Console console = System.console();
        if (console == null || Target.configuration().isEmpty()) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Whether the output is a terminal, which can show a counter. */
    boolean isShown() {
        return terminal;
    }

    synchronized void show(int done, int all) {
        if (terminal && System.nanoTime() - last >= PAUSE) {
            out.print("\r" + done + " of " + all);
            out.flush();
            last = System.nanoTime();
            shown = true;
        }
    }

    /** Removes the counter before other output, possibly of another thread. */
    synchronized void clear() {
        if (shown) {
            out.print("\r                        \r");
            shown = false;
        }
    }
}
