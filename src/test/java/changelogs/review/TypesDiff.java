package changelogs.review;

import changelogs.testing.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The types that apps generate from the database, before and after.
 *
 * @param lines changed lines of database.types.ts
 * @param breaking parts of the old types that the new types do not fit
 */
record TypesDiff(String lines, List<String> breaking) {

    static final TypesDiff NONE = new TypesDiff("", List.of());
    private static final Pattern ERROR = Pattern.compile("clients\\.ts\\((\\d+),.*?Type '(.*?)' is not assignable to type 'never'");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

    /** Rows that apps read must fit the old type; rows and arguments that they send must fit the new one. */
    private static final String CLIENTS = """
            import type { Database as Old } from "./old";
            import type { Database as New } from "./new";
            type O = Old["public"];
            type N = New["public"];
            type Part<T, K extends string> = T extends { [P in K]: infer V } ? V : never;
            type Reads<A, B, K extends string> = { [P in keyof A]: P extends keyof B ? ([Part<B[P], K>] extends [Part<A[P], K>] ? never : P) : P }[keyof A];
            type Sends<A, B, K extends string> = { [P in keyof A]: P extends keyof B ? ([Part<A[P], K>] extends [Part<B[P], K>] ? never : P) : P }[keyof A];
            type Values<A, B> = { [P in keyof A]: P extends keyof B ? ([B[P]] extends [A[P]] ? never : P) : P }[keyof A];
            """;
    private static final Map<String, String> PARTS = Map.of(
            "rows of table", "Reads<O[\"Tables\"], N[\"Tables\"], \"Row\">",
            "inserts into table", "Sends<O[\"Tables\"], N[\"Tables\"], \"Insert\">",
            "updates of table", "Sends<O[\"Tables\"], N[\"Tables\"], \"Update\">",
            "rows of view", "Reads<O[\"Views\"], N[\"Views\"], \"Row\">",
            "arguments of function", "Sends<O[\"Functions\"], N[\"Functions\"], \"Args\">",
            "result of function", "Reads<O[\"Functions\"], N[\"Functions\"], \"Returns\">",
            "values of enum", "Values<O[\"Enums\"], N[\"Enums\"]>");

    /** Compares two versions of database.types.ts. */
    static TypesDiff between(String old, String now, List<String> unmeasured) {
        if (old.equals(now)) {
            return NONE;
        }
        var compiler = Command.ofNpm("tsc");
        if (compiler.isEmpty()) {
            unmeasured.add("Whether the new types fit the old ones" + Lints.NOT_INSTALLED);
        }
        return new TypesDiff(Diff.of(old.lines().toList(), now.lines().toList()), compiler.map(tool -> breaking(old, now, tool)).orElse(List.of()));
    }

    private static List<String> breaking(String old, String now, Path compiler) {
        try {
            Path folder = Files.createTempDirectory("types");
            Files.writeString(folder.resolve("old.ts"), old);
            Files.writeString(folder.resolve("new.ts"), now);
            int before = (int) CLIENTS.lines().count();
            List<String> parts = new ArrayList<>(new TreeMap<>(PARTS).keySet());
            StringBuilder text = new StringBuilder(CLIENTS);
            for (int i = 0; i < parts.size(); i++) {
                text.append("export const part").append(i).append(": never = null as unknown as ").append(PARTS.get(parts.get(i))).append(";\n");
            }
            Files.writeString(folder.resolve("clients.ts"), text);
            Command.Result result = Command.of(compiler.toString(), "--strict", "--lib", "es5", "--noEmit", "--noErrorTruncation", "--pretty", "false", "--skipLibCheck",
                    folder.resolve("clients.ts").toString()).merged().run();
            Git.delete(folder);
            return ERROR.matcher(result.out()).results().flatMap(error -> names(parts.get(Integer.parseInt(error.group(1)) - before - 1), error.group(2))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> names(String part, String type) {
        return NAME.matcher(type).results().map(name -> part + " " + name.group(1));
    }
}
