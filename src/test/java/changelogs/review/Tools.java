package changelogs.review;

import changelogs.ops.SupabaseCommand;
import changelogs.testing.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The programs that npm installs. They take seconds, so they run beside the rest of the review. */
final class Tools {

    static final Executor THREADS = work -> new Thread(work, "review tools").start();

    /**
     * What the programs found.
     *
     * @param types differences of the types that apps generate
     * @param unmeasured what was not measured, and why
     */
    record Found(List<Finding> findings, TypesDiff types, List<String> unmeasured) {

        static final Found NOTHING = new Found(List.of(), TypesDiff.NONE, List.of());
    }

    /** Advice and generated types of a database. */
    private record Output(List<String> advice, String types) {
    }

    private final Optional<Path> supabase = Command.ofNpm("supabase");
    private final CompletableFuture<Output> base;

    /** The result of work on another thread, or the exception that ended it. */
    static <T> T resultOf(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Begins with the base, a database that nothing else uses. */
    Tools(String base) {
        this.base = CompletableFuture.supplyAsync(
                () -> supabase.map(tool -> new Output(advice(base, tool), SupabaseCommand.types(base, tool))).orElse(new Output(List.of(), "")), THREADS);
    }

    /** Begins with the head, which cannot be copied until the programs end. */
    CompletableFuture<Found> compare(String head, List<Step> steps) {
        List<String> unmeasured = Collections.synchronizedList(new ArrayList<>());
        if (supabase.isEmpty()) {
            unmeasured.add("Supabase's advisors and the types that apps generate" + Lints.NOT_INSTALLED);
        }
        CompletableFuture<List<Finding>> linters = CompletableFuture.supplyAsync(() -> {
            List<Finding> findings = new ArrayList<>(Lints.squawk(steps, unmeasured));
            supabase.ifPresent(tool -> findings.addAll(Lints.advisors(base.join().advice(), advice(head, tool))));
            return findings;
        }, THREADS);
        CompletableFuture<TypesDiff> types = CompletableFuture.supplyAsync(
                () -> supabase.map(tool -> TypesDiff.between(base.join().types(), SupabaseCommand.types(head, tool), unmeasured)).orElse(TypesDiff.NONE), THREADS);
        return linters.thenCombine(types, (findings, difference) -> {
            List<Finding> all = new ArrayList<>(findings);
            difference.breaking().forEach(part -> all.add(new Finding(Check.TYPES_BREAK, part.substring(part.lastIndexOf(' ') + 1), "", "",
                    "The new types do not fit the old ones: " + part + ".", "")));
            return new Found(all, difference, unmeasured);
        });
    }

    private static List<String> advice(String database, Path supabase) {
        return SupabaseCommand.advice(database, supabase).out().lines().toList();
    }
}
