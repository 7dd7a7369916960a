package changelogs.polaris.money;

import static changelogs.polaris.money.Money.wrong;
import static changelogs.polaris.money.Webhooks.agreement;
import static changelogs.polaris.money.Webhooks.capture;
import static changelogs.polaris.money.Webhooks.captureRefund;
import static changelogs.polaris.money.Webhooks.completed;
import static changelogs.polaris.money.Webhooks.dispute;
import static changelogs.polaris.money.Webhooks.order;
import static changelogs.polaris.money.Webhooks.paypal;
import static changelogs.polaris.money.Webhooks.paypalEvent;
import static changelogs.polaris.money.Webhooks.sale;
import static changelogs.polaris.money.Webhooks.saleRefund;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PayPal webhook bodies are turned into ledger entries and plans. */
class PaypalTest {

    private static final String LATER = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    private static final String PAID = "[{a=cash_paypal, s=900}, {a=sales, s=-900}]";

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

    private void begin(String order, Caller caller, String price) {
        begin(service, order, caller, price);
    }

    private static void begin(Session service, String order, Caller caller, String price) {
        service.rows("select public.begin_paypal_order(?, ?, ?, '{\"coupon\": \"X1\"}')", order, caller.account(), price);
    }

    private String tier(Caller caller) {
        return Money.tier(owner, caller);
    }

    private String balances() {
        return Money.balances(owner);
    }

    private String status(String event) {
        return Webhooks.status(polaris.as(ADMIN), "paypal", event);
    }

    private static String custom(Caller caller, String price) {
        return caller.account() + (price == null ? "" : ":" + price);
    }

    @Test
    void captureOfAnOrderIsBookedAndGrantsThePlanOfItsPrice() {
        begin("O1", ALICE, "pro-usd");
        assertThat(paypal(service, paypalEvent("WH-1", "CHECKOUT.ORDER.APPROVED", order("O1", null, "9.00", "USD")))).isTrue();
        assertThat(status("WH-1")).isEqualTo("ignored: no money moved");
        assertThat(tier(ALICE)).as("tier after approval without a capture").isEqualTo("free");

        assertThat(paypal(service, completed("WH-2", "C1", "O1", "9.00", "USD"))).isTrue();
        assertThat(balances()).isEqualTo(PAID);
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(status("WH-2")).isEqualTo("applied");
        assertThat(polaris.as(ADMIN).rows("select c.status, c.fee_minor, o.status as of_order, o.amount_minor from public.paypal_captures as c"
                + " join public.paypal_orders as o on o.id = c.order_id"))
                .containsExactly(row("status", "completed", "fee_minor", 100L, "of_order", "completed", "amount_minor", 900L));
        assertThat(polaris.as(ADMIN).rows("select transmission_id, object_type, object_id, object_status, amount, currency, payment_refs::text from public.v_paypal_events_flat"
                + " where event_id = 'WH-2'"))
                .containsExactly(row("transmission_id", "a9941940", "object_type", "capture", "object_id", "C1", "object_status", "COMPLETED",
                        "amount", "9.00", "currency", "USD", "payment_refs", "{C1}"));
        assertThat(paypal(service, completed("WH-2", "C1", "O1", "9.00", "USD"))).as("redelivered event is new").isFalse();
        assertThat(paypal(service, completed("WH-3", "C1", "O1", "9.00", "USD"))).as("same capture under another event id is new").isTrue();
        assertThat(balances()).isEqualTo(PAID);
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void captureBeforeItsOrderIsAssignedLater() {
        paypal(service, completed("WH-1", "C1", "O1", "9.00", "USD"));
        assertThat(balances()).isEqualTo(PAID);
        assertThat(tier(ALICE)).isEqualTo("free");
        paypal(service, paypalEvent("WH-2", "CHECKOUT.ORDER.APPROVED", order("O1", custom(ALICE, "pro-usd"), "9.00", "USD")));
        assertThat(tier(ALICE)).as("assigned by the event of the order").isEqualTo("pro");

        paypal(service, completed("WH-3", "C2", "O2", "19.00", "USD"));
        begin("O2", BOB, "vip-usd");
        begin("O2", BOB, "vip-usd");
        assertThat(tier(BOB)).as("assigned by the order created here").isEqualTo("vip");
        assertThat(owner.column(String.class, "select status from public.paypal_orders order by id")).containsExactly("completed", "completed");
        assertThatThrownBy(() -> begin("O2", ALICE, "vip-usd")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> begin("O3", ALICE, "none")).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> service.rows("select public.begin_paypal_order(null, ?, 'pro-usd')", ALICE.account())).is(sqlState(INVALID_PARAMETER));
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void customIdNamesUserAndPriceUnlessAnOrderDoes() {
        paypal(service, paypalEvent("WH-1", "PAYMENT.CAPTURE.COMPLETED", capture("C1", "O1", custom(ALICE, "pro-usd"), "9.00", "USD")));
        assertThat(tier(ALICE)).isEqualTo("pro");

        begin("O2", BOB, "pro-usd");
        paypal(service, paypalEvent("WH-2", "PAYMENT.CAPTURE.COMPLETED", capture("C2", "O2", custom(ALICE, "vip-usd"), "19.00", "USD")));
        assertThat(tier(BOB)).isEqualTo("pro");
        assertThat(tier(ALICE)).isEqualTo("pro");
    }

    @Test
    void payerCannotChooseAnInactivePrice() {
        begin("O1", ALICE, "pro-usd");
        paypal(service, completed("WH-0", "C0", "O0", "9.00", "USD"));
        owner.update("update public.paypal_price_map set is_active = false where price_id in ('pro-usd', 'P-PRO')");

        paypal(service, paypalEvent("WH-1", "PAYMENT.CAPTURE.COMPLETED", capture("C1", "O9", custom(BOB, "pro-usd"), "9.00", "USD")));
        paypal(service, paypalEvent("WH-2", "CHECKOUT.ORDER.APPROVED", order("O0", custom(BOB, "pro-usd"), "9.00", "USD")));
        assertThat(tier(BOB)).isEqualTo("free");
        assertThat(status("WH-1")).isEqualTo("applied");
        assertThat(owner.rows("select from public.payments where captured_minor = 900 and user_id = ? and plan_code is null", BOB.account())).as("payments booked without a plan, left to an admin").hasSize(2);

        paypal(service, completed("WH-3", "C3", "O1", "9.00", "USD"));
        assertThat(tier(ALICE)).as("order created while the price was active").isEqualTo("pro");
        paypal(service, paypalEvent("WH-4", "PAYMENT.SALE.COMPLETED", sale("S1", "I-1", "9.00", "USD").replace("\"state\"", "\"custom\": \"" + custom(STRANGER, "pro-usd") + "\", \"state\"")));
        assertThat(tier(STRANGER)).as("sale of an unknown subscription").isEqualTo("free");
        paypal(service, paypalEvent("WH-5", "BILLING.SUBSCRIPTION.ACTIVATED", agreement("I-1", "P-PRO", custom(STRANGER, null), "ACTIVE")));
        assertThat(tier(STRANGER)).as("subscription from before the price was retired").isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void subscriptionDoesNotBeginAtARetiredPrice() {
        owner.update("update public.paypal_price_map set is_active = false where price_id = 'P-PRO'");
        String subscribed = paypalEvent("WH-1", "BILLING.SUBSCRIPTION.ACTIVATED", LATER, agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE"));
        paypal(service, subscribed);
        paypal(service, paypalEvent("WH-2", "PAYMENT.SALE.COMPLETED", sale("S1", "I-1", "9.00", "USD")));

        assertThat(status("WH-1")).isEqualTo("failed: price P-PRO was retired before the subscription had it");
        assertThat(status("WH-2")).isEqualTo("applied");
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(owner.rows("select from public.subscriptions")).isEmpty();

        polaris.as(ADMIN).update("update public.paypal_price_map set is_active = true where price_id = 'P-PRO'");
        assertThat(service.value(Integer.class, "select public.retry_paypal_events()")).isOne();
        assertThat(tier(ALICE)).as("after an admin sells the price again").isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void subscriptionDoesNotMoveToARetiredPrice() {
        paypal(service, paypalEvent("WH-1", "BILLING.SUBSCRIPTION.ACTIVATED", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        owner.update("update public.paypal_price_map set is_active = false where price_id in ('P-PRO', 'P-VIP')");
        paypal(service, paypalEvent("WH-2", "BILLING.SUBSCRIPTION.UPDATED", LATER, agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        paypal(service, paypalEvent("WH-3", "BILLING.SUBSCRIPTION.UPDATED", LATER, agreement("I-1", "P-VIP", custom(ALICE, null), "ACTIVE")));
        paypal(service, paypalEvent("WH-4", "PAYMENT.SALE.COMPLETED", sale("S1", "I-1", "19.00", "USD")));

        assertThat(status("WH-2")).isEqualTo("applied");
        assertThat(status("WH-3")).isEqualTo("failed: price P-VIP was retired before the subscription had it");
        assertThat(tier(ALICE)).as("the price that the subscription had before").isEqualTo("pro");
    }

    @Test
    void subscriptionThatLeftARetiredPriceDoesNotReturnToIt() {
        paypal(service, paypalEvent("WH-1", "BILLING.SUBSCRIPTION.ACTIVATED", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        owner.update("update public.paypal_price_map set is_active = false where price_id = 'P-PRO'");
        paypal(service, paypalEvent("WH-2", "BILLING.SUBSCRIPTION.UPDATED", LATER, agreement("I-1", "P-VIP", custom(ALICE, null), "ACTIVE")));
        paypal(service, paypalEvent("WH-3", "BILLING.SUBSCRIPTION.UPDATED", LATER.replace("Z", ".5Z"), agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        paypal(service, paypalEvent("WH-4", "BILLING.SUBSCRIPTION.CREATED", "2026-01-01T00:00:00Z", agreement("I-1", "P-PRO", custom(ALICE, null), "APPROVAL_PENDING")));
        paypal(service, paypalEvent("WH-5", "PAYMENT.SALE.COMPLETED", sale("S1", "I-1", "9.00", "USD")));

        assertThat(status("WH-3")).isEqualTo("failed: price P-PRO was retired before the subscription had it");
        assertThat(status("WH-4")).isEqualTo("ignored: older than the known state");
        assertThat(tier(ALICE)).isEqualTo("free");
    }

    @Test
    void orderTakesPrecedenceOverCustomIdInAnyOrder() {
        paypal(service, paypalEvent("WH-1", "PAYMENT.CAPTURE.COMPLETED", capture("C1", "O1", custom(ALICE, "none"), "9.00", "USD")));
        assertThat(tier(ALICE)).isEqualTo("free");
        begin("O1", ALICE, "pro-usd");
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void underpaymentIsBookedAndLeftToAnAdmin() {
        for (String[] paid : new String[][] {{"8.99", "USD", "pro-usd"}, {"9.00", "USD", "vip-usd"}, {"900", "JPY", "pro-usd"}, {"9.00", "USD", "none"}, {"9.00", "USD", null}}) {
            String id = "C" + paid[2] + paid[1] + paid[0].replace(".", "");
            paypal(service, paypalEvent("WH-" + id, "PAYMENT.CAPTURE.COMPLETED", capture(id, null, custom(ALICE, paid[2]), paid[0], paid[1])));
            assertThat(status("WH-" + id)).as(id).isEqualTo("applied");
        }
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(owner.rows("select from public.payments where user_id is not null and plan_code is null")).hasSize(5);
        assertThat(polaris.count("public.entitlements")).isZero();
    }

    @Test
    void amountsAreConvertedExactly() {
        String[][] amounts = {{"9.00", "USD", "900"}, {"9", "USD", "900"}, {"9.5", "USD", "950"}, {"0.01", "PHP", "1"}, {"9.0000", "EUR", "900"}, {"1200", "JPY", "1200"},
            {"1200.00", "TWD", "1200"}, {"4999.81", "USD", "499981"}, {"9999999999.99", "USD", "999999999999"}};
        for (int i = 0; i < amounts.length; i++) {
            paypal(service, completed("WH-" + i, "C" + i, null, amounts[i][0], amounts[i][1]));
            assertThat(String.valueOf(owner.value(Long.class, "select captured_minor from public.payments where payment_ref = ?", "C" + i))).as(amounts[i][0])
                    .isEqualTo(amounts[i][2]);
        }
        String[][] wrong = {{"9.001", "USD"}, {"9.5", "JPY"}, {"9.00", "XYZ"}, {"9.00", "BTC"}, {"NaN", "USD"}, {"Infinity", "USD"}, {"1e3", "USD"}, {"", "USD"}, {"9,00", "USD"},
            {" 9.00", "USD"}, {"-9.00", "USD"}, {"0.00", "USD"}, {"99999999999.00", "USD"}, {"9.00", ""}, {"9.00", "usd"}};
        for (String[] amount : wrong) {
            String id = "x" + List.of(wrong).indexOf(amount);
            paypal(service, completed("WH-" + id, "C" + id, null, amount[0], amount[1]));
            assertThat(status("WH-" + id)).as(String.join(" ", amount)).startsWith("failed: ");
        }
        assertThat(polaris.count("public.payments")).isEqualTo(amounts.length);
    }

    @Test
    void malformedInformativeFieldsDoNotPreventBooking() {
        String[] odd = {"\"value\": \"NaN\"", "\"value\": 1", "\"value\": \"1.001\"", "\"value\": null"};
        for (int i = 0; i < odd.length; i++) {
            paypal(service, completed("WH-" + i, "C" + i, null, "9.00", "USD").replace("\"value\": \"1\"", odd[i]));
            assertThat(status("WH-" + i)).as(odd[i]).isEqualTo("applied");
        }
        assertThat(owner.rows("select from public.paypal_captures where fee_minor is not null")).isEmpty();
    }

    @Test
    void pendingOrDeniedCaptureBooksNothing() {
        begin("O1", ALICE, "pro-usd");
        String capture = capture("C1", "O1", null, "9.00", "USD");
        paypal(service, paypalEvent("WH-1", "PAYMENT.CAPTURE.PENDING", capture));
        paypal(service, paypalEvent("WH-2", "PAYMENT.CAPTURE.DENIED", capture));
        assertThat(status("WH-1")).isEqualTo("ignored: no money moved");
        assertThat(status("WH-2")).isEqualTo("ignored: no money moved");
        assertThat(balances()).isEqualTo("[]");

        paypal(service, paypalEvent("WH-3", "PAYMENT.CAPTURE.COMPLETED", capture));
        paypal(service, paypalEvent("WH-4", "PAYMENT.CAPTURE.PENDING", capture));
        assertThat(owner.value(String.class, "select status from public.paypal_captures")).as("older event after completion").isEqualTo("completed");
        assertThat(tier(ALICE)).isEqualTo("pro");
    }

    @Test
    void planEndsWithTheFullRefund() {
        begin("O1", ALICE, "pro-usd");
        paypal(service, paypalEvent("WH-1", "PAYMENT.CAPTURE.REFUNDED", captureRefund("R1", "C1", "4.00", "USD")));
        assertThat(balances()).as("refund before its capture").isEqualTo("[{a=cash_paypal, s=-400}, {a=refunds, s=400}]");
        paypal(service, completed("WH-2", "C1", "O1", "9.00", "USD"));
        assertThat(tier(ALICE)).isEqualTo("pro");
        paypal(service, paypalEvent("WH-3", "PAYMENT.CAPTURE.REFUNDED", captureRefund("R2", "C1", "5.00", "USD").replace("COMPLETED", "PENDING")));
        assertThat(tier(ALICE)).as("pending refund").isEqualTo("pro");
        paypal(service, paypalEvent("WH-4", "PAYMENT.CAPTURE.REFUNDED", captureRefund("R2", "C1", "5.00", "USD")));
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(balances()).isEqualTo("[{a=refunds, s=900}, {a=sales, s=-900}]");

        paypal(service, paypalEvent("WH-5", "PAYMENT.CAPTURE.REFUNDED", "{\"id\": \"R3\", \"amount\": {\"value\": \"1.00\", \"currency_code\": \"USD\"}}"));
        assertThat(status("WH-5")).as("refund without a payment").isEqualTo("failed: a refund needs an id, a payment and an amount");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATED UPDATED RESOLVED REVERSED", "REVERSED RESOLVED", "RESOLVED CREATED REVERSED", "RESOLVED REVERSED CREATED", "REVERSED CREATED RESOLVED UPDATED"})
    void disputeAndItsReversalWithholdTheMoneyOnce(String order) {
        begin("O1", ALICE, "pro-usd");
        begin("O2", BOB, "pro-usd");
        paypal(service, completed("WH-1", "C1", "O1", "9.00", "USD"));
        paypal(service, completed("WH-2", "C2", "O2", "9.00", "USD"));
        for (String kind : order.split(" ")) {
            if (kind.equals("REVERSED")) {
                paypal(service, paypalEvent("WH-A-R", "PAYMENT.CAPTURE.REVERSED", captureRefund("V1", "C1", "9.00", "USD")));
                paypal(service, paypalEvent("WH-B-R", "PAYMENT.CAPTURE.REVERSED", captureRefund("V2", "C2", "9.00", "USD")));
            } else {
                boolean over = kind.equals("RESOLVED");
                paypal(service, paypalEvent("WH-A-" + kind, "CUSTOMER.DISPUTE." + kind, dispute("PP-1", "C1", "9.00", "USD", over ? "RESOLVED_SELLER_FAVOUR" : null)));
                paypal(service, paypalEvent("WH-B-" + kind, "CUSTOMER.DISPUTE." + kind, dispute("PP-2", "C2", "9.00", "USD", over ? "RESOLVED_BUYER_FAVOUR" : null)));
            }
        }
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=900}, {a=chargebacks, s=900}, {a=sales, s=-1800}]");
        assertThat(tier(ALICE)).as("won dispute").isEqualTo("pro");
        assertThat(tier(BOB)).as("lost dispute").isEqualTo("free");
        assertThat(owner.rows("select from public.payment_events where status = 'failed'")).isEmpty();
        assertThat(owner.rows("select from public.paypal_disputes where dispute_id is not null and reversal_id is not null and outcome_code is not null")).hasSize(2);
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void planIsSuspendedDuringADispute() {
        begin("O1", ALICE, "pro-usd");
        paypal(service, completed("WH-1", "C1", "O1", "9.00", "USD"));
        paypal(service, paypalEvent("WH-2", "CUSTOMER.DISPUTE.CREATED", dispute("PP-1", "C1", "9.00", "USD", null)));
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(balances()).isEqualTo("[{a=disputes, s=900}, {a=sales, s=-900}]");

        String half = dispute("PP-1", "C1", "9.00", "USD", "RESOLVED_BUYER_FAVOUR")
                .replace("\"RESOLVED_BUYER_FAVOUR\"", "\"RESOLVED_BUYER_FAVOUR\", \"amount_refunded\": {\"currency_code\": \"USD\", \"value\": \"4.00\"}");
        paypal(service, paypalEvent("WH-3", "CUSTOMER.DISPUTE.RESOLVED", half));
        assertThat(balances()).as("partly lost dispute").isEqualTo("[{a=cash_paypal, s=500}, {a=chargebacks, s=400}, {a=sales, s=-900}]");
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();

        paypal(service, paypalEvent("WH-4", "CUSTOMER.DISPUTE.RESOLVED", dispute("PP-1", "C1", "9.00", "USD", "RESOLVED_SELLER_FAVOUR")));
        assertThat(status("WH-4")).isEqualTo("failed: dispute PP-1 cannot end with outcome RESOLVED_SELLER_FAVOUR after outcome RESOLVED_BUYER_FAVOUR");
        paypal(service, paypalEvent("WH-5", "CUSTOMER.DISPUTE.UPDATED", dispute("PP-1", "C1", "8.00", "USD", null)));
        assertThat(status("WH-5")).isEqualTo("failed: dispute PP-1 was reported earlier with another payment or amount");
        paypal(service, paypalEvent("WH-6", "CUSTOMER.DISPUTE.RESOLVED", dispute("PP-2", "C1", "9.00", "USD", "SOMEHOW")));
        assertThat(status("WH-6")).startsWith("failed: dispute PP-2 cannot end with outcome SOMEHOW");
        paypal(service, paypalEvent("WH-7", "CUSTOMER.DISPUTE.CREATED", dispute("PP-3", "C1", "9.00", "USD", null)
                .replace("[{\"seller_transaction_id\"", "[{\"seller_transaction_id\": \"C9\"}, {\"seller_transaction_id\"")));
        assertThat(status("WH-7")).startsWith("failed: a dispute must be about one payment");
    }

    @Test
    void reversalsAndDisputesOfEqualAmountsCountSeparately() {
        begin("O1", ALICE, "pro-usd");
        paypal(service, completed("WH-1", "C1", "O1", "9.00", "USD"));
        paypal(service, paypalEvent("WH-2", "PAYMENT.CAPTURE.REVERSED", captureRefund("V1", "C1", "3.00", "USD")));
        paypal(service, paypalEvent("WH-3", "CUSTOMER.DISPUTE.CREATED", dispute("PP-1", "C1", "3.00", "USD", null)));
        paypal(service, paypalEvent("WH-4", "CUSTOMER.DISPUTE.CREATED", dispute("PP-2", "C1", "3.00", "USD", null)));
        paypal(service, paypalEvent("WH-5", "PAYMENT.CAPTURE.REVERSED", captureRefund("V2", "C1", "3.00", "USD")));
        paypal(service, paypalEvent("WH-6", "PAYMENT.CAPTURE.REVERSED", captureRefund("V2", "C1", "3.00", "USD")));

        assertThat(owner.value(Long.class, "select disputed_minor from public.payments")).isEqualTo(600);
        assertThat(polaris.count("public.paypal_disputes")).isEqualTo(2);
    }

    @Test
    void salesOfASubscriptionGrantPlansTheyCover() {
        paypal(service, paypalEvent("WH-1", "BILLING.SUBSCRIPTION.CREATED", agreement("I-1", "P-PRO", custom(ALICE, null), "APPROVAL_PENDING")));
        assertThat(owner.value(String.class, "select status from public.subscriptions")).isEqualTo("incomplete");
        paypal(service, paypalEvent("WH-2", "BILLING.SUBSCRIPTION.ACTIVATED", "2126-01-01T00:00:01Z", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        assertThat(tier(ALICE)).as("tier with a subscription but no payment").isEqualTo("free");
        paypal(service, paypalEvent("WH-3", "PAYMENT.SALE.COMPLETED", sale("S1", "I-1", "8.99", "USD")));
        assertThat(tier(ALICE)).as("tier after an underpayment").isEqualTo("free");

        paypal(service, paypalEvent("WH-4", "PAYMENT.SALE.COMPLETED", sale("S2", "I-1", "9.00", "USD")));
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(owner.value(Boolean.class, "select subscription_id is not null from public.entitlements")).isTrue();
        assertThat(polaris.as(ALICE).column(String.class, "select status from public.v_subscriptions_active")).containsExactly("active");
        paypal(service, paypalEvent("WH-5", "PAYMENT.SALE.REFUNDED", saleRefund("R1", "S2", "-4.00", "USD")));
        assertThat(tier(ALICE)).isEqualTo("pro");
        paypal(service, paypalEvent("WH-6", "PAYMENT.SALE.REVERSED", saleRefund("V1", "S2", "-5.00", "USD")));
        assertThat(tier(ALICE)).isEqualTo("free");
        paypal(service, paypalEvent("WH-7", "PAYMENT.SALE.REVERSED", sale("S1", "I-1", "-8.99", "USD")));
        assertThat(owner.value(Long.class, "select disputed_minor from public.payments where payment_ref = 'S1'")).as("disputed amount of a reversed sale").isEqualTo(899);
        assertThat(balances()).isEqualTo("[{a=disputes, s=1399}, {a=refunds, s=400}, {a=sales, s=-1799}]");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void subscriptionFollowsPaypalEvents() {
        String[][] news = {{"CREATED", "APPROVAL_PENDING", "incomplete"}, {"ACTIVATED", "ACTIVE", "active"}, {"PAYMENT.FAILED", "ACTIVE", "past_due"},
            {"UPDATED", "ACTIVE", "active"}, {"SUSPENDED", "SUSPENDED", "paused"}, {"RE-ACTIVATED", "ACTIVE", "active"}, {"UPDATED", "SUSPENDED", "paused"},
            {"UPDATED", "CANCELLED", "canceled"}, {"UPDATED", "EXPIRED", "expired"}, {"CANCELLED", "CANCELLED", "canceled"}, {"EXPIRED", "EXPIRED", "expired"}};
        for (int i = 0; i < news.length; i++) {
            paypal(service, paypalEvent("WH-" + i, "BILLING.SUBSCRIPTION." + news[i][0], "2026-03-01T00:00:%02d.5Z".formatted(i), agreement("I-1", "P-PRO", custom(ALICE, null), news[i][1])));
            assertThat(owner.value(String.class, "select status from public.subscriptions")).as(news[i][0] + " " + news[i][1]).isEqualTo(news[i][2]);
        }
        assertThat(owner.value(String.class, "select (current_period_start at time zone 'UTC')::date || ' ' || (current_period_end at time zone 'UTC')::date from public.subscriptions"))
                .isEqualTo("2026-02-01 2126-03-01");
        paypal(service, paypalEvent("WH-old", "BILLING.SUBSCRIPTION.UPDATED", "2026-02-01T00:00:00+08:00", agreement("I-1", "P-VIP", custom(ALICE, null), "ACTIVE")));
        assertThat(status("WH-old")).isEqualTo("ignored: older than the known state");
        assertThat(owner.value(String.class, "select price_id from public.paypal_subscriptions")).isEqualTo("P-PRO");
        paypal(service, paypalEvent("WH-odd", "BILLING.SUBSCRIPTION.UPDATED", agreement("I-1", "P-PRO", custom(ALICE, null), "DREAMING")));
        assertThat(status("WH-odd")).startsWith("failed: status DREAMING");
        paypal(service, paypalEvent("WH-none", "BILLING.SUBSCRIPTION.UPDATED", "soon", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        assertThat(status("WH-none")).isEqualTo("failed: create_time is not an ISO 8601 timestamp");
        paypal(service, paypalEvent("WH-bare", "BILLING.SUBSCRIPTION.UPDATED", "{}"));
        assertThat(status("WH-bare")).isEqualTo("failed: a subscription needs an id and a time");
    }

    @Test
    void saleSubscriptionAndPriceAreLinkedInAnyOrder() {
        owner.update("delete from public.paypal_price_map where price_id = 'P-PRO'");
        paypal(service, paypalEvent("WH-1", "PAYMENT.SALE.COMPLETED", sale("S1", "I-1", "9.00", "USD")));
        paypal(service, paypalEvent("WH-2", "BILLING.SUBSCRIPTION.ACTIVATED", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        assertThat(status("WH-2")).isEqualTo("failed: price P-PRO of a subscription is not in paypal_price_map");
        assertThat(balances()).isEqualTo(PAID);
        assertThat(service.value(Integer.class, "select public.retry_paypal_events()")).isZero();

        polaris.as(ADMIN).update("insert into public.paypal_price_map (price_id, plan_code, amount_minor) values ('P-PRO', 'pro', 900)");
        assertThat(service.value(Integer.class, "select public.retry_paypal_events()")).isOne();
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(balances()).isEqualTo(PAID);
        paypal(service, paypalEvent("WH-3", "BILLING.SUBSCRIPTION.UPDATED", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        assertThat(owner.rows("select from public.payment_events where event_type = 'payment_captured'")).as("capture reports after the retry").hasSize(2);
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void failedReportsAreRetried() {
        paypal(service, paypalEvent("WH-1", "BILLING.SUBSCRIPTION.CREATED", "2026-03-01T00:00:00Z", agreement("I-1", "P-PRO", null, "ACTIVE")));
        assertThat(status("WH-1")).isEqualTo("failed: subscription without a user or a plan");
        paypal(service, paypalEvent("WH-2", "BILLING.SUBSCRIPTION.UPDATED", "2026-03-02T00:00:00Z", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        assertThat(service.value(Integer.class, "select public.retry_payment_events()")).isOne();
        assertThat(status("WH-1")).isEqualTo("ignored: older than the known state");
    }

    @Test
    void sandboxEventsAreBookedOnlyIfTheSettingAllows() {
        begin("O1", ALICE, "pro-usd");
        String sandbox = completed("WH-1", "C1", "O1", "9.00", "USD").replace("https://api.paypal.com", "https://api-m.sandbox.paypal.com");
        paypal(service, sandbox);
        assertThat(status("WH-1")).isEqualTo("ignored: test event, but payments_livemode is not false");
        assertThat(balances()).isEqualTo("[]");

        owner.update("insert into public.settings (key, value) values ('payments_livemode', 'false')");
        paypal(service, sandbox.replace("WH-1", "WH-2"));
        paypal(service, completed("WH-3", "C3", "O1", "9.00", "USD"));
        assertThat(status("WH-3")).isEqualTo("ignored: live event, but payments_livemode is false");
        assertThat(balances()).isEqualTo(PAID);
    }

    @Test
    void malformedFieldIsKeptAsFailed() {
        String body = completed("WH-1", "C1", "O1", "9.00", "USD");
        List<String> bodies = new ArrayList<>();
        for (String[] change : new String[][] {{"\"value\": \"9.00\"", "\"value\": 9.00"}, {"{\"id\": \"C1\"", "{\"id\": null"}, {"{\"id\": \"C1\"", "{\"id\": [1]"}, {"{\"id\": \"C1\"", "{\"id\": \"C 1\""},
            {"\"amount\": {", "\"amount\": [], \"x\": {"}, {"\"amount\": {", "\"amount\": null, \"x\": {"}, {"\"O1\"", "{}"}, {"\"custom_id\": null", "\"custom_id\": 5"},
            {"\"create_time\": \"2", "\"create_time\": \"9"}, {"\"create_time\": \"", "\"create_time\": \"x"}, {"\"create_time\": \"", "\"create_time\": \"infinity\", \"x\": \""}}) {
            assertThat(body).contains(change[0]);
            bodies.add(body.replace(change[0], change[1]));
        }
        for (String kind : List.of("PAYMENT.CAPTURE.COMPLETED", "PAYMENT.SALE.DENIED", "PAYMENT.CAPTURE.REFUNDED", "PAYMENT.SALE.REVERSED", "CUSTOMER.DISPUTE.CREATED",
                "CUSTOMER.DISPUTE.RESOLVED", "BILLING.SUBSCRIPTION.CREATED", "CHECKOUT.ORDER.APPROVED")) {
            for (String resource : List.of("{}", "{\"id\": {}}", "{\"id\": \"X\", \"disputed_transactions\": {}}", "{\"disputed_transactions\": [7], \"dispute_id\": \"X\"}")) {
                if (!kind.startsWith("CHECKOUT") || !resource.contains("\"X\"")) {
                    bodies.add(paypalEvent("WH-1", kind, resource));
                }
            }
        }
        for (int i = 0; i < bodies.size(); i++) {
            String wrong = bodies.get(i).replace("WH-1", "WH-x" + i);
            assertThat(paypal(service, wrong)).as(wrong).isTrue();
            assertThat(status("WH-x" + i)).as(wrong).startsWith("failed: ");
        }
        for (String table : List.of("payment_events", "payments", "paypal_captures", "paypal_orders", "paypal_disputes", "paypal_subscriptions")) {
            assertThat(polaris.count("public." + table)).as(table).isZero();
        }
        assertThat(paypal(service, paypalEvent("WH-2", "VAULT.PAYMENT-TOKEN.CREATED", "{}"))).isTrue();
        assertThat(status("WH-2")).isEqualTo("ignored: no money moved");
    }

    @Test
    void bodyThatContradictsTheArgumentsIsRejected() {
        String log = "select public.paypal_log_event(?, ?, ?, ?, ?::jsonb, null)";
        String body = completed("WH-1", "C1", "O1", "9.00", "USD");
        for (Object[] wrong : new Object[][] {{"WH-2", "PAYMENT.CAPTURE.COMPLETED", "t", "s", body}, {"WH-1", "PAYMENT.CAPTURE.DENIED", "t", "s", body},
            {"WH-1", "PAYMENT.CAPTURE.COMPLETED", null, "s", body}, {"WH-1", "PAYMENT.CAPTURE.COMPLETED", "t", "", body}, {"WH-1", "PAYMENT.CAPTURE.COMPLETED", "t", "s", null},
            {"WH-1", "PAYMENT.CAPTURE.COMPLETED", "t", "s", body.replace("\"resource\": {", "\"resource\": 7, \"x\": {")}, {null, null, "t", "s", "{}"}}) {
            assertThatThrownBy(() -> service.rows(log, wrong)).is(sqlState(INVALID_PARAMETER));
        }
        assertThat(polaris.count("public.paypal_events")).isZero();
    }

    @Test
    void onlyTheServiceLogsEventsAndCreatesOrders() {
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            Session session = polaris.as(caller);
            assertThatThrownBy(() -> paypal(session, completed("WH-1", "C1", "O1", "9.00", "USD"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> begin(session, "O1", ALICE, "pro-usd")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> session.rows("select public.retry_paypal_events()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        paypal(service, paypalEvent("WH-1", "CUSTOMER.DISPUTE.CREATED", dispute("PP-1", "C1", "9.00", "USD", null)));
        begin("O1", ALICE, "pro-usd");
        for (String table : List.of("paypal_events", "paypal_orders", "paypal_captures", "paypal_disputes", "paypal_subscriptions", "paypal_price_map", "v_paypal_events_flat")) {
            assertThat(polaris.as(ALICE).rows("select from public." + table)).as(table).isEmpty();
            assertThatThrownBy(() -> polaris.as(ANON).rows("select from public." + table)).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
            for (Caller caller : List.of(ALICE, ADMIN, SERVICE)) {
                if (!table.startsWith("v_")) {
                    assertThatThrownBy(() -> polaris.as(caller).update("delete from public." + table)).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
                }
            }
        }
        assertThat(polaris.as(ADMIN).rows("select from public.paypal_disputes")).hasSize(1);
    }

    @Test
    @OfItsOwn
    void concurrentEventsThatBelongTogetherAreLinked() {
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int own = i;
            List<String> told = List.of(completed("WH-C" + i, "C" + i, "O" + i, "9.00", "USD"),
                    paypalEvent("WH-O" + i, "CHECKOUT.ORDER.APPROVED", order("O" + i, custom(ALICE, "pro-usd"), "9.00", "USD")),
                    paypalEvent("WH-S" + i, "PAYMENT.SALE.COMPLETED", sale("S" + i, "I-" + i, "9.00", "USD")),
                    paypalEvent("WH-I" + i, "BILLING.SUBSCRIPTION.ACTIVATED", agreement("I-" + i, "P-PRO", custom(BOB, null), "ACTIVE")),
                    paypalEvent("WH-D" + i, "CUSTOMER.DISPUTE.CREATED", dispute("PP-" + i, "C" + i, "4.00", "USD", null)),
                    paypalEvent("WH-V" + i, "PAYMENT.CAPTURE.REVERSED", captureRefund("V" + own, "C" + i, "4.00", "USD")));
            for (String body : told) {
                Session session = polaris.as(SERVICE);
                runs.add(Meanwhile.run(() -> paypal(session, body)));
            }
        }
        runs.forEach(CompletableFuture::join);
        assertThat(owner.rows("select from public.payments where user_id is null or plan_code is null")).isEmpty();
        assertThat(polaris.count("public.entitlements")).isEqualTo(8);
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=5600}, {a=disputes, s=1600}, {a=sales, s=-7200}]");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void deletingAnAccountRemovesBodiesAndKeepsPayments() {
        begin("O1", ALICE, "pro-usd");
        paypal(service, paypalEvent("WH-1", "CHECKOUT.ORDER.APPROVED", order("O1", custom(ALICE, "pro-usd"), "9.00", "USD")));
        paypal(service, completed("WH-2", "C1", "O1", "9.00", "USD"));
        paypal(service, paypalEvent("WH-3", "CUSTOMER.DISPUTE.CREATED", dispute("PP-1", "C1", "9.00", "USD", null)));
        paypal(service, paypalEvent("WH-4", "BILLING.SUBSCRIPTION.ACTIVATED", agreement("I-1", "P-PRO", custom(ALICE, null), "ACTIVE")));
        paypal(service, paypalEvent("WH-5", "PAYMENT.SALE.COMPLETED", sale("S1", "I-1", "9.00", "USD")));
        paypal(service, paypalEvent("WH-6", "PAYMENT.CAPTURE.COMPLETED", capture("C2", null, custom(BOB, "pro-usd"), "9.00", "USD")));

        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());
        paypal(service, paypalEvent("WH-7", "CUSTOMER.DISPUTE.RESOLVED", dispute("PP-1", "C1", "9.00", "USD", "RESOLVED_BUYER_FAVOUR")));
        paypal(service, paypalEvent("WH-8", "BILLING.SUBSCRIPTION.CANCELLED", agreement("I-1", "P-PRO", custom(ALICE, null), "CANCELLED")));

        paypal(service, paypalEvent("WH-9", "PAYMENT.SALE.COMPLETED", sale("S2", "I-1", "9.00", "USD")));
        assertThat(owner.value(Boolean.class, "select raw = '{}' from public.paypal_events where event_id = 'WH-9'")).as("renewal after the account was deleted has no body").isTrue();

        assertThat(status("WH-8")).as("subscription event of a deleted account").isEqualTo("ignored: the account is deleted");
        assertThat(owner.column(String.class, "select event_id from public.paypal_events where raw <> '{}'")).as("events that keep their body: Bob's").containsExactly("WH-6");
        assertThat(owner.rows("select from public.paypal_orders where metadata <> '{}' or user_id is not null")).isEmpty();
        assertThat(owner.rows("select from public.paypal_captures where user_id is not null and id <> 'C2'")).isEmpty();
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=2700}, {a=chargebacks, s=900}, {a=sales, s=-3600}]");
        assertThat(wrong(polaris.operator())).isEmpty();
    }
}
