package changelogs.testing;

import org.junit.jupiter.api.Assumptions;

/** A test that cannot run here says so, and why, where people look: in the output. */
public final class Skip {

    private Skip() {
    }

    public static void unless(boolean possible, String reason) {
        if (!possible) {
            System.out.println("SKIPPED: " + reason);
        }
        Assumptions.assumeTrue(possible, reason);
    }
}
