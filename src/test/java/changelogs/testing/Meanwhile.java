package changelogs.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs something beside the test, each in a thread of its own: the common pool has one on a machine with two cores. */
public final class Meanwhile {

    private Meanwhile() {
    }

    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, thread -> new Thread(thread).start());
    }

    public static <T> CompletableFuture<T> get(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread -> new Thread(thread).start());
    }
}
