package changelogs.polaris.money;

import static changelogs.polaris.money.Money.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/**
 * For random provider reports in any order, repeated and over several connections: the ledger balances, and users have the plans they paid
 * for.
 */
@AddLifecycleHook(Histories.OnOldServers.class)
class MoneyHistoriesTest {

    private static final int TRIES = 60;

    /** One payment: its refunds in percent, and how a dispute over the full amount ends, if any. */
    record Story(int person, boolean paypal, boolean vip, List<Integer> refunds, String dispute, boolean captureLost) {

        boolean keeps() {
            int left = captureLost ? -1 : 100 - refunds.stream().mapToInt(Integer::intValue).sum() - (dispute.matches("opened|lost") ? 100 : 0);
            return left > 0;
        }
    }

    /** Payments reported concurrently, shuffled by a seed; the given percentage of the reports is repeated under the same or another id. */
    record History(List<Story> stories, long seed, int repeated) {
    }

    private static Histories database;
    private static int histories;
    private static int reports;

    @BeforeContainer
    static void open() {
        database = new Histories();
    }

    @AfterContainer
    static void close() {
        System.out.printf("%d histories of payments on %d connections: %d reports%n", histories, Histories.CONNECTIONS, reports);
        database.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void ledgerBalancesAndPlansFollowPayments(@ForAll("histories") History history) throws Exception {
        String run = UUID.randomUUID().toString();
        List<UUID> people = database.signUp();
        List<Map<String, Object>> told = Histories.shuffled(tell(history, run, people), history.seed(), history.repeated(), MoneyHistoriesTest::underAnotherId);
        reports += told.size();

        database.tell(told, (service, report) -> assertThat(Money.record(service, report)).isIn("applied", "ignored"));
        histories++;

        assertThat(Money.wrong(database.operator)).isEmpty();
        for (int i = 0; i < people.size(); i++) {
            int person = i;
            database.assertPlan(people.get(i), history.stories().stream().filter(story -> story.person() == person && story.keeps())
                    .map(story -> story.vip() ? "vip" : "pro"));
        }
        for (int i = 0; i < history.stories().size(); i++) {
            database.assertGrantedOnce(people.get(history.stories().get(i).person()), run + " p" + i);
        }
    }

    private static Map<String, Object> underAnotherId(Map<String, Object> report) {
        Map<String, Object> again = new LinkedHashMap<>(report);
        again.put("event_id", again.get("event_id") + " again");
        return again;
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
                // A payment that never came in is neither refunded nor disputed.
                .map(story -> story.captureLost() ? new Story(story.person(), story.paypal(), story.vip(), List.of(), "none", true) : story);
        return Combinators.combine(stories.list().ofMinSize(1).ofMaxSize(5), Arbitraries.longs(), Arbitraries.integers().between(0, 120)).as(History::new);
    }
}
