package changelogs.mutations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the migration that created an object: the first one whose text matches. */
final class Origins {

    private static final String UNKNOWN = "unknown";

    /** Text of the files by migration, in order. */
    private final Map<String, String> migrations = new TreeMap<>();

    Origins(String system) {
        Path root = Path.of("changelog", system);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String migration = root.relativize(file).getName(0).toString().replaceFirst("\\.yaml$", "");
                if (Character.isDigit(migration.charAt(0)) && !file.getFileName().toString().startsWith("safe-checks") && !migration.endsWith("safe-checks")) {
                    migrations.merge(migration, Files.readString(file), String::concat);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the migration that matches the first matching regular expression. */
    String of(Iterable<String> patterns) {
        for (String pattern : patterns) {
            Pattern compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
            for (var migration : migrations.entrySet()) {
                if (compiled.matcher(migration.getValue()).find()) {
                    return migration.getKey();
                }
            }
        }
        return UNKNOWN;
    }
}
