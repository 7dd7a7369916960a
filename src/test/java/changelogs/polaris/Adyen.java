package changelogs.polaris;

import changelogs.testing.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A deployment that has Adyen. */
final class Adyen {

    /** The migration before 0029, which removes it. */
    static final String LAST = last();
    static final State BEFORE_REMOVAL = State.upTo(LAST, "polaris", "local,adyen");

    private Adyen() {
    }

    private static String last() {
        try (Stream<Path> files = Files.list(Path.of("changelog/polaris"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*") && name.compareTo("0029") < 0)
                    .map(name -> name.substring(0, 4)).max(String::compareTo).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
