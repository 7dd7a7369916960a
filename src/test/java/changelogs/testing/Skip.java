package changelogs.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** A test that cannot run here says so, and why, where people look: in the output, once a reason. */
public final class Skip {

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Skip() {
    }

    public static void unless(boolean possible, String reason) {
        if (!possible && SAID.add(reason)) {
            System.out.println("SKIPPED: " + reason);
        }
        Assumptions.assumeTrue(possible, reason);
    }
}
