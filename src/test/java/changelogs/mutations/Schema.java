package changelogs.mutations;

import changelogs.testing.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a schema from the catalog with the queries in {@code mutations/}. */
record Schema(Session operator) {

    static Schema readBy(Session operator) {
        operator.script(resource("relations"));
        return new Schema(operator);
    }

    /** Mutations of a kind that follow from the catalog alone; those based on the text of functions are not included. */
    List<Map<String, Object>> mutations(Kind kind) {
        return operator.rows(resource(kind.name().toLowerCase(Locale.ROOT)));
    }

    List<Map<String, Object>> functions() {
        return operator.rows(resource("functions"));
    }

    private static String resource(String name) {
        try (InputStream in = Schema.class.getResourceAsStream("/mutations/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
