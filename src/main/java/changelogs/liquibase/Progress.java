package changelogs.liquibase;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;

/** The counter in the last line of a terminal, as in {@code 612 of 1043}. Nothing is printed where the output is kept. */
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

    /** From Java 22 on there is a console without a terminal too. */
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

    /** Whether there is a terminal to count in. */
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

    /** Before anything else is printed, be it by another thread. */
    synchronized void clear() {
        if (shown) {
            out.print("\r                        \r");
            shown = false;
        }
    }
}
