package changelogs.polaris.money;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Session;
import java.util.ArrayList;
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
 * For random PayMongo and PayPal webhooks in any order, repeated and over several connections: ledger and plans are the same and match the
 * purchases.
 */
@AddLifecycleHook(Histories.OnOldServers.class)
class ProviderHistoriesTest {

    private static final int TRIES = 30;

    enum Way { INTENT, METADATA, ORDER, CUSTOM_ID, AGREEMENT, NOBODY_SAYS }

    /** A purchase: how its user is identified, whether it was paid and in full, its refunds in percent and its dispute. */
    record Purchase(Way way, int person, boolean vip, boolean enough, boolean comesIn, List<Integer> refunds, String dispute) {

        boolean ofPaymongo() {
            return way == Way.INTENT || way == Way.METADATA;
        }

        long amount() {
            long price = ofPaymongo() ? vip ? 99900 : 49900 : vip ? 1900 : 900;
            return enough ? price : price - 100;
        }

        /** The expected amounts in public.payments. */
        Map<String, Object> becomes() {
            return Map.of("captured", comesIn ? amount() : 0, "refunded", refunds.stream().mapToLong(part -> amount() * part / 100).sum(),
                    "disputed", dispute.matches("opened|reversed") ? amount() : 0, "lost", dispute.endsWith("lost") ? amount() : 0);
        }

        boolean grants() {
            return comesIn && enough && way != Way.NOBODY_SAYS && becomes().entrySet().stream()
                    .mapToLong(sum -> (sum.getKey().equals("captured") ? 1 : -1) * (Long) sum.getValue()).sum() > 0;
        }

        String plan() {
            return vip ? "vip" : "pro";
        }
    }

    record History(List<Purchase> purchases, long seed, int repeated) {
    }

    /** A call of the server with its arguments. */
    record Told(String call, String... with) {

        void to(Session service) {
            switch (call) {
                case "paymongo" -> Webhooks.paymongo(service, with[0]);
                case "paypal" -> Webhooks.paypal(service, with[0]);
                default -> service.rows("select public." + call + "(?, ?::uuid, ?)", (Object[]) with);
            }
        }

        Told underAnotherId() {
            return with.length > 1 ? this : new Told(call, with[0].replaceFirst("\"id\": \"(evt-|WH-)", "\"id\": \"$1again-"));
        }
    }

    private static Histories database;
    private static int histories;
    private static int events;

    @BeforeContainer
    static void open() {
        database = new Histories();
        Webhooks.sell(database.owner);
    }

    @AfterContainer
    static void close() {
        System.out.printf("%d histories of webhooks on %d connections, each in two orders: %d events%n", histories, Histories.CONNECTIONS, events);
        database.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void webhooksInAnyOrderGiveTheSameLedgerAndPlans(@ForAll("histories") History history) throws Exception {
        assertThat(happens(history, history.seed())).as("result in another order").isEqualTo(happens(history, history.seed() + 1));
        histories++;
    }

    /** Sends the webhooks in one order, checks the invariants and returns the result. */
    private static String happens(History history, long seed) throws Exception {
        String run = UUID.randomUUID().toString();
        List<UUID> people = database.signUp();
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < history.purchases().size(); i++) {
            Purchase purchase = history.purchases().get(i);
            tell(told, purchase, run + "-" + i, people.get(purchase.person()));
        }
        List<Told> all = Histories.shuffled(told, seed, history.repeated(), Told::underAnotherId);
        events += all.size();
        database.tell(all, (service, one) -> one.to(service));

        assertThat(Money.wrong(database.operator)).isEmpty();
        assertThat(database.owner.rows("""
                select event_id, outcome from public.paymongo_events where state = 'failed'
                union all select event_id, outcome from public.paypal_events where state = 'failed'
                union all select event_id, outcome from public.payment_events where status = 'failed'
                """)).as("failed events").isEmpty();
        for (int i = 0; i < people.size(); i++) {
            int person = i;
            database.assertPlan(people.get(i), history.purchases().stream().filter(purchase -> purchase.person() == person && purchase.grants()).map(Purchase::plan));
        }
        for (int i = 0; i < history.purchases().size(); i++) {
            Purchase purchase = history.purchases().get(i);
            String payment = "pay-" + run + "-" + i;
            database.assertGrantedOnce(people.get(purchase.person()), payment);
            List<Map<String, Object>> booked = database.owner.rows("select captured_minor as captured, refunded_minor as refunded, disputed_minor as disputed, lost_minor as lost"
                    + " from public.payments where payment_ref = ?", payment);
            if (purchase.comesIn()) {
                assertThat(booked.get(0)).as("amounts of %s", purchase).isEqualTo(purchase.becomes());
            } else {
                assertThat(booked).as("payments without a capture").isEmpty();
            }
        }
        return database.owner.value(String.class, """
                select coalesce(jsonb_agg(to_jsonb(p) - array['id', 'created_at', 'updated_at', 'claimed_at', 'user_id', 'subscription_id'] || jsonb_build_object(
                        'of', array_position(?::uuid[], p.user_id), 'subscribed', p.subscription_id is not null, 'e', e.starts_at || ' ' || e.ends_at,
                        'c', (select c.status || ' ' || coalesce(c.price_id, '') from public.paypal_captures as c where c.id = p.payment_ref),
                        'm', (select m.status || ' ' || coalesce(m.price_id, '') from public.paymongo_payments as m where m.id = p.payment_ref),
                        's', (select s.status from public.subscriptions as s where s.external_ref = replace(p.payment_ref, 'pay-', 'I-')))
                    order by p.payment_ref)::text, '')
                from public.payments as p
                left join public.entitlements as e on e.source = p.provider and e.source_ref = p.payment_ref and e.revoked_at is null
                where p.payment_ref like ?
                """, "{" + String.join(",", people.stream().map(UUID::toString).toList()) + "}", "pay-" + run + "%").replace(run, "run");
    }

    private static void tell(List<Told> told, Purchase purchase, String id, UUID person) {
        String payment = "pay-" + id;
        if (purchase.ofPaymongo()) {
            tellPaymongo(told, purchase, id, payment, person);
            return;
        }
        String value = "%d.%02d".formatted(purchase.amount() / 100, purchase.amount() % 100);
        String custom = person + ":" + purchase.plan() + "-usd";
        boolean sale = purchase.way() == Way.AGREEMENT;
        String what = sale ? "PAYMENT.SALE." : "PAYMENT.CAPTURE.";
        if (purchase.way() == Way.ORDER) {
            told.add(new Told("begin_paypal_order", "O-" + id, person.toString(), purchase.plan() + "-usd"));
        }
        if (sale) {
            String[] news = {"CREATED APPROVAL_PENDING", "ACTIVATED ACTIVE", "CANCELLED CANCELLED"};
            for (int i = 0; i < (purchase.enough() ? 2 : 3); i++) {
                told.add(new Told("paypal", Webhooks.paypalEvent("WH-" + i + "-" + id, "BILLING.SUBSCRIPTION." + news[i].split(" ")[0], "2026-03-0%dT00:00:00Z".formatted(i + 1),
                        Webhooks.agreement("I-" + id, purchase.vip() ? "P-VIP" : "P-PRO", person.toString(), news[i].split(" ")[1]))));
            }
        } else {
            told.add(new Told("paypal", Webhooks.paypalEvent("WH-o-" + id, "CHECKOUT.ORDER.APPROVED",
                    Webhooks.order("O-" + id, purchase.way() == Way.CUSTOM_ID ? custom : null, value, "USD"))));
        }
        String resource = sale ? Webhooks.sale(payment, "I-" + id, value, "USD") : Webhooks.capture(payment, "O-" + id, null, value, "USD");
        told.add(new Told("paypal", Webhooks.paypalEvent("WH-p-" + id, what + "PENDING", resource)));
        told.add(new Told("paypal", Webhooks.paypalEvent("WH-c-" + id, what + (purchase.comesIn() ? "COMPLETED" : "DENIED"), resource)));
        for (int i = 0; i < purchase.refunds().size(); i++) {
            long part = purchase.amount() * purchase.refunds().get(i) / 100;
            String back = "%d.%02d".formatted(part / 100, part % 100);
            told.add(new Told("paypal", Webhooks.paypalEvent("WH-r" + i + "-" + id, what + "REFUNDED", sale
                    ? Webhooks.saleRefund("R" + i + "-" + id, payment, "-" + back, "USD") : Webhooks.captureRefund("R" + i + "-" + id, payment, back, "USD"))));
        }
        if (purchase.dispute().startsWith("reversed")) {
            told.add(new Told("paypal", Webhooks.paypalEvent("WH-v-" + id, what + "REVERSED", sale
                    ? Webhooks.saleRefund("V-" + id, payment, "-" + value, "USD") : Webhooks.captureRefund("V-" + id, payment, value, "USD"))));
        }
        if (!purchase.dispute().matches("none|reversed")) {
            told.add(new Told("paypal", Webhooks.paypalEvent("WH-d-" + id, "CUSTOMER.DISPUTE.CREATED", Webhooks.dispute("PP-" + id, payment, value, "USD", null))));
        }
        if (purchase.dispute().matches(".*(won|lost)")) {
            told.add(new Told("paypal", Webhooks.paypalEvent("WH-e-" + id, "CUSTOMER.DISPUTE.RESOLVED", Webhooks.dispute("PP-" + id, payment, value, "USD",
                    purchase.dispute().endsWith("won") ? "RESOLVED_SELLER_FAVOUR" : "RESOLVED_BUYER_FAVOUR"))));
        }
    }

    private static void tellPaymongo(List<Told> told, Purchase purchase, String id, String payment, UUID person) {
        String intent = "pi-" + id;
        String metadata = purchase.way() == Way.METADATA ? Webhooks.metadata(person, purchase.plan() + "-php") : "null";
        if (purchase.way() == Way.INTENT) {
            told.add(new Told("begin_paymongo_intent", intent, person.toString(), purchase.plan() + "-php"));
        }
        if (!purchase.comesIn()) {
            told.add(new Told("paymongo", Webhooks.paymongoEvent("evt-f-" + id, "payment.failed",
                    Webhooks.paymongoPayment(payment, intent, purchase.amount(), "failed", metadata))));
            return;
        }
        String paid = Webhooks.paymongoPayment(payment, intent, purchase.amount(), "paid", "null");
        told.add(new Told("paymongo", Webhooks.paymongoEvent("evt-p-" + id, "payment.paid", paid)));
        told.add(new Told("paymongo", Webhooks.paymongoSession("evt-s-" + id, metadata, paid)));
        List<String> refunds = new ArrayList<>();
        for (int i = 0; i < purchase.refunds().size(); i++) {
            long part = purchase.amount() * purchase.refunds().get(i) / 100;
            told.add(new Told("paymongo", Webhooks.paymongoEvent("evt-q" + i + "-" + id, "payment.refund.updated",
                    Webhooks.paymongoRefund("ref" + i + "-" + id, payment, part, "pending"))));
            refunds.add(Webhooks.paymongoRefund("ref" + i + "-" + id, payment, part, "succeeded"));
            told.add(new Told("paymongo", Webhooks.paymongoEvent("evt-r" + i + "-" + id, "payment.refund.updated", refunds.get(i))));
        }
        if (!refunds.isEmpty()) {
            told.add(new Told("paymongo", Webhooks.paymongoEvent("evt-x-" + id, "payment.refunded",
                    Webhooks.paymongoPayment(payment, intent, purchase.amount(), "refunded", "null", refunds.toArray(new String[0])))));
        }
    }

    @Provide
    Arbitrary<History> histories() {
        Arbitrary<Purchase> purchases = Combinators.combine(Arbitraries.of(Way.values()), Arbitraries.integers().between(0, Histories.PEOPLE - 1),
                Arbitraries.of(true, false), Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)), Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)),
                Arbitraries.of(10, 40, 60, 100).list().ofMaxSize(2), Arbitraries.of("none", "none", "opened", "won", "lost", "reversed", "reversed won", "reversed lost"))
                .as(Purchase::new)
                // A payment that never came in is neither refunded nor disputed; PayMongo reports no disputes.
                .map(it -> new Purchase(it.way(), it.person(), it.vip(), it.enough(), it.comesIn(), it.comesIn() ? it.refunds() : List.of(),
                        it.comesIn() && !it.ofPaymongo() ? it.dispute() : "none"));
        return Combinators.combine(purchases.list().ofMinSize(1).ofMaxSize(4), Arbitraries.longs(), Arbitraries.integers().between(0, 100)).as(History::new);
    }
}
