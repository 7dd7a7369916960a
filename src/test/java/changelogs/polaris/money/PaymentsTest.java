package changelogs.polaris.money;

import static changelogs.polaris.money.Money.record;
import static changelogs.polaris.money.Money.report;
import static changelogs.polaris.money.Money.wrong;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
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
import changelogs.testing.SqlFailed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider report is booked in the ledger and grants a plan once, in one transaction. */
class PaymentsTest {

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session service;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        service = polaris.as(SERVICE);
    }

    private static Map<String, Object> captured(String event, String payment, int amount) {
        return report("paypal", event, "payment_captured", "payment_ref", payment, "user_id", ALICE.account(), "plan_code", "pro", "amount_minor", amount,
                "currency_code", "USD", "occurred_at", Instant.now());
    }

    private static Map<String, Object> about(String event, String payment, String type, String object, int amount) {
        return report("paypal", event, type, "payment_ref", payment, "object_ref", object, "amount_minor", amount, "currency_code", "USD", "occurred_at", Instant.now());
    }

    private String tier(Caller caller) {
        return Money.tier(owner, caller);
    }

    private String balances() {
        return Money.balances(owner);
    }

    @Test
    void paymentIsBookedAndGrantsOneMonth() {
        assertThat(record(service, captured("e1", "p1", 1900))).isEqualTo("applied");

        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]");
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(polaris.as(ALICE).rows("select plan_code, source, ends_at - starts_at = interval '1 month' or ends_at = starts_at + interval '1 month' as month"
                + " from public.entitlements"))
                .containsExactly(row("plan_code", "pro", "source", "paypal", "month", true));
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void repeatedReportsOfOnePaymentCountOnce() {
        record(service, captured("e1", "p1", 1900));

        assertThat(record(service, captured("e1", "p1", 1900))).isEqualTo("applied");
        assertThat(record(service, captured("e2", "p1", 1900))).isEqualTo("ignored");
        assertThat(record(service, about("e3", "p1", "payment_refunded", "r1", 500))).isEqualTo("applied");
        assertThat(record(service, about("e4", "p1", "payment_refunded", "r1", 500))).isEqualTo("ignored");

        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1400}, {a=refunds, s=500}, {a=sales, s=-1900}]");
        assertThat(polaris.count("public.entitlements")).isOne();
        assertThat(tier(ALICE)).as("plan after a partial refund").isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void planEndsWithTheFullRefundAndReturnsWithAWonDispute() {
        record(service, captured("e1", "p1", 1900));
        record(service, about("e2", "p1", "dispute_opened", "d1", 1900));
        assertThat(tier(ALICE)).isEqualTo("free");

        record(service, about("e3", "p1", "dispute_won", "d1", 1900));
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]");

        record(service, about("e4", "p1", "payment_refunded", "r1", 1900));
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(owner.column(String.class, "select action from public.entitlement_history order by created_at, xmin::text::bigint")).containsExactly("granted", "revoked", "changed", "revoked");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void lostDisputeIsBookedAsChargeback() {
        record(service, captured("e1", "p1", 1900));
        record(service, about("e2", "p1", "dispute_opened", "d1", 1900));
        record(service, about("e3", "p1", "dispute_lost", "d1", 1900));

        assertThat(balances()).isEqualTo("[{a=chargebacks, s=1900}, {a=sales, s=-1900}]");
        assertThat(owner.rows("select captured_minor, disputed_minor, lost_minor from public.payments"))
                .containsExactly(row("captured_minor", 1900L, "disputed_minor", 0L, "lost_minor", 1900L));
        assertThat(tier(ALICE)).isEqualTo("free");
    }

    @Test
    void reportsInAnyOrderGiveTheSameResult() {
        List<Map<String, Object>> story = List.of(captured("e1", "p1", 1900), about("e2", "p1", "dispute_opened", "d1", 1900),
                about("e3", "p1", "dispute_won", "d1", 1900), about("e4", "p1", "payment_refunded", "r1", 400));
        List<String> ends = new ArrayList<>();
        for (int turn = 0; turn < story.size(); turn++) {
            try (Database other = Database.openMigrated("polaris")) {
                Session there = People.signUp(other);
                for (int i = 0; i < story.size(); i++) {
                    record(other.as(SERVICE), story.get((i + turn) % story.size()));
                }
                ends.add(there.rows("select captured_minor, refunded_minor, disputed_minor, lost_minor from public.payments") + there.column(String.class,
                        "select tier from public.profiles where id = ?", ALICE.account()).toString());
                assertThat(wrong(other.operator())).isEmpty();
            }
        }
        assertThat(ends).containsOnly("[{captured_minor=1900, refunded_minor=400, disputed_minor=0, lost_minor=0}][pro]");
    }

    @Test
    void paymentOfAnUnknownUserIsBookedAndClaimedLater() {
        Map<String, Object> report = captured("e1", "p1", 1900);
        report.put("user_id", UUID.randomUUID());
        assertThat(record(service, report)).isEqualTo("applied");
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]");
        UUID payment = owner.value(UUID.class, "select id from public.payments where user_id is null");
        assertThat(polaris.as(ADMIN).rows("select from public.payments")).hasSize(1);
        assertThat(polaris.as(ALICE).rows("select from public.payments")).isEmpty();

        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.claim_payment(?, ?, 'pro')", payment, ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        polaris.as(ADMIN).rows("select public.claim_payment(?, ?, 'pro')", payment, ALICE.account());
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.claim_payment(?, ?, 'pro')", payment, BOB.account())).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void failedReportIsKeptAndRetried() {
        owner.update("update public.tier_plans set code = 'vip' where code = 'vip'");
        Map<String, Object> agreement = report("paypal", "e1", "subscription_updated", "subscription_ref", "s1", "subscription_status", "active", "user_id", ALICE.account());
        assertThat(record(service, agreement)).isEqualTo("failed");
        assertThat(owner.value(String.class, "select outcome from public.payment_events")).isEqualTo("subscription without a user or a plan");
        assertThat(service.value(Integer.class, "select public.retry_payment_events()")).isZero();

        record(service, captured("e2", "p1", 1900));
        Map<String, Object> other = about("e3", "p1", "payment_refunded", "r1", 100);
        other.put("currency_code", "PHP");
        assertThat(record(service, other)).isEqualTo("failed");
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]");
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.retry_payment_events()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void subscriptionFollowsTheLatestReport() {
        Map<String, Object> active = report("paypal", "e2", "subscription_updated", "subscription_ref", "s1", "subscription_status", "active", "user_id", ALICE.account(),
                "plan_code", "pro", "occurred_at", "2026-03-02T00:00:00Z");
        Map<String, Object> trialing = report("paypal", "e1", "subscription_updated", "subscription_ref", "s1", "subscription_status", "trialing", "user_id", ALICE.account(),
                "plan_code", "pro", "occurred_at", "2026-03-01T00:00:00Z");

        assertThat(record(service, active)).isEqualTo("applied");
        assertThat(record(service, trialing)).as("report older than the known state").isEqualTo("ignored");
        assertThat(polaris.as(ALICE).column(String.class, "select status from public.v_subscriptions_active")).containsExactly("active");
        assertThat(tier(ALICE)).as("tier with a subscription but no payment").isEqualTo("free");

        Map<String, Object> paid = captured("e3", "p1", 1900);
        paid.put("subscription_ref", "s1");
        paid.put("period_start", "2026-03-02T00:00:00Z");
        paid.put("period_end", "2126-03-02T00:00:00Z");
        record(service, paid);
        assertThat(polaris.as(ALICE).rows("select p.plan_code, s.external_ref from public.v_user_current_plan as p, public.subscriptions as s"))
                .containsExactly(row("plan_code", "pro", "external_ref", "s1"));
        assertThat(owner.value(Boolean.class, "select subscription_id is not null from public.entitlements")).isTrue();
    }

    @Test
    void onlyTheServiceRecordsReports() {
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> record(polaris.as(caller), captured("e1", "p1", 1900))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String write : List.of("insert into public.payments (provider, payment_ref, currency_code, captured_minor) values ('paypal', 'x', 'USD', 1)",
                "update public.payments set user_id = auth.uid()", "delete from public.payment_events", "update public.payment_events set status = 'applied'",
                "insert into public.ledger_postings (entry_id, account_code, currency_code, amount_minor) values (gen_random_uuid(), 'sales', 'USD', 1)")) {
            for (Caller caller : List.of(ALICE, ADMIN, SERVICE)) {
                assertThatThrownBy(() -> polaris.as(caller).update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
    }

    @Test
    void usersReadTheirPaymentsAndAdminsTheLedger() {
        record(service, captured("e1", "p1", 1900));

        assertThat(polaris.as(ALICE).rows("select payment_ref, captured_minor from public.payments"))
                .containsExactly(row("payment_ref", "p1", "captured_minor", 1900L));
        assertThat(polaris.as(ALICE).rows("select event_type from public.payment_events")).hasSize(1);
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select raw from public.payment_events")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(BOB).rows("select event_type from public.payment_events")).isEmpty();
        for (String books : List.of("ledger_accounts", "ledger_entries", "ledger_postings", "v_revenue_daily")) {
            assertThat(polaris.as(ALICE).rows("select from public." + books)).as(books).isEmpty();
            assertThat(polaris.as(ADMIN).rows("select from public." + books)).as(books).isNotEmpty();
        }
        assertThat(polaris.as(ADMIN).rows("select currency_code, captured_minor, payments from public.v_revenue_daily"))
                .containsExactly(row("currency_code", "USD", "captured_minor", new BigDecimal("1900"), "payments", 1L));
    }

    @Test
    void ledgerIsAppendOnlyAndBalanced() {
        record(service, captured("e1", "p1", 1900));
        for (String change : List.of("update public.ledger_entries set amount_minor = 1", "delete from public.ledger_entries", "truncate public.ledger_postings",
                "update public.ledger_postings set amount_minor = 1", "delete from public.payment_events", "truncate public.payment_events cascade",
                "update public.payment_events set amount_minor = 1", "update public.payment_events set status = 'failed'")) {
            assertThatThrownBy(() -> owner.script(change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        String entry = "insert into public.ledger_entries (id, payment_event_id, payment_id, kind, object_ref, amount_minor, currency_code, occurred_at, d)"
                + " select '00000000-0000-4000-8000-000000000001', e.id, p.id, 'refunded', 'x', 5, 'USD', now(), (now() at time zone 'Asia/Manila')::date from public.payments as p, public.payment_events as e;";
        owner.update("insert into public.payment_events (provider, event_id, event_type, occurred_at, payment_ref, object_ref, amount_minor, currency_code)"
                + " values ('paypal', 'e9', 'payment_refunded', now(), 'p1', 'x', 5, 'USD')");
        String mine = entry.replace("as e;", "as e where e.event_id = 'e9';");
        String posting = "insert into public.ledger_postings (entry_id, account_code, currency_code, amount_minor) values ('00000000-0000-4000-8000-000000000001', '%s', '%s', %d);";

        assertThatThrownBy(() -> owner.script(mine)).as("entry without postings").is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.script(mine + posting.formatted("refunds", "USD", 5))).as("entry with one posting").is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.script(mine + posting.formatted("refunds", "USD", 5) + posting.formatted("cash_paypal", "PHP", -5)))
                .as("entry in two currencies").is(sqlState(CHECK_VIOLATION));
        owner.script(mine + posting.formatted("refunds", "USD", 5) + posting.formatted("cash_paypal", "USD", -5));
        assertThatThrownBy(() -> owner.script(posting.formatted("sales", "USD", 5))).as("posting added later").is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void deletingAnAccountKeepsTheLedger() {
        record(service, captured("e1", "p1", 1900));
        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(owner.rows("select from public.payments where user_id is null")).hasSize(1);
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]");
        assertThat(record(service, about("e2", "p1", "payment_refunded", "r1", 1900))).isEqualTo("applied");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    @OfItsOwn
    void concurrentReportsOfOnePaymentCountOnce() {
        List<CompletableFuture<String>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Session session = polaris.as(SERVICE);
            String event = "e" + i % 2;
            runs.add(Meanwhile.get(() -> record(session, captured(event, "p1", 1900))));
        }

        assertThat(runs.stream().map(CompletableFuture::join)).contains("applied").isSubsetOf("applied", "ignored");
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]");
        assertThat(polaris.count("public.entitlements")).isOne();
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void contradictoryReportsOfOneMovementFail() {
        record(service, captured("e1", "p1", 1900));

        assertThat(record(service, captured("e2", "p1", 1800))).isEqualTo("failed");
        record(service, about("e3", "p1", "payment_refunded", "r1", 500));
        assertThat(record(service, about("e4", "p1", "payment_refunded", "r1", 600))).isEqualTo("failed");
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1400}, {a=refunds, s=500}, {a=sales, s=-1900}]");
    }

    @Test
    void ownerOfAPaymentIsImmutable() {
        record(service, captured("e1", "p1", 1900));
        Map<String, Object> bobs = captured("e2", "p1", 1900);
        bobs.put("user_id", BOB.account());

        assertThat(record(service, bobs)).isEqualTo("failed");
        assertThat(tier(BOB)).isEqualTo("free");
        assertThat(owner.value(UUID.class, "select user_id from public.payments")).isEqualTo(ALICE.account());

        // The same ids at another provider are a different payment.
        bobs.put("provider", "paymongo");
        assertThat(record(service, bobs)).isEqualTo("applied");
        assertThat(tier(BOB)).isEqualTo("pro");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispute_won", "dispute_lost"})
    void endOfADisputeToldBeforeItsBeginningGrantsNothing(String end) {
        record(service, captured("e1", "p1", 1900));
        record(service, about("e2", "p1", "payment_refunded", "r1", 1900));

        record(service, about("e3", "p1", end, "d1", 1900));
        assertThat(tier(ALICE)).isEqualTo("free");
        record(service, about("e4", "p1", "dispute_opened", "d1", 1900));
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opened won lost", "opened lost won", "won opened lost", "won lost opened", "lost won opened", "lost opened won"})
    void disputeHasOneOutcomeForItsAmount(String order) {
        record(service, captured("e0", "p1", 1900));
        for (String step : order.split(" ")) {
            record(service, about(step, "p1", "dispute_" + step, "d1", 1900));
        }

        String outcome = order.replace("opened", "").strip().split(" ")[0];
        assertThat(owner.column(String.class, "select event_type from public.payment_events where status = 'failed'"))
                .containsExactly(outcome.equals("won") ? "dispute_lost" : "dispute_won");
        assertThat(balances()).isEqualTo(outcome.equals("won") ? "[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]" : "[{a=chargebacks, s=1900}, {a=sales, s=-1900}]");
        assertThat(service.value(Integer.class, "select public.retry_payment_events()")).isZero();
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void disputeCanBeWonInPartAndLostInPart() {
        record(service, captured("e0", "p1", 1900));
        assertThat(record(service, about("e1", "p1", "dispute_lost", "d1", 400))).isEqualTo("applied");
        assertThat(record(service, about("e2", "p1", "dispute_won", "d1", 1500))).as("before the opening, one outcome counts").isEqualTo("failed");
        assertThat(record(service, about("e3", "p1", "dispute_opened", "d1", 1900))).isEqualTo("applied");
        assertThat(service.value(Integer.class, "select public.retry_payment_events()")).isOne();
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1500}, {a=chargebacks, s=400}, {a=sales, s=-1900}]");

        record(service, about("e4", "p1", "dispute_opened", "d2", 1900));
        assertThat(record(service, about("e5", "p1", "dispute_won", "d2", 1500))).isEqualTo("applied");
        assertThat(record(service, about("e6", "p1", "dispute_lost", "d2", 401))).as("one more than is withheld").isEqualTo("failed");
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    void wonDisputeDoesNotReleaseAnotherDispute() {
        record(service, captured("e1", "p1", 1900));
        record(service, about("e2", "p1", "dispute_opened", "d1", 1900));
        record(service, about("e3", "p1", "dispute_won", "d2", 1900));

        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(owner.value(Long.class, "select disputed_minor from public.payments")).isEqualTo(1900);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void renewalTakesPersonAndPlanFromItsAgreementWhicheverComesFirst(boolean agreementFirst) {
        Map<String, Object> agreement = agreement("e1", "active", "2026-03-01T00:00:00Z", ALICE.account(), "vip");
        Map<String, Object> paid = captured("e2", "p1", 1900);
        paid.keySet().removeAll(List.of("user_id", "plan_code"));
        paid.put("subscription_ref", "s1");

        for (Map<String, Object> report : agreementFirst ? List.of(agreement, paid) : List.of(paid, agreement)) {
            assertThat(record(service, report)).isEqualTo("applied");
        }
        assertThat(tier(ALICE)).isEqualTo("vip");
        assertThat(owner.value(Boolean.class, "select bool_and(subscription_id is not null) from public.entitlements")).isTrue();
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    @OfItsOwn
    void concurrentSubscriptionAndPaymentAreLinked() {
        List<CompletableFuture<String>> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> agreement = agreement("a" + i, "active", "2026-03-01T00:00:00Z", ALICE.account(), "pro");
            Map<String, Object> paid = captured("c" + i, "p" + i, 1900);
            paid.keySet().removeAll(List.of("user_id", "plan_code"));
            for (Map<String, Object> report : List.of(agreement, paid)) {
                report.put("subscription_ref", "s" + i);
                Session session = polaris.as(SERVICE);
                runs.add(Meanwhile.get(() -> record(session, report)));
            }
        }
        assertThat(runs.stream().map(CompletableFuture::join)).containsOnly("applied");
        assertThat(owner.rows("select from public.payments where user_id is null or subscription_id is null")).isEmpty();
        assertThat(polaris.count("public.entitlements")).isEqualTo(8);
    }

    @Test
    void subscriptionCanBeCanceledWithoutUserAndNeverChangesUser() {
        record(service, agreement("e1", "active", "2026-03-01T00:00:00Z", ALICE.account(), "vip"));
        Map<String, Object> ending = agreement("e2", "active", "2026-03-02T00:00:00Z", null, null);
        ending.put("cancel_at_period_end", true);
        assertThat(record(service, ending)).isEqualTo("applied");
        assertThat(owner.value(Boolean.class, "select cancel_at_period_end from public.subscriptions")).isTrue();

        assertThat(record(service, agreement("e3", "canceled", "2026-03-03T00:00:00Z", null, null))).isEqualTo("applied");
        assertThat(record(service, agreement("e4", "active", "2026-03-03T00:00:00Z", null, null))).as("reports of the same second").isEqualTo("ignored");
        assertThat(record(service, agreement("e5", "active", "2026-03-04T00:00:00Z", BOB.account(), "vip"))).isEqualTo("failed");
        assertThat(owner.rows("select status, plan_code from public.subscriptions")).containsExactly(row("status", "canceled", "plan_code", "vip"));
    }

    private static Map<String, Object> agreement(String event, String status, String at, UUID person, String plan) {
        return report("paypal", event, "subscription_updated", "subscription_ref", "s1", "subscription_status", status, "user_id", person, "plan_code", plan,
                "occurred_at", at);
    }

    @Test
    void failedReportsDoNotBlockTheRetryOfOthers() {
        for (int i = 0; i < 3; i++) {
            record(service, agreement("bad" + i, "active", "2026-03-01T00:00:00Z", null, null));
        }
        owner.update("delete from public.tier_plans where code = 'vip'");
        Map<String, Object> early = captured("e1", "p1", 1900);
        early.put("plan_code", "vip");
        assertThat(record(service, early)).as("payment for a missing plan").isEqualTo("failed");
        owner.update("insert into public.tier_plans (code, name, rank, price_month_minor, price_year_minor) values ('vip', 'VIP', 2, 1, 1)");

        assertThat(service.value(Integer.class, "select public.retry_payment_events(2)")).isZero();
        assertThat(service.value(Integer.class, "select public.retry_payment_events(2)")).isOne();
        assertThat(tier(ALICE)).isEqualTo("vip");
        assertThat(owner.column(Integer.class, "select attempts from public.payment_events where status = 'failed'")).allMatch(attempts -> attempts >= 2);
    }

    @Test
    void adminDismissesAFailedReportWithAReason() {
        record(service, agreement("e1", "active", "2026-03-01T00:00:00Z", null, null));
        UUID event = owner.value(UUID.class, "select id from public.payment_events");
        String dismiss = "select public.dismiss_payment_event(?, 'Tests of the provider.')";

        assertThatThrownBy(() -> polaris.as(ALICE).rows(dismiss, event)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.dismiss_payment_event(?, ' ')", event)).is(sqlState(INVALID_PARAMETER));
        polaris.as(ADMIN).rows(dismiss, event);
        assertThatThrownBy(() -> polaris.as(ADMIN).rows(dismiss, event)).is(sqlState(NO_DATA_FOUND));

        assertThat(service.value(Integer.class, "select public.retry_payment_events()")).isZero();
        assertThat(owner.column(String.class, "select table_name from public.audit_logs where actor_user_id = ?", ADMIN.account())).containsExactly("public.payment_events");
    }

    @Test
    void infiniteTimesAreRejected() {
        for (String field : List.of("occurred_at", "period_end")) {
            Map<String, Object> report = captured("e1", "p1", 1900);
            report.put(field, "infinity");
            assertThatThrownBy(() -> record(service, report)).as(field).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void paymentAfterItsPeriodIsBooked() {
        Map<String, Object> late = captured("e1", "p1", 1900);
        late.put("period_end", "2026-01-31T00:00:00Z");

        assertThat(record(service, late)).isEqualTo("applied");
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=1900}, {a=sales, s=-1900}]");
    }

    @Test
    void deletingAnAccountRemovesPersonalDataAndItsPaymentsCannotBeClaimed() {
        String raw = "{\"payer\": \"alice@example.com\"}";
        record(service, agreement("e1", "active", "2026-03-01T00:00:00Z", ALICE.account(), "pro"));
        record(service, agreement("e2", "past_due", "2026-03-02T00:00:00Z", null, null));
        Map<String, Object> paid = captured("e3", "p1", 1900);
        paid.put("subscription_ref", "s1");
        record(service, paid);
        record(service, about("e4", "p1", "payment_refunded", "r1", 500));
        polaris.operator().script("set local session_replication_role = replica; update public.payment_events set raw = '" + raw + "'");
        owner.update("insert into public.billing_profiles (user_id, provider, customer_ref, email) values (?, 'paypal', 'c1', 'alice@example.com')", ALICE.account());
        owner.update("insert into public.user_limits (user_id, key, reason) values (?, 'tts_chars_daily', 'x')", ALICE.account());
        polaris.as(ALICE).rows("select public.record_limit_usage(?, 'tts_chars_daily', 5)", ALICE.account());
        polaris.as(ADMIN).rows("select public.grant_plan(?, 'vip', null, 'x')", ALICE.account());
        UUID payment = owner.value(UUID.class, "select id from public.payments");

        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(owner.rows("select from public.payment_events where raw <> '{}' or user_id is not null")).isEmpty();
        assertThat(owner.rows("select from public.payments where claimed_at is null")).as("unclaimed payments").isEmpty();
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.claim_payment(?, ?, 'pro')", payment, BOB.account())).is(sqlState(NO_DATA_FOUND));
        assertThat(record(service, about("e5", "p1", "payment_refunded", "r2", 1400))).isEqualTo("applied");
        for (String table : List.of("subscriptions", "billing_profiles", "entitlements", "user_limits", "limit_usage")) {
            assertThat(polaris.count("public." + table)).as(table).isZero();
        }
        assertThat(polaris.as(ADMIN).rows("select from public.payments")).hasSize(1);
        assertThat(polaris.as(ADMIN).rows("select from public.entitlement_history")).isNotEmpty();
        assertThat(polaris.as(BOB).rows("select event_type from public.payment_events")).isEmpty();
        assertThat(wrong(polaris.operator())).isEmpty();
    }

    @Test
    @OfItsOwn
    void deletingAnAccountDuringReportsLosesNoPayment() {
        List<Session> sessions = List.of(polaris.as(SERVICE), polaris.as(SERVICE));
        Session operator = polaris.operator();
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        for (int at = 0; at < sessions.size(); at++) {
            int own = at;
            runs.add(Meanwhile.run(() -> {
                for (int i = own; i < 40; i += sessions.size()) {
                    for (int again = 0; again < 3; again++) {
                        try {
                            record(sessions.get(own), captured("e" + i, "p" + i, 100));
                            break;
                        } catch (SqlFailed e) {
                            // Like a webhook that was answered with an error and is sent again.
                            assertThat(e.state()).isIn("40P01", SqlFailed.FOREIGN_KEY_VIOLATION);
                        }
                    }
                }
            }));
        }
        operator.update("delete from auth.users where id = ?", ALICE.account());
        runs.forEach(CompletableFuture::join);

        service.value(Integer.class, "select public.retry_payment_events()");
        assertThat(balances()).isEqualTo("[{a=cash_paypal, s=4000}, {a=sales, s=-4000}]");
        assertThat(owner.rows("select from public.payments where user_id is not null")).isEmpty();
        assertThat(owner.rows("select from public.payment_events where user_id is not null or status <> 'applied'")).isEmpty();
        assertThat(wrong(operator)).isEmpty();
    }
}
