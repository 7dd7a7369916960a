package changelogs.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates changelogs for a test in its folder. */
public final class Scratch {

    public static final String FILE = "changelog.yaml";

    private Scratch() {
    }

    /** A changelog of these changesets, each as YAML indented by two spaces. */
    public static Changelog changelog(Path folder, String database, String... changeSets) {
        write(folder, changeSets);
        return Changelog.at(folder, FILE, database);
    }

    public static void write(Path folder, String... changeSets) {
        write(folder, FILE, "databaseChangeLog:\n  - logicalFilePath: changelog.yaml\n\n" + String.join("\n", changeSets));
    }

    public static void write(Path folder, String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A changeset with one sql change. */
    public static String sql(String id, String sql, String rollback) {
        return """
                  - changeSet:
                      id: "%s"
                      author: test
                      changes:
                        - sql:
                            splitStatements: false
                            sql: |-
                %s
                      rollback:
                        - sql:
                            splitStatements: false
                            sql: |-
                %s
                """.formatted(id, sql.strip().indent(14).stripTrailing(), rollback.strip().indent(14).stripTrailing());
    }
}
