package changelogs.polaris.money;

import static changelogs.polaris.money.Money.report;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * For random payments, refunds, lost disputes and payouts in any order: each payment earns its share of the amount left, and nothing is
 * paid twice.
 */
@AddLifecycleHook(Histories.OnOldServers.class)
class CommissionHistoriesTest {

    private static final int TRIES = 40;

    /** One payment in minor units with its refunds, and the amount of a lost dispute, zero if none. */
    record Story(int person, long amount, List<Long> refunds, long lost) {

        long left() {
            return Math.max(0, amount - lost - refunds.stream().mapToLong(Long::longValue).sum());
        }
    }

    /** Payments reported concurrently, shuffled by a seed; the given percentage of the reports is repeated under the same or another id. */
    record History(List<Story> stories, int rate, long seed, int repeated) {
    }

    private static final AtomicInteger PAYOUTS = new AtomicInteger();
    private static Histories histories;
    private static int reports;

    @BeforeContainer
    static void open() {
        histories = new Histories();
        Referrals.program(histories.owner);
        histories.owner.update("update public.affiliate_programs set min_payout_minor = 1");
    }

    @AfterContainer
    static void close() {
        System.out.printf("%d histories of earnings on %d connections: %d reports, %d payouts%n", TRIES, Histories.CONNECTIONS, reports, PAYOUTS.get());
        histories.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void paymentsEarnTheirShareAndArePaidOutOnce(@ForAll("histories") History history) throws Exception {
        Session owner = histories.owner;
        String run = UUID.randomUUID().toString();
        UUID affiliate = Referrals.active(owner, histories.signUp().get(0), run);
        owner.update("update public.affiliates set rate_bps = ? where id = ?", history.rate(), affiliate);
        // The affiliate referred the first two of the three users.
        List<UUID> people = histories.signUp();
        people.subList(0, 2).forEach(brought -> Referrals.attached(owner, affiliate, brought));
        List<Map<String, Object>> told = Histories.shuffled(tell(history, run, people), history.seed(), history.repeated(), CommissionHistoriesTest::again);
        reports += told.size();

        Random random = new Random(history.seed());
        histories.tell(told, (service, report) -> {
            assertThat(Money.record(service, report)).isIn("applied", "ignored");
            if (random.nextBoolean()) {
                payOut(service, affiliate, random.nextBoolean());
            }
        });
        histories.tell(List.of(true), (service, whole) -> payOut(service, affiliate, whole));

        assertThat(Money.wrong(histories.operator)).isEmpty();
        assertThat(Referrals.wrong(histories.operator)).isEmpty();
        for (int i = 0; i < history.stories().size(); i++) {
            Story story = history.stories().get(i);
            long share = story.person() == 2 ? 0
                    : BigInteger.valueOf(story.left()).multiply(BigInteger.valueOf(history.rate())).divide(BigInteger.valueOf(10000)).longValueExact();
            assertThat(owner.value(Long.class, "select coalesce(sum(amount_minor), 0)::bigint from public.affiliate_commissions where payment_ref = ?", run + " p" + i))
                    .as("commissions of payment %d: %s", i, story).isEqualTo(share);
        }
        assertThat(owner.value(Boolean.class, """
                select coalesce(sum(c.amount_minor), 0) = coalesce(sum(c.amount_minor) filter (where c.payout_id is null), 0)
                    + (select coalesce(sum(p.amount_minor), 0) from public.affiliate_payouts as p where p.affiliate_id = ? and p.status not in ('failed', 'canceled'))
                from public.affiliate_commissions as c where c.affiliate_id = ?
                """, affiliate, affiliate)).as("commissions equal paid plus open amounts").isTrue();
    }

    /** Creates a payout and completes or cancels it. Steps that are not allowed at the moment are skipped. */
    private static void payOut(Session service, UUID affiliate, boolean whole) {
        try {
            UUID payout = service.value(UUID.class, "select public.make_affiliate_payout(?, ?)", affiliate, Referrals.CURRENCY);
            PAYOUTS.incrementAndGet();
            for (String step : whole ? List.of("approved", "processing", "paid") : List.of("canceled")) {
                service.rows("select public.set_affiliate_payout_state(?, ?, 'transfer', 'Not now.')", payout, step);
            }
        } catch (SqlFailed e) {
            assertThat(e.state()).isIn(SqlFailed.WRONG_STATE, SqlFailed.CHECK_VIOLATION);
        }
    }

    private static List<Map<String, Object>> tell(History history, String run, List<UUID> people) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (int i = 0; i < history.stories().size(); i++) {
            Story story = history.stories().get(i);
            String payment = run + " p" + i;
            List<Map<String, Object>> own = new ArrayList<>();
            own.add(moved(payment, "payment_captured", null, story.amount()));
            for (int j = 0; j < story.refunds().size(); j++) {
                own.add(moved(payment, "payment_refunded", payment + " r" + j, story.refunds().get(j)));
            }
            if (story.lost() > 0) {
                own.add(moved(payment, "dispute_opened", payment + " d", story.lost()));
                own.add(moved(payment, "dispute_lost", payment + " d", story.lost()));
            }
            own.forEach(report -> {
                report.put("user_id", people.get(story.person()));
                report.put("plan_code", "pro");
            });
            told.addAll(own);
        }
        return told;
    }

    private static Map<String, Object> again(Map<String, Object> report) {
        Map<String, Object> again = new LinkedHashMap<>(report);
        again.put("event_id", again.get("event_id") + " again");
        return again;
    }

    private static Map<String, Object> moved(String payment, String type, String object, long amount) {
        return report("paypal", type + " " + payment + " " + object, type, "payment_ref", payment, "object_ref", object, "amount_minor", amount,
                "currency_code", Referrals.CURRENCY);
    }

    @Provide
    Arbitrary<History> histories() {
        Arbitrary<Long> amounts = Arbitraries.longs().between(1, 30000);
        Arbitrary<Story> stories = Combinators.combine(Arbitraries.integers().between(0, 2), amounts, amounts.list().ofMaxSize(2),
                Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.just(0L), amounts)).as(Story::new);
        return Combinators.combine(stories.list().ofMinSize(1).ofMaxSize(5), Arbitraries.of(0, 1, 333, 1000, 10000), Arbitraries.longs(), Arbitraries.integers().between(0, 120))
                .as(History::new);
    }
}
