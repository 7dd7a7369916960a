package changelogs.polaris.money;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.opentest4j.TestAbortedException;

/** A database that receives many payment histories over several concurrent connections. */
final class Histories implements AutoCloseable {

    static final int CONNECTIONS = 3;
    static final int PEOPLE = 3;
    private static final List<String> RANKS = List.of("free", "pro", "vip");

    /** jqwik treats an assumption that fails before all tries as an error; this hook skips the test instead. */
    static final class OnOldServers implements SkipExecutionHook {

        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            try {
                TestServer.get().needs("polaris");
                return SkipResult.doNotSkip();
            } catch (TestAbortedException e) {
                return SkipResult.skip(e.getMessage());
            }
        }
    }

    private final Database database = Database.openMigrated("polaris");
    private final List<Session> services = new ArrayList<>();
    final Session owner = database.owner();
    final Session operator = database.operator();

    Histories() {
        for (int i = 0; i < CONNECTIONS; i++) {
            services.add(database.as(Caller.SERVICE));
        }
    }

    List<UUID> signUp() {
        List<UUID> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(UUID.randomUUID());
            owner.update("insert into auth.users (id, email) values (?, ?)", people.get(i), people.get(i) + "@example.com");
        }
        return people;
    }

    /** Shuffles the reports by a seed and repeats the given percentage of them, some under another id. */
    static <T> List<T> shuffled(List<T> told, long seed, int repeated, UnaryOperator<T> underAnotherId) {
        Random random = new Random(seed);
        List<T> all = new ArrayList<>(told);
        for (int i = 0; i < told.size() * repeated / 100; i++) {
            T again = told.get(random.nextInt(told.size()));
            all.add(random.nextBoolean() ? underAnotherId.apply(again) : again);
        }
        Collections.shuffle(all, random);
        return all;
    }

    /** Sends the reports over all connections; each sends its share in order. */
    <T> void tell(List<T> told, BiConsumer<Session, T> teller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<Void>> runs = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int own = i;
                runs.add(() -> {
                    for (int at = own; at < told.size(); at += CONNECTIONS) {
                        teller.accept(services.get(own), told.get(at));
                    }
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(runs)) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Asserts that the profile has the highest of these plans, or free. */
    void assertPlan(UUID person, Stream<String> plans) {
        String plan = plans.max(Comparator.comparing(RANKS::indexOf)).orElse("free");
        assertThat(owner.value(String.class, "select tier from public.profiles where id = ?", person)).as("the plan of %s", person).isEqualTo(plan);
    }

    void assertGrantedOnce(UUID person, String payment) {
        assertThat(owner.column(Long.class, "select count(*) from public.entitlement_history where user_id = ? and action = 'granted'"
                + " and entitlement_id in (select id from public.entitlements where source_ref = ?)", person, payment))
                .as("number of grants").allMatch(granted -> granted <= 1);
    }

    @Override
    public void close() {
        database.close();
    }
}
