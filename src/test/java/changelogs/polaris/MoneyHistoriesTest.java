package changelogs.polaris;

import static changelogs.polaris.Money.report;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.opentest4j.TestAbortedException;

/** Whatever providers report, in whatever order, however often and over however many connections: the books balance, and people have what they paid for. */
@AddLifecycleHook(MoneyHistoriesTest.OnOldServers.class)
class MoneyHistoriesTest {

    /** To jqwik an assumption that fails before all tries is an error; this is how it skips. */
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

    private static final int CONNECTIONS = 3;
    private static final int TRIES = 60;
    private static final List<String> RANKS = List.of("free", "pro", "vip");

    /** What becomes of one payment: its refunds in parts of a hundred, and how a dispute over all of it ends, if there is one. */
    record Story(int person, boolean paypal, boolean vip, List<Integer> refunds, String dispute, boolean captureLost) {

        boolean keeps() {
            int left = captureLost ? -1 : 100 - refunds.stream().mapToInt(Integer::intValue).sum() - (dispute.matches("opened|lost") ? 100 : 0);
            return left > 0;
        }
    }

    /** Stories told at once: shuffled by a seed, with that share of the reports told again under the same or another id. */
    record History(List<Story> stories, long seed, int repeated) {
    }

    private static Database database;
    private static Session owner;
    private static Session operator;
    private static List<Session> services;
    private static int histories;
    private static int reports;

    @BeforeContainer
    static void open() {
        database = Database.openMigrated("polaris");
        owner = database.owner();
        operator = database.operator();
        services = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            services.add(database.as(Caller.SERVICE));
        }
    }

    @AfterContainer
    static void close() {
        System.out.printf("%d histories of payments on %d connections: %d reports%n", histories, CONNECTIONS, reports);
        database.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void booksBalanceAndPlansFollow(@ForAll("histories") History history) throws Exception {
        String run = UUID.randomUUID().toString();
        List<UUID> people = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            people.add(UUID.randomUUID());
            owner.update("insert into auth.users (id, email) values (?, ?)", people.get(i), people.get(i) + "@example.com");
        }
        List<Map<String, Object>> told = tell(history, run, people);
        reports += told.size();

        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<Void>> runs = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int own = i;
                runs.add(() -> {
                    for (int at = own; at < told.size(); at += CONNECTIONS) {
                        assertThat(Money.record(services.get(own), told.get(at))).isIn("applied", "ignored");
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
        histories++;

        assertThat(Money.wrong(operator)).isEmpty();
        for (int i = 0; i < people.size(); i++) {
            int person = i;
            String plan = history.stories().stream().filter(story -> story.person() == person && story.keeps())
                    .map(story -> story.vip() ? "vip" : "pro").max(Comparator.comparing(RANKS::indexOf)).orElse("free");
            assertThat(owner.value(String.class, "select tier from public.profiles where id = ?", people.get(i))).as("the plan of person %d", i).isEqualTo(plan);
        }
        for (int i = 0; i < history.stories().size(); i++) {
            Story story = history.stories().get(i);
            assertThat(owner.column(Long.class, "select count(*) from public.entitlement_history where user_id = ? and action = 'granted'"
                    + " and entitlement_id in (select id from public.entitlements where source_ref = ?)", people.get(story.person()), run + " p" + i))
                    .as("granted once at most").allMatch(granted -> granted <= 1);
        }
    }

    private static List<Map<String, Object>> tell(History history, String run, List<UUID> people) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (int i = 0; i < history.stories().size(); i++) {
            Story story = history.stories().get(i);
            String payment = run + " p" + i;
            String provider = story.paypal() ? "paypal" : "paymongo";
            if (!story.captureLost()) {
                told.add(moved(provider, payment, "payment_captured", null, 100));
            } else {
                Map<String, Object> failed = moved(provider, payment, "payment_failed", null, 100);
                failed.keySet().removeAll(List.of("amount_minor", "currency_code"));
                told.add(failed);
            }
            for (int j = 0; j < story.refunds().size(); j++) {
                told.add(moved(provider, payment, "payment_refunded", payment + " r" + j, story.refunds().get(j)));
            }
            if (!story.dispute().equals("none")) {
                told.add(moved(provider, payment, "dispute_opened", payment + " d", 100));
                if (!story.dispute().equals("opened")) {
                    told.add(moved(provider, payment, "dispute_" + story.dispute(), payment + " d", 100));
                }
            }
            told.stream().filter(report -> payment.equals(report.get("payment_ref"))).forEach(report -> {
                report.put("user_id", people.get(story.person()));
                report.put("plan_code", story.vip() ? "vip" : "pro");
                report.put("period_start", "2026-01-01T00:00:00Z");
                report.put("period_end", "2126-01-01T00:00:00Z");
            });
        }
        Random random = new Random(history.seed());
        int first = told.size();
        for (int i = 0; i < first * history.repeated() / 100; i++) {
            Map<String, Object> again = new LinkedHashMap<>(told.get(random.nextInt(first)));
            if (random.nextBoolean()) {
                again.put("event_id", again.get("event_id") + " again");
            }
            told.add(again);
        }
        Collections.shuffle(told, random);
        return told;
    }

    private static Map<String, Object> moved(String provider, String payment, String type, String object, int amount) {
        return report(provider, type + " " + payment + " " + object, type, "payment_ref", payment, "object_ref", object, "amount_minor", amount, "currency_code", "PHP");
    }

    @Provide
    Arbitrary<History> histories() {
        Arbitrary<Story> stories = Combinators.combine(Arbitraries.integers().between(0, 2), Arbitraries.of(true, false), Arbitraries.of(true, false),
                Arbitraries.of(10, 40, 60, 100).list().ofMaxSize(2), Arbitraries.of("none", "none", "opened", "won", "lost"),
                Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true))).as(Story::new)
                // Money that never came in is neither given back nor disputed.
                .map(story -> story.captureLost() ? new Story(story.person(), story.paypal(), story.vip(), List.of(), "none", true) : story);
        return Combinators.combine(stories.list().ofMinSize(1).ofMaxSize(5), Arbitraries.longs(), Arbitraries.integers().between(0, 120)).as(History::new);
    }
}
