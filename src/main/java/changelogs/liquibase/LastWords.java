package changelogs.liquibase;

import java.util.Objects;
import liquibase.Scope;

/**
 * Where a run is, said first, and once more with what became of it after all that Maven prints, so that a terminal or a log ends with it.
 *
 * <p>Kept in system properties, since each goal loads this class anew.
 */
final class LastWords {

    private static final String TARGET = "changelogs.target";
    private static final String WORDS = "changelogs.last.words";

    private LastWords() {
    }

    static void begin(Target target) {
        System.setProperty(TARGET, target.toString());
        Scope.getCurrentScope().getUI().sendMessage(target.toString());
        if (MavenArguments.ownTheJvm()) {
            append("\n" + target);
        }
    }

    /** A run that no changeset made fail. */
    static void failed(Exception error) {
        end("\nFailed:   " + Failure.reason(error));
    }

    /** What became of it. Where Maven's JVM goes on after the run, as under mvnd, the goal ends with it. */
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
