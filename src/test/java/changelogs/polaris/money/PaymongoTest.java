package changelogs.polaris.money;

import static changelogs.polaris.money.Money.wrong;
import static changelogs.polaris.money.Webhooks.metadata;
import static changelogs.polaris.money.Webhooks.paid;
import static changelogs.polaris.money.Webhooks.paymongo;
import static changelogs.polaris.money.Webhooks.paymongoEvent;
import static changelogs.polaris.money.Webhooks.paymongoLink;
import static changelogs.polaris.money.Webhooks.paymongoPayment;
import static changelogs.polaris.money.Webhooks.paymongoRefund;
import static changelogs.polaris.money.Webhooks.paymongoSession;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PayMongo webhook bodies are turned into ledger entries and plans. */
class PaymongoTest {

    private static final String PAID = "[{a=cash_paymongo, s=49900}, {a=sales, s=-49900}]";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session service;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        service = polaris.as(SERVICE);
        Webhooks.sell(owner);
    }

    private void begin(String intent, Caller caller, String price) {
        begin(service, intent, caller, price);
    }

    private static void begin(Session service, String intent, Caller caller, String price) {
        service.rows("select public.begin_paymongo_intent(?, ?, ?, '{\"coupon\": \"X1\"}')", intent, caller.account(), price);
    }

    private String tier(Caller caller) {
        return Money.tier(owner, caller);
    }

    private String balances() {
        return Money.balances(owner);
    }

    private String status(String event) {
        return Webhooks.status(polaris.as(ADMIN), "paymongo", event);
    }

    @Test
    void paymentOfAnIntentIsBookedAndGrantsThePlanOfItsPrice() {
        begin("pi_1", ALICE, "pro-php");
        assertThat(paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900))).as("is a new event").isTrue();

        assertThat(balances()).isEqualTo(PAID);
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(status("evt_1")).isEqualTo("applied");
        assertThat(polaris.as(ALICE).rows("select payment_ref, plan_code, captured_minor, currency_code from public.payments"))
                .containsExactly(row("payment_ref", "pay_1", "plan_code", "pro", "captured_minor", 49900L, "currency_code", "PHP"));
        assertThat(polaris.as(ADMIN).rows("select p.status, p.fee_minor, p.payment_method, i.status as intent from public.paymongo_payments as p"
                + " join public.paymongo_payment_intents as i on i.id = p.payment_intent_id"))
                .containsExactly(row("status", "paid", "fee_minor", 1250L, "payment_method", "gcash", "intent", "succeeded"));
        assertThat(polaris.as(ADMIN).rows("select object_type, object_id, object_status, amount, currency, payment_refs::text"
                + " from public.v_paymongo_events_flat"))
                .containsExactly(row("object_type", "payment", "object_id", "pay_1", "object_status", "paid", "amount", "49900", "currency", "PHP",
                        "payment_refs", "{pay_1}"));
        assertThat(owner.value(Boolean.class, "select ends_at at time zone 'Asia/Manila' = starts_at at time zone 'Asia/Manila' + interval '1 month' from public.entitlements"))
                .as("period is one month in Manila time").isTrue();
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void paymentReportedByThreeKindsOfEventsIsBookedOnce() {
        begin("pi_1", ALICE, "pro-php");
        String payment = paymongoPayment("pay_1", "pi_1", 49900, "paid", "null");
        paymongo(service, paymongoSession("evt_1", "null", paymongoPayment("pay_0", "pi_1", 49900, "failed", "null"), payment));
        paymongo(service, paid("evt_2", "pay_1", "pi_1", 49900));
        paymongo(service, paymongoLink("evt_3", payment));

        assertThat(balances()).isEqualTo(PAID);
        assertThat(status("evt_1")).isEqualTo("applied");
        assertThat(status("evt_2")).isEqualTo("ignored: already booked by another event");
        assertThat(status("evt_3")).isEqualTo("ignored: already booked by another event");
        assertThat(polaris.count("public.entitlements")).isOne();
    }

    @Test
    void redeliveredEventChangesNothing() {
        begin("pi_1", ALICE, "pro-php");
        assertThat(paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900))).isTrue();
        assertThat(paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900))).isFalse();
        assertThat(paymongo(service, paid("evt_1", "pay_9", "pi_1", 99900))).as("redelivery with another body").isFalse();

        assertThat(balances()).isEqualTo(PAID);
        assertThat(owner.value(Integer.class, "select deliveries from public.paymongo_events")).isEqualTo(3);
        assertThat(polaris.count("public.payment_events")).isOne();
    }

    @Test
    void paymentBeforeItsIntentIsAssignedLater() {
        paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900));
        assertThat(balances()).isEqualTo(PAID);
        assertThat(tier(ALICE)).isEqualTo("free");

        begin("pi_1", ALICE, "pro-php");
        begin("pi_1", ALICE, "pro-php");
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(balances()).isEqualTo(PAID);
        assertThat(owner.value(String.class, "select status from public.paymongo_payment_intents")).isEqualTo("succeeded");
        assertThat(wrong(polaris.operator())).isEmpty();
        assertThatThrownBy(() -> begin("pi_1", BOB, "pro-php")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> begin("pi_1", ALICE, "vip-php")).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void metadataNamesUserAndPriceWithoutAnIntent() {
        paymongo(service, paid("evt_1", "pay_1", null, 49900));
        assertThat(tier(ALICE)).isEqualTo("free");
        paymongo(service, paymongoSession("evt_2", metadata(ALICE.account(), "pro-php"), paymongoPayment("pay_1", null, 49900, "paid", "{}")));
        assertThat(tier(ALICE)).as("by the metadata of the session").isEqualTo("pro");

        paymongo(service, paymongoLink("evt_3", paymongoPayment("pay_2", null, 99900, "paid", metadata(BOB.account(), "vip-php"))));
        assertThat(tier(BOB)).as("by the metadata of the payment").isEqualTo("vip");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void inactivePriceCountsOnlyForExistingIntents() {
        begin("pi_1", BOB, "pro-php");
        owner.update("update public.paymongo_price_map set is_active = false where price_id = 'pro-php'");
        paymongo(service, paymongoEvent("evt_1", "payment.paid", paymongoPayment("pay_1", null, 49900, "paid", metadata(ALICE.account(), "pro-php"))));
        paymongo(service, paid("evt_2", "pay_2", "pi_1", 49900));

        assertThat(tier(ALICE)).as("inactive price named in metadata only").isEqualTo("free");
        assertThat(owner.rows("select from public.payments where captured_minor = 49900 and user_id = ? and plan_code is null", ALICE.account())).hasSize(1);
        assertThat(tier(BOB)).isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void intentTakesPrecedenceOverMetadataInAnyOrder() {
        paymongo(service, paymongoEvent("evt_1", "payment.paid", paymongoPayment("pay_1", "pi_1", 49900, "paid", metadata(ALICE.account(), "none"))));
        begin("pi_1", ALICE, "pro-php");

        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void underpaymentIsBookedAndLeftToAnAdmin() {
        for (String price : List.of("pro-php", "vip-php", "none", "pro-usd")) {
            paymongo(service, paymongoEvent("evt_" + price, "payment.paid", paymongoPayment("pay_" + price, null, 49899, "paid", metadata(ALICE.account(), price))));
            assertThat(status("evt_" + price)).as(price).isEqualTo("applied");
        }
        assertThat(balances()).isEqualTo("[{a=cash_paymongo, s=199596}, {a=sales, s=-199596}]");
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(owner.rows("select from public.payments where user_id is not null and plan_code is null")).hasSize(4);

        UUID payment = owner.value(UUID.class, "select id from public.payments where payment_ref = 'pay_none'");
        polaris.as(ADMIN).rows("select public.claim_payment(?, ?, 'pro')", payment, ALICE.account());
        assertThat(tier(ALICE)).isEqualTo("pro");
    }

    @Test
    void malformedInformativeFieldsDoNotPreventBooking() {
        String[] odd = {"\"fee\": -5", "\"fee\": \"NaN\"", "\"fee\": {}", "\"fee\": 1.5", "\"fee\": 1e30"};
        for (int i = 0; i < odd.length; i++) {
            paymongo(service, paid("evt_" + i, "pay_" + i, null, 49900).replace("\"fee\": 1250", odd[i]).replace("\"gcash\"", "[1]"));
            assertThat(status("evt_" + i)).as(odd[i]).isEqualTo("applied");
        }
    }

    @Test
    void overpaymentGrantsThePlan() {
        begin("pi_1", ALICE, "pro-php");
        paymongo(service, paid("evt_1", "pay_1", "pi_1", 50000));
        assertThat(tier(ALICE)).isEqualTo("pro");
    }

    @Test
    void refundIsBookedOnceWhenItSucceeded() {
        begin("pi_1", ALICE, "pro-php");
        String part = paymongoRefund("ref_1", "pay_1", 9900, "succeeded");
        paymongo(service, paymongoEvent("evt_1", "payment.refund.updated", part));
        assertThat(balances()).as("refund before its payment").isEqualTo("[{a=cash_paymongo, s=-9900}, {a=refunds, s=9900}]");
        paymongo(service, paid("evt_2", "pay_1", "pi_1", 49900));
        assertThat(tier(ALICE)).isEqualTo("pro");

        String pending = paymongoRefund("ref_2", "pay_1", 40000, "pending");
        paymongo(service, paymongoEvent("evt_3", "payment.refund.updated", pending));
        assertThat(status("evt_3")).isEqualTo("ignored: no money moved");
        paymongo(service, paymongoEvent("evt_4", "payment.refunded", paymongoPayment("pay_1", "pi_1", 49900, "refunded", "null", part, pending)));
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(status("evt_4")).isEqualTo("ignored: already booked by another event");

        paymongo(service, paymongoEvent("evt_5", "payment.refund.updated", paymongoRefund("ref_2", "pay_1", 40000, "succeeded")));
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(balances()).isEqualTo("[{a=refunds, s=49900}, {a=sales, s=-49900}]");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void refundedPaymentEventAlsoBooksThePayment() {
        begin("pi_1", ALICE, "pro-php");
        paymongo(service, paymongoEvent("evt_1", "payment.refunded",
                paymongoPayment("pay_1", "pi_1", 49900, "refunded", "null", "{\"data\": " + paymongoRefund("ref_1", "pay_1", 10000, "succeeded") + "}")));

        assertThat(balances()).isEqualTo("[{a=cash_paymongo, s=39900}, {a=refunds, s=10000}, {a=sales, s=-49900}]");
        assertThat(tier(ALICE)).isEqualTo("pro");
    }

    @Test
    void failedPaymentBooksNothing() {
        begin("pi_1", ALICE, "pro-php");
        paymongo(service, paymongoEvent("evt_1", "payment.failed", paymongoPayment("pay_1", "pi_1", 49900, "failed", "null")));

        assertThat(balances()).isEqualTo("[]");
        assertThat(status("evt_1")).isEqualTo("ignored: no money moved");
        assertThat(owner.value(String.class, "select status from public.paymongo_payment_intents")).isEqualTo("failed");
        paymongo(service, paid("evt_2", "pay_2", "pi_1", 49900));
        assertThat(owner.value(String.class, "select status from public.paymongo_payment_intents")).isEqualTo("succeeded");
        paymongo(service, paymongoEvent("evt_3", "payment.failed", paymongoPayment("pay_3", "pi_1", 49900, "failed", "null")));
        assertThat(owner.value(String.class, "select status from public.paymongo_payment_intents")).as("failed attempt after success").isEqualTo("succeeded");
    }

    @Test
    void irrelevantEventIsKeptAsIgnored() {
        assertThat(paymongo(service, paymongoEvent("evt_1", "source.chargeable", "{\"id\": \"src_1\"}"))).isTrue();
        assertThat(status("evt_1")).isEqualTo("ignored: no money moved");
        assertThat(polaris.count("public.payment_events")).isZero();
    }

    @Test
    void testEventsAreBookedOnlyIfTheSettingAllows() {
        begin("pi_1", ALICE, "pro-php");
        String test = paid("evt_1", "pay_1", "pi_1", 49900).replace("\"livemode\": true, \"data\"", "\"livemode\": false, \"data\"");
        paymongo(service, test);
        assertThat(status("evt_1")).isEqualTo("ignored: test event, but payments_livemode is not false");

        owner.update("insert into public.settings (key, value) values ('payments_livemode', 'false')");
        paymongo(service, test.replace("evt_1", "evt_2"));
        paymongo(service, paid("evt_3", "pay_3", "pi_1", 49900));
        assertThat(status("evt_2")).isEqualTo("applied");
        assertThat(status("evt_3")).isEqualTo("ignored: live event, but payments_livemode is false");
        assertThat(balances()).isEqualTo(PAID);
    }

    @Test
    void malformedFieldIsKeptAsFailed() {
        String body = paid("evt_1", "pay_1", "pi_1", 49900);
        List<String> bodies = new ArrayList<>();
        for (String amount : List.of("\"49900\"", "\"NaN\"", "499.5", "-1", "0", "null", "1e300", "[49900]", "{}", "true")) {
            bodies.add(body.replace("\"amount\": 49900", "\"amount\": " + amount));
        }
        for (String[] change : new String[][] {{"\"PHP\"", "\"XYZ\""}, {"\"PHP\"", "\"USD\""}, {"\"PHP\"", "7"}, {"\"PHP\"", "null"}, {"\"pay_1\"", "null"}, {"\"pay_1\"", "{}"},
            {"\"pay_1\"", "[\"pay_1\"]"}, {"\"pay_1\"", "\"" + "p".repeat(300) + "\""}, {"\"pay_1\"", "\"pay 1\""}, {"\"pi_1\"", "[1]"}, {"\"id\": \"pay_1\"", "\"name\": 1"},
            {"\"metadata\": null", "\"metadata\": {\"price_id\": 5}"}, {"\"paid_at\": ", "\"paid_at\": 9"}, {"\"paid_at\": ", "\"paid_at\": -"},
            {"\"paid_at\": ", "\"paid_at\": null, \"then\": "}}) {
            assertThat(body).contains(change[0]);
            bodies.add(body.replace(change[0], change[1]));
        }
        String refund = paymongoEvent("evt_1", "payment.refund.updated", paymongoRefund("ref_1", "pay_1", 9900, "succeeded"));
        for (String[] change : new String[][] {{"9900", "\"9900\""}, {"9900", "0"}, {"\"ref_1\"", "null"}, {"\"pay_1\"", "null"}, {"\"PHP\"", "\"USD\""}}) {
            bodies.add(refund.replace(change[0], change[1]));
        }
        for (String kind : List.of("payment.paid", "checkout_session.payment.paid", "link.payment.paid", "payment.refunded", "payment.failed")) {
            for (String object : List.of("null", "[]", "\"pay_1\"", "7", "{\"id\": \"pay_1\"}", "{\"attributes\": []}")) {
                bodies.add(paymongoEvent("evt_1", kind, object));
            }
        }

        for (int i = 0; i < bodies.size(); i++) {
            String wrong = bodies.get(i).replace("evt_1", "evt_x" + i);
            assertThat(paymongo(service, wrong)).as(wrong).isTrue();
            assertThat(status("evt_x" + i)).as(wrong).startsWith("failed: ");
        }
        for (String table : List.of("payment_events", "payments", "paymongo_payments", "ledger_entries")) {
            assertThat(polaris.count("public." + table)).as(table).isZero();
        }
        assertThat(service.value(Integer.class, "select public.retry_paymongo_events()")).isZero();
        assertThat(paymongo(service, bodies.get(0).replace("evt_1", "evt_x0"))).as("redelivery").isFalse();
    }

    @Test
    void partlyInvalidEventBooksNothing() {
        paymongo(service, paymongoSession("evt_1", "{}", paymongoPayment("pay_1", null, 49900, "paid", "{}"),
                paymongoPayment("pay_2", null, 49900, "paid", "{}").replace("\"PHP\"", "\"USD\"")));

        assertThat(status("evt_1")).startsWith("failed: ");
        assertThat(polaris.count("public.payments")).isZero();
        assertThat(polaris.count("public.paymongo_payments")).isZero();
    }

    @Test
    void bodyThatContradictsTheArgumentsIsRejected() {
        String log = "select public.paymongo_log_event(?, ?, ?, ?::jsonb, ?::timestamptz)";
        String body = paid("evt_1", "pay_1", "pi_1", 49900);
        for (Object[] wrong : new Object[][] {
            {"evt_2", "payment.paid", "s", body, null}, {"evt_1", "payment.failed", "s", body, null}, {"evt_1", "payment.paid", " ", body, null},
            {"evt_1", "payment.paid", null, body, null}, {null, "payment.paid", "s", body, null}, {null, null, "s", "{}", null},
            {"evt_1", "payment.paid", "s", null, null}, {"evt_1", "payment.paid", "s", "[]", null}, {"evt_1", "payment.paid", "s", "\"evt_1\"", null},
            {"evt_1", "payment.paid", "s", body.replace("\"livemode\": true, \"data\"", "\"data\""), null},
            {"evt_1", "payment.paid", "s", body.replace("0917", "9".repeat(300_000)), null}, {"evt_1 x", "payment.paid", "s", body.replace("evt_1", "evt_1 x"), null}}) {
            assertThatThrownBy(() -> service.rows(log, wrong)).as(String.valueOf(wrong[0]) + wrong[1]).is(sqlState(INVALID_PARAMETER));
        }
        assertThatThrownBy(() -> service.rows(log, "evt_1", "payment.paid", "s", body, "-infinity")).is(sqlState(CHECK_VIOLATION));
        assertThat(polaris.count("public.paymongo_events")).isZero();
        service.rows(log, "evt_1", "payment.paid", "s", body, "infinity");
        assertThat(owner.value(Boolean.class, "select received_at <= now() from public.paymongo_events")).as("received_at is not in the future").isTrue();
    }

    @Test
    void onlyTheServiceLogsEventsAndCreatesIntents() {
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            Session session = polaris.as(caller);
            assertThatThrownBy(() -> paymongo(session, paid("evt_1", "pay_1", "pi_1", 49900))).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> begin(session, "pi_1", ALICE, "pro-php")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> session.rows("select public.retry_paymongo_events()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900));
        for (String table : List.of("paymongo_events", "paymongo_payment_intents", "paymongo_payments", "paymongo_price_map", "v_paymongo_events_flat")) {
            assertThat(polaris.as(ALICE).rows("select from public." + table)).as(table).isEmpty();
            assertThatThrownBy(() -> polaris.as(ANON).rows("select from public." + table)).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String write : List.of("insert into public.paymongo_payments (id, status, amount_minor, currency_code) values ('pay_2', 'paid', 1, 'PHP')",
                "update public.paymongo_payments set user_id = auth.uid()", "delete from public.paymongo_events", "update public.paymongo_events set raw = '{}'",
                "insert into public.paymongo_payment_intents (id, price_id, amount_minor) values ('pi_2', 'pro-php', 1)",
                "update public.paymongo_price_map set amount_minor = 1", "update public.paymongo_price_map set plan_code = 'vip'")) {
            for (Caller caller : List.of(ALICE, ADMIN, SERVICE)) {
                assertThatThrownBy(() -> polaris.as(caller).update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
    }

    @Test
    void receivedEventsAreImmutable() {
        paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900));
        for (String change : List.of("update public.paymongo_events set raw = '{\"data\": 1}'", "update public.paymongo_events set signature = 'x'",
                "update public.paymongo_events set state = 'ignored', reports = '{}'", "update public.paymongo_events set deliveries = 0",
                "delete from public.paymongo_events", "truncate public.paymongo_events")) {
            assertThatThrownBy(() -> owner.script(change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    @OfItsOwn
    void adminsMaintainPricesAndChangesAreAudited() {
        Session admin = polaris.as(ADMIN);
        admin.update("insert into public.paymongo_price_map (price_id, plan_code, months, amount_minor) values ('pro-year', 'pro', 12, 499000)");
        begin("pi_1", ALICE, "pro-year");
        assertThatThrownBy(() -> admin.update("delete from public.paymongo_price_map where price_id = 'pro-year'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> owner.update("delete from public.paymongo_price_map where price_id = 'pro-year'")).is(sqlState(FOREIGN_KEY_VIOLATION));
        admin.update("update public.paymongo_price_map set is_active = false where price_id = 'pro-year'");
        assertThat(owner.column(String.class, "select action from public.audit_logs where table_name = 'public.paymongo_price_map' and row_id = 'pro-year' order by created_at, xmin::text::bigint"))
                .containsExactly("insert", "update");

        assertThatThrownBy(() -> begin("pi_2", BOB, "pro-year")).as("intent with an inactive price").is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> begin("pi_2", BOB, "none")).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> service.rows("select public.begin_paymongo_intent('pi_2', null, 'pro-php')")).is(sqlState(INVALID_PARAMETER));
        paymongo(service, paid("evt_1", "pay_1", "pi_1", 499000));
        assertThat(owner.value(Boolean.class, "select ends_at > now() + interval '364 days' from public.entitlements")).as("intent created while the price was active").isTrue();

        assertThat(polaris.as(ALICE).update("update public.paymongo_price_map set is_active = true")).isZero();
        assertThatThrownBy(() -> polaris.as(ALICE).update("insert into public.paymongo_price_map (price_id, plan_code, amount_minor) values ('cheap', 'vip', 1)"))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (String price : List.of("'x', 'free', 1, 100", "'x', 'pro', 0, 100", "'x', 'pro', 37, 100", "'x', 'pro', 1, 0", "'x y', 'pro', 1, 100")) {
            assertThatThrownBy(() -> admin.update("insert into public.paymongo_price_map (price_id, plan_code, months, amount_minor) values (" + price + ")"))
                    .as(price).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    @OfItsOwn
    void concurrentEventsOfOnePaymentCountOnce() {
        begin("pi_1", ALICE, "pro-php");
        List<CompletableFuture<Boolean>> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Session session = polaris.as(SERVICE);
            String event = "evt_" + i % 3;
            runs.add(Meanwhile.get(() -> paymongo(session, paid(event, "pay_1", "pi_1", 49900))));
        }
        assertThat(runs.stream().map(CompletableFuture::join).filter(isNew -> isNew)).as("is a new event").hasSize(3);
        assertThat(balances()).isEqualTo(PAID);
        assertThat(polaris.count("public.entitlements")).isOne();
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    @OfItsOwn
    void concurrentPaymentAndIntentAreLinked() {
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int own = i;
            Session one = polaris.as(SERVICE);
            Session other = polaris.as(SERVICE);
            runs.add(Meanwhile.run(() -> begin(one, "pi_" + own, ALICE, "pro-php")));
            runs.add(Meanwhile.run(() -> paymongo(other, paid("evt_" + own, "pay_" + own, "pi_" + own, 49900))));
        }
        runs.forEach(CompletableFuture::join);
        assertThat(polaris.count("public.entitlements")).isEqualTo(8);
        assertThat(owner.rows("select from public.payments where user_id is null or plan_code is null")).isEmpty();
    }

    @Test
    void failedReportIsListedUntilDismissed() {
        begin("pi_1", ALICE, "pro-php");
        paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900));
        paymongo(service, paymongoEvent("evt_2", "payment.refund.updated", paymongoRefund("ref_1", "pay_1", 100, "succeeded")));
        paymongo(service, paymongoEvent("evt_3", "payment.refund.updated", paymongoRefund("ref_1", "pay_1", 200, "succeeded")));

        assertThat(status("evt_3")).isEqualTo("failed: already booked by another event with a different amount");
        UUID report = owner.value(UUID.class, "select id from public.payment_events where status = 'failed'");
        polaris.as(ADMIN).rows("select public.dismiss_payment_event(?, 'Told twice.')", report);
        assertThat(status("evt_3")).isEqualTo("ignored: dismissed: Told twice.");
    }

    @Test
    void deletingAnAccountRemovesBodiesAndKeepsPayments() {
        begin("pi_1", ALICE, "pro-php");
        begin("pi_2", BOB, "pro-php");
        paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900));
        paymongo(service, paymongoEvent("evt_2", "payment.failed", paymongoPayment("pay_0", "pi_1", 49900, "failed", "null")));
        paymongo(service, paymongoEvent("evt_3", "payment.refund.updated", paymongoRefund("ref_1", "pay_1", 100, "pending")));
        paymongo(service, paid("evt_4", "pay_2", "pi_2", 49900));

        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(owner.column(String.class, "select event_id from public.paymongo_events where raw <> '{}'")).as("events that keep their body: Bob's").containsExactly("evt_4");
        assertThat(owner.rows("select id from public.paymongo_payment_intents where metadata <> '{}' or user_id is not null"))
                .containsExactly(row("id", "pi_2"));
        assertThat(owner.rows("select from public.payment_events where raw::text like '%payer%'")).isEmpty();
        paymongo(service, paymongoEvent("evt_5", "payment.refund.updated", paymongoRefund("ref_1", "pay_1", 49900, "succeeded")));
        paymongo(service, paymongoEvent("evt_6", "payment.paid", paymongoPayment("pay_9", null, 49900, "paid", metadata(ALICE.account(), "pro-php"))));
        assertThat(owner.column(String.class, "select event_id from public.paymongo_events where raw <> '{}'")).as("events that keep their body after later deliveries").containsExactly("evt_4");
        assertThat(status("evt_5")).isEqualTo("applied");
        assertThat(status("evt_6")).isEqualTo("applied");
        assertThat(balances()).isEqualTo("[{a=cash_paymongo, s=99800}, {a=refunds, s=49900}, {a=sales, s=-149700}]");
        assertThat(paymongo(service, paid("evt_1", "pay_1", "pi_1", 49900))).as("redelivery").isFalse();
        assertThat(wrong(polaris.operator())).isEmpty();
    }
}
