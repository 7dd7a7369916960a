package changelogs.polaris;

import changelogs.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test a database of a deployment that has Adyen and was not brought to 0029 yet. */
final class AdyenDatabase implements BeforeEachCallback, AfterEachCallback {

    /** The migration before 0029. */
    static final String LAST = last();

    /** Made once; what is not dropped before the JVM ends is dropped by the next run. */
    private static Database template;

    private Database database;

    Database database() {
        return database;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        database = template().copy();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // Null where the test was skipped, on a server that is too old.
        if (database != null) {
            database.close();
        }
    }

    private static synchronized Database template() {
        if (template == null) {
            Database made = Database.open("polaris");
            made.changelog().in("local,adyen").updateToTag(LAST);
            template = made;
        }
        return template;
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
