package changelogs.liquibase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Arguments of the {@code mvn} command: the command line, which the launcher exports as {@code MAVEN_CMD_LINE_ARGS},
 * {@code MAVEN_ARGS} and {@code .mvn/maven.config}.
 *
 * @param words arguments without quotes; empty if Maven exports none, as with mvnd and in an IDE
 */
record MavenArguments(List<String> words) {

    private static final String EXPORTED = "MAVEN_CMD_LINE_ARGS";

    static MavenArguments current() {
        return read(System::getenv, System.getProperty("maven.multiModuleProjectDirectory"));
    }

    static MavenArguments read(UnaryOperator<String> environment, String directory) {
        String exported = environment.apply(EXPORTED);
        if (exported == null) {
            return new MavenArguments(List.of());
        }
        String added = environment.apply("MAVEN_ARGS");
        Stream<String> lines = Stream.of(config(directory), added == null ? "" : added, exported);
        return new MavenArguments(lines.flatMap(line -> Arrays.stream(line.split("\\s+")))
                .map(word -> word.replaceAll("[\"']", "")).filter(word -> !word.isEmpty()).toList());
    }

    private static String config(String directory) {
        Path file = Path.of(directory == null ? "" : directory, ".mvn", "maven.config");
        try {
            return directory != null && Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the JVM was started for this Maven run and ends with it. */
    static boolean ownTheJvm() {
        return System.getenv(EXPORTED) != null;
    }

    /** Values of an option: {@code -Px}, {@code -P x}, {@code -P=x}, {@code --activate-profiles x} or {@code --activate-profiles=x}. */
    List<String> values(String shortName, String longName) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(shortName) || word.equals(longName)) {
                values.addAll(words.subList(i + 1, Math.min(i + 2, words.size())));
                i++;
            } else if (word.startsWith(longName + "=")) {
                values.add(word.substring(longName.length() + 1));
            } else if (word.startsWith(shortName) && shortName.equals("-P")) {
                values.add(word.substring(shortName.length()).replaceFirst("^=", ""));
            }
        }
        return values;
    }

    boolean has(String... options) {
        return Arrays.stream(options).anyMatch(words::contains);
    }
}
