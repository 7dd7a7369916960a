package changelogs.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** Skips a test that cannot run here and prints each reason once. */
public final class Skip {

    private static final Set<String> PRINTED = ConcurrentHashMap.newKeySet();

    private Skip() {
    }

    /** Skips the test if one of these programs is not on the PATH. */
    public static void without(String test, String... programs) {
        for (String program : programs) {
            unless(Command.find(program).isPresent(), test + " needs " + program + ", which is not on the PATH");
        }
    }

    public static void unless(boolean possible, String reason) {
        if (!possible && PRINTED.add(reason)) {
            System.out.println("SKIPPED: " + reason);
        }
        Assumptions.assumeTrue(possible, reason);
    }
}
