package changelogs.liquibase;

import java.util.Objects;
import liquibase.Scope;

/**
 * Prints the target of a run at its start, and target and result after all output of Maven, so that a log ends with them.
 *
 * <p>System properties hold the text, because each goal loads this class again.
 */
final class RunSummary {

    private static final String TARGET = "changelogs.target";
    private static final String WORDS = "changelogs.last.words";

    private RunSummary() {
    }

    static void begin(Target target) {
        System.setProperty(TARGET, target.toString());
        Scope.getCurrentScope().getUI().sendMessage(target.toString());
        if (MavenArguments.ownTheJvm()) {
            append("\n" + target);
        }
    }

    /** Records a failure that no changeset caused. */
    static void failed(Exception error) {
        end("\nFailed:   " + Failure.reason(error));
    }

    /** Records the result. If the JVM continues after the run, as with mvnd, prints it at the end of the goal. */
    static void end(String words) {
        if (Target.configuration().isEmpty()) {
            return;
        }
        if (MavenArguments.ownTheJvm()) {
            append(words);
        } else {
            Scope.getCurrentScope().getUI().sendMessage(Objects.requireNonNullElse(System.getProperty(TARGET), "") + words);
        }
    }

    private static synchronized void append(String words) {
        String before = System.getProperty(WORDS);
        System.setProperty(WORDS, Objects.requireNonNullElse(before, "") + words);
        if (before == null && !MavenArguments.current().has("-q", "--quiet")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(System.getProperty(WORDS))));
        }
    }
}
