package changelogs.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Small changelogs in src/test/resources/review: a base, and diffs that each replace or add files of the base. */
final class PreparedDiffs {

    static final String SYSTEM = "shop";
    /** Rows of each table. */
    static final int ROWS = 100;
    private static final Map<String, Result> RESULTS = new HashMap<>();
    private static final Path FOLDER = Path.of("src", "test", "resources", "review");
    private static final Path TARGET = Path.of("target", "review-diffs");
    private static Side base;

    private PreparedDiffs() {
    }

    /** The blockers and warnings that each diff must raise. */
    static Map<String, Set<String>> expected() {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(FOLDER.resolve("diffs.txt"))) {
                if (!line.startsWith("#")) {
                    String[] parts = line.split(":", 2);
                    expected.put(parts[0], new TreeSet<>(Arrays.stream(parts[1].strip().split(" ")).filter(word -> !word.isEmpty()).toList()));
                }
            }
            return expected;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The review of a diff, which the tests of this run share. */
    static Result review(String diff) {
        return review(diff, false);
    }

    /** One review at a time, since the database of the base cannot be copied while another review is connected to it. */
    static synchronized Result review(String diff, boolean tools) {
        return RESULTS.computeIfAbsent(diff + tools, key -> Review.of(base(), side(diff, diff), ROWS, tools, Map.of()));
    }

    /** The base with a diff, in a folder of this name. */
    static Side side(String diff, String folder) {
        return Side.of(folder(folder, List.of("base", diff)), SYSTEM);
    }

    private static Side base() {
        if (base == null) {
            base = Side.of(folder("base", List.of("base")), SYSTEM);
        }
        return base;
    }

    /** Copies the layers on top of each other, with the shared files of this repository. */
    private static Path folder(String name, List<String> layers) {
        Path target = TARGET.resolve(name);
        Git.delete(target);
        copy(Path.of("changelog", "shared"), target.resolve("changelog").resolve("shared"));
        layers.forEach(layer -> copy(FOLDER.resolve(layer), target));
        return target;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path file = to.resolve(from.relativize(path).toString());
                Files.createDirectories(file.getParent());
                Files.copy(path, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
