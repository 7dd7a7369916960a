package changelogs.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs code concurrently with the test, each in a new thread: the common pool has only one thread on a machine with two cores. */
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
