package changelogs.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Rows of {@link Caller#ALICE} and {@link Caller#BOB} in all tables of a system. */
public final class Fixture {

    private Fixture() {
    }

    /** Statements that insert the rows, run by the role that owns the tables. */
    public static String of(String system) {
        String name = "/fixtures/" + system + ".sql";
        try (InputStream in = Fixture.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Create src/test/resources" + name + ": rows of two users in every table of " + system + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
