package changelogs.polaris.money;

import static changelogs.polaris.money.Money.report;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.WRONG_STATE;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Affiliate commissions: each payment earns once, each refund reverses once, and each commission is paid out once. */
class AffiliateEarningsTest {

    private static final String MAKE = "select public.make_affiliate_payout(?, 'PHP')";
    private static final String MOVE = "select public.set_affiliate_payout_state(?, ?, p_tx_ref => 'transfer-1', p_reason => 'Because.')";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session service;
    private Session admin;
    private UUID alice;
    private UUID referral;

    /** Alice is an affiliate and has referred Bob. */
    @BeforeEach
    void bring() {
        owner = People.signUp(polaris);
        service = polaris.as(SERVICE);
        admin = polaris.as(ADMIN);
        Referrals.program(owner);
        alice = Referrals.active(owner, ALICE, "alice");
        referral = Referrals.attached(owner, alice, BOB.account());
    }

    @AfterEach
    void booksAndEarningsHold() {
        assertThat(Money.wrong(polaris.operator())).isEmpty();
        assertThat(Referrals.wrong(polaris.operator())).isEmpty();
    }

    private Map<String, Object> moved(String type, String payment, String object, long amount) {
        return report("paypal", type + payment + object, type, "payment_ref", payment, "object_ref", object, "amount_minor", amount, "currency_code", "PHP");
    }

    private void tell(String type, String payment, String object, long amount) {
        Map<String, Object> report = moved(type, payment, object, amount);
        report.put("user_id", BOB.account());
        report.put("plan_code", "pro");
        assertThat(Money.record(service, report)).isEqualTo("applied");
    }

    private void pay(String payment, long amount) {
        tell("payment_captured", payment, null, amount);
    }

    private List<Long> earned() {
        return polaris.as(ALICE).column(Long.class, "select amount_minor from public.v_affiliate_commissions order by amount_minor desc");
    }

    private String balance() {
        return polaris.as(ALICE).rows("select earned_minor as e, accrued_minor as a, pending_payout_minor as w, paid_minor as p from public.v_affiliate_balances").toString();
    }

    private void move(UUID payout, String... states) {
        for (String state : states) {
            admin.rows(MOVE, payout, state);
        }
    }

    private String state(UUID payout) {
        return owner.value(String.class, "select status from public.affiliate_payouts where id = ?", payout);
    }

    @ParameterizedTest
    @CsvSource({"49900, 1000, 4990", "9, 1000, 0", "10, 1000, 1", "19999, 1, 1", "19999, 5000, 9999", "100, 0, 0", "100, 10000, 100",
        "9000000000000000000, 9999, 8999100000000000000", "9000000000000000001, 3333, 2999700000000000000", "1000000000000000009, 1, 100000000000000"})
    void paymentEarnsItsShareRoundedDown(long amount, int rate, long share) {
        admin.rows("select public.set_affiliate_terms(?, ?, null)", alice, rate);

        pay("p1", amount);

        assertThat(earned()).isEqualTo(share == 0 ? List.of() : List.of(share));
        assertThat(owner.value(String.class, "select status from public.affiliate_referrals")).isEqualTo(share == 0 ? "attached" : "converted");
    }

    @Test
    void repeatedReportEarnsNothing() {
        pay("p1", 49900);
        Money.record(service, moved("payment_captured", "p1", null, 49900));
        Map<String, Object> again = moved("payment_captured", "p1", null, 49900);
        again.put("event_id", "again");
        assertThat(Money.record(service, again)).isEqualTo("ignored");

        assertThat(earned()).containsExactly(4990L);
    }

    @Test
    void refundsAndLostDisputesReverseCommissionsProportionally() {
        pay("p1", 999);
        tell("payment_refunded", "p1", "r1", 333);
        tell("dispute_opened", "p1", "d1", 333);
        assertThat(earned()).as("open dispute reverses nothing").containsExactly(99L, -33L);
        tell("dispute_lost", "p1", "d1", 333);
        tell("payment_refunded", "p1", "r2", 1);
        assertThat(earned()).containsExactly(99L, -33L, -33L);
        tell("payment_refunded", "p1", "r3", 500);

        assertThat(earned()).as("refunds beyond the payment").containsExactly(99L, -33L, -33L, -33L);
        assertThat(balance()).isEqualTo("[{e=0, a=0, w=0, p=0}]");
    }

    @Test
    void commissionsDoNotDependOnTheOrderOfReports() {
        tell("payment_refunded", "p1", "r1", 900);
        assertThat(earned()).isEmpty();
        pay("p1", 1000);
        assertThat(earned()).containsExactly(10L);
        pay("p2", 1000);
        tell("payment_refunded", "p2", "r2", 900);
        assertThat(owner.column(Long.class, "select sum(amount_minor)::bigint from public.affiliate_commissions group by payment_ref")).containsExactly(10L, 10L);
    }

    @Test
    void blockedAffiliatesAndDisqualifiedReferralsEarnNothing() {
        pay("p1", 1000);
        admin.rows("select public.set_affiliate_state(?, 'blocked', 'Spam.')", alice);
        pay("p2", 1000);
        admin.rows("select public.set_affiliate_state(?, 'active')", alice);
        tell("payment_refunded", "p2", "r2", 100);
        assertThat(earned()).as("payment while blocked earns nothing").containsExactly(100L);

        admin.rows("select public.disqualify_affiliate_referral(?, 'A second account.')", referral);
        pay("p3", 1000);
        tell("payment_refunded", "p1", "r1", 1000);
        assertThat(earned()).as("refunds still reverse").containsExactly(100L, -100L);
    }

    @Test
    void paymentsBeforeTheReferralEarnNothing() {
        owner.update("alter table public.affiliate_referrals disable trigger affiliate_referrals_guard");
        owner.update("update public.affiliate_referrals set attached_at = now()");

        pay("p1", 1000);
        assertThat(earned()).isEmpty();
    }

    @Test
    void rateIsFixedAtTheTimeOfThePayment() {
        pay("p1", 1000);
        owner.update("update public.affiliate_programs set default_rate_bps = 5000");
        tell("payment_refunded", "p1", "r1", 500);
        pay("p2", 1000);

        assertThat(earned()).containsExactly(500L, 100L, -50L);
    }

    @Test
    void claimedPaymentEarnsWhenClaimed() {
        Money.record(service, moved("payment_captured", "p1", null, 1000));
        assertThat(earned()).isEmpty();
        UUID payment = owner.value(UUID.class, "select id from public.payments");

        admin.rows("select public.claim_payment(?, ?, 'pro')", payment, BOB.account());

        assertThat(earned()).containsExactly(100L);
    }

    @Test
    void deletingAccountsKeepsCommissions() {
        pay("p1", 1000);
        owner.update("delete from auth.users where id = ?", BOB.account());
        Money.record(service, moved("payment_refunded", "p1", "r1", 500));
        assertThat(earned()).as("commissions for a deleted user").containsExactly(100L, -50L);

        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(Money.record(service, moved("payment_refunded", "p1", "r2", 500))).isEqualTo("applied");
        assertThat(admin.column(Long.class, "select amount_minor from public.v_affiliate_commissions order by amount_minor desc")).containsExactly(100L, -50L, -50L);
        assertThatThrownBy(() -> admin.rows(MAKE, alice)).is(sqlState(WRONG_STATE));
    }

    @Test
    @OfItsOwn
    void affiliateCanBeDeletedDuringPayments() {
        for (int i = 0; i < 20; i++) {
            pay("p" + i, 1000);
        }
        Session other = polaris.owner();
        CompletableFuture<Void> leaving = Meanwhile.run(() -> other.update("delete from auth.users where id = ?", ALICE.account()));
        for (int i = 0; i < 20; i++) {
            tell("payment_refunded", "p" + i, "r" + i, 500);
            pay("q" + i, 1000);
        }
        leaving.join();

        assertThat(owner.value(Long.class, "select count(*) from public.affiliate_commissions where kind = 'reversed'")).isEqualTo(20);
        assertThat(owner.value(Long.class, "select count(*) from public.affiliate_commissions where affiliate_user_id is not null")).isZero();
    }

    @Test
    @OfItsOwn
    void referralAndPaymentCanBeConcurrent() {
        for (int i = 0; i < 10; i++) {
            UUID person = UUID.randomUUID();
            owner.update("insert into auth.users (id, email) values (?, ?)", person, person + "@example.com");
            Session attaching = polaris.as(SERVICE);
            CompletableFuture<Boolean> attached = Meanwhile.get(() -> {
                try {
                    return attaching.value(Boolean.class, "select public.attach_affiliate_referral(?, p_code => 'alice')", person);
                } catch (SqlFailed e) {
                    return !e.state().equals(WRONG_STATE);
                }
            });
            Map<String, Object> report = report("paypal", "w" + i, "payment_captured", "payment_ref", "w" + i, "user_id", person, "plan_code", "pro", "amount_minor", 1000,
                    "currency_code", "PHP", "occurred_at", "2100-01-01T00:00:00Z");
            assertThat(Money.record(service, report)).isEqualTo("applied");
            assertThat(owner.value(Long.class, "select count(*) from public.affiliate_referrals where user_id = ?", person)).isEqualTo(attached.join() ? 1 : 0);
            long earned = owner.value(Long.class, "select count(*) from public.affiliate_commissions where payment_ref = ?", "w" + i);
            assertThat(earned).as("commissions; the payment earns if the referral came first").isEqualTo(attached.join() ? 1 : 0);
        }
    }

    @Test
    void commissionsAreImmutable() {
        pay("p1", 100000);
        for (String write : List.of("update public.affiliate_commissions set amount_minor = 1", "delete from public.affiliate_commissions", "truncate public.affiliate_commissions",
                "update public.affiliate_commissions set affiliate_user_id = '%s'".formatted(STRANGER.account()),
                "update public.affiliate_commissions set payout_id = gen_random_uuid()")) {
            for (Session session : List.of(owner, service, admin, polaris.as(ALICE), polaris.as(ANON))) {
                assertThatThrownBy(() -> session.update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        for (String column : List.of("payment_ref", "provider")) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select " + column + " from public.affiliate_commissions")).as(column).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(polaris.as(ALICE).rows("select from public.v_affiliate_commissions_admin")).isEmpty();
        assertThat(admin.column(String.class, "select payment from public.v_affiliate_commissions_admin")).containsExactly("paypal p1");
        for (Caller caller : List.of(BOB, STRANGER)) {
            assertThat(polaris.as(caller).rows("select from public.v_affiliate_commissions")).isEmpty();
            assertThat(polaris.as(caller).rows("select from public.v_affiliate_balances")).isEmpty();
        }
    }

    @Test
    void functionBehindTheAdminViewReturnsPaymentsToStaffOnly() {
        pay("p1", 100000);
        UUID commission = owner.value(UUID.class, "select id from public.affiliate_commissions");
        owner.script("grant usage on schema private to authenticated");
        String call = "select private.get_commission_payment(?) as payment";

        assertThat(polaris.as(ALICE).rows(call, commission)).containsExactly(row("payment", null));
        assertThat(admin.rows(call, commission)).containsExactly(row("payment", "paypal p1"));
    }

    @Test
    void payoutIncludesAllOpenCommissionsAndFollowsItsStates() {
        pay("p1", 10000);
        pay("p2", 5000);
        tell("payment_refunded", "p2", "r2", 1000);
        UUID payout = admin.value(UUID.class, MAKE, alice);
        assertThat(admin.value(UUID.class, MAKE, alice)).as("existing open payout").isEqualTo(payout);
        pay("p3", 20000);
        assertThat(balance()).isEqualTo("[{e=3400, a=2000, w=1400, p=0}]");
        assertThat(polaris.as(ALICE).rows("select amount_minor as a, status as s from public.affiliate_payouts"))
                .containsExactly(row("a", 1400L, "s", "scheduled"));
        assertThat(polaris.as(BOB).rows("select from public.affiliate_payouts")).isEmpty();

        move(payout, "approved", "processing", "paid", "paid");

        assertThat(balance()).isEqualTo("[{e=3400, a=2000, w=0, p=1400}]");
        assertThat(polaris.as(ALICE).rows("select tx_ref, approved_at < paid_at or approved_at = paid_at as in_order from public.affiliate_payouts"))
                .containsExactly(row("tx_ref", "transfer-1", "in_order", true));
        assertThat(polaris.as(ALICE).column(String.class, "select status from public.v_affiliate_commissions order by status desc")).containsExactly("paid", "paid", "paid", "accrued");
        assertThat(admin.value(UUID.class, MAKE, alice)).isNotEqualTo(payout);
        assertThat(owner.column(String.class, "select actor_user_id::text from public.audit_logs where table_name = 'public.affiliate_payouts'")).hasSize(5)
                .containsOnly(ADMIN.account().toString());
    }

    @ParameterizedTest
    @CsvSource({"failed, 'approved processing failed'", "canceled, canceled", "canceled, 'approved canceled'"})
    void whatWasNotPaidIsInTheNextPayout(String end, String steps) {
        pay("p1", 10000);
        UUID payout = admin.value(UUID.class, MAKE, alice);

        move(payout, steps.split(" "));

        assertThat(state(payout)).isEqualTo(end);
        assertThat(balance()).isEqualTo("[{e=1000, a=1000, w=0, p=0}]");
        assertThat(owner.value(String.class, "select failure_reason from public.affiliate_payouts")).isEqualTo("Because.");
        UUID next = admin.value(UUID.class, MAKE, alice);
        assertThat(next).isNotEqualTo(payout);
        assertThat(owner.column(UUID.class, "select payout_id from public.affiliate_commissions")).containsExactly(next);
    }

    @ParameterizedTest
    @CsvSource({"scheduled, approved canceled", "approved, processing canceled", "processing, paid failed", "paid, ''", "failed, ''", "canceled, ''"})
    void stepsOfAPayout(String from, String allowed) {
        pay("p1", 10000);
        for (String to : List.of("scheduled", "approved", "processing", "paid", "failed", "canceled")) {
            UUID payout = admin.value(UUID.class, MAKE, alice);
            switch (from) {
                case "scheduled" -> { }
                case "canceled" -> move(payout, from);
                case "approved" -> move(payout, from);
                case "processing" -> move(payout, "approved", from);
                default -> move(payout, "approved", "processing", from);
            }
            if (List.of(allowed.split(" ")).contains(to) || to.equals(from)) {
                move(payout, to);
                assertThat(state(payout)).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> move(payout, to)).as(from + " to " + to).is(sqlState(CHECK_VIOLATION));
                assertThat(state(payout)).isEqualTo(from);
            }
            owner.script("update public.affiliate_payouts set status = 'canceled', failure_reason = 'x' where status in ('scheduled', 'approved');"
                    + "update public.affiliate_payouts set status = 'failed', failure_reason = 'x' where status = 'processing'");
            pay("more " + to, 10000);
        }
        assertThatThrownBy(() -> move(owner.value(UUID.class, "select min(id::text)::uuid from public.affiliate_payouts"), "lost")).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void payoutsAreImmutableExceptTheirState() {
        pay("p1", 10000);
        UUID payout = admin.value(UUID.class, MAKE, alice);
        for (String write : List.of("update public.affiliate_payouts set amount_minor = 1000000", "delete from public.affiliate_payouts",
                "insert into public.affiliate_payouts (affiliate_id, affiliate_user_id, amount_minor, currency_code, status, period_start, period_end)"
                        + " select affiliate_id, affiliate_user_id, 1, 'USD', 'processing', period_start, period_end from public.affiliate_payouts")) {
            assertThatThrownBy(() -> owner.update(write)).as(write).is(sqlState(CHECK_VIOLATION));
        }
        for (Caller caller : List.of(ALICE, ANON)) {
            for (UUID id : List.of(payout, UUID.randomUUID())) {
                assertThatThrownBy(() -> polaris.as(caller).rows(MOVE, id, "approved")).as("same error for a missing payout").is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> move(UUID.randomUUID(), "approved")).is(sqlState(NO_DATA_FOUND));
        move(payout, "approved", "processing");
        assertThatThrownBy(() -> admin.rows("select public.set_affiliate_payout_state(?, 'paid')", payout)).as("paid without a transfer reference").is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> admin.rows("select public.set_affiliate_payout_state(?, 'failed')", payout)).as("failed without a reason").is(sqlState(CHECK_VIOLATION));
        pay("p2", 10000);
        assertThatThrownBy(() -> owner.update("update public.affiliate_commissions set payout_id = ? where payout_id is null", payout)).as("adding commissions to a payout in processing")
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> owner.update("update public.affiliate_commissions set payout_id = null")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void refundBeforeTheTransferPreventsApproval() {
        pay("p1", 10000);
        UUID payout = admin.value(UUID.class, MAKE, alice);
        tell("payment_refunded", "p1", "r1", 5000);

        assertThatThrownBy(() -> move(payout, "approved")).is(sqlState(WRONG_STATE));
        move(payout, "canceled");
        assertThatThrownBy(() -> admin.rows(MAKE, alice)).as("payout below the minimum").is(sqlState(WRONG_STATE));
        pay("p2", 5000);
        assertThat(owner.value(Long.class, "select amount_minor from public.affiliate_payouts where id = ?", admin.value(UUID.class, MAKE, alice))).isEqualTo(1000);
    }

    @Test
    void refundAfterTheTransferReducesTheNextPayout() {
        pay("p1", 10000);
        move(admin.value(UUID.class, MAKE, alice), "approved", "processing", "paid");
        tell("payment_refunded", "p1", "r1", 10000);
        assertThat(balance()).isEqualTo("[{e=0, a=-1000, w=0, p=1000}]");
        pay("p2", 15000);
        assertThatThrownBy(() -> admin.rows(MAKE, alice)).as("payout of 500, below the minimum").is(sqlState(WRONG_STATE));
        pay("p3", 10000);

        move(admin.value(UUID.class, MAKE, alice), "approved");
        assertThat(balance()).isEqualTo("[{e=2500, a=0, w=1500, p=1000}]");
    }

    @Test
    void blockedAffiliateIsNotPaid() {
        pay("p1", 10000);
        UUID payout = admin.value(UUID.class, MAKE, alice);
        admin.rows("select public.set_affiliate_state(?, 'blocked', 'Spam.')", alice);

        assertThatThrownBy(() -> move(payout, "approved")).is(sqlState(WRONG_STATE));
        move(payout, "canceled");
        assertThatThrownBy(() -> admin.rows(MAKE, alice)).is(sqlState(WRONG_STATE));
        assertThat(service.value(String.class, "select public.run_job('affiliate_payouts')")).isEqualTo("done");
        assertThat(polaris.count("public.affiliate_payouts")).isOne();
    }

    @Test
    void commissionIsPaidAfterTheHoldPeriod() {
        owner.update("update public.affiliate_programs set hold_days = 30");
        pay("p1", 10000);
        assertThatThrownBy(() -> admin.rows(MAKE, alice)).is(sqlState(WRONG_STATE));
        service.rows("select public.run_job('affiliate_payouts')");
        assertThat(polaris.count("public.affiliate_payouts")).isZero();

        earnedLongAgo("p1", 30);
        pay("p2", 20000);
        tell("payment_refunded", "p2", "r2", 10000);
        UUID payout = admin.value(UUID.class, MAKE, alice);
        assertThat(owner.value(Long.class, "select amount_minor from public.affiliate_payouts")).as("p2 and its refund wait").isEqualTo(1000);
        tell("payment_refunded", "p1", "r1", 1000);
        assertThatThrownBy(() -> move(payout, "approved")).as("although p2 would cover the refund").is(sqlState(WRONG_STATE));
        move(payout, "canceled");
        earnedLongAgo("p2", 30);
        admin.rows(MAKE, alice);
        assertThat(owner.value(Long.class, "select amount_minor from public.affiliate_payouts where status = 'scheduled'")).isEqualTo(1900);
    }

    @Test
    void commissionOfADisputedPaymentIsNotPaid() {
        pay("p1", 20000);
        pay("p2", 10000);
        tell("dispute_opened", "p1", "d1", 20000);
        UUID payout = admin.value(UUID.class, MAKE, alice);
        assertThat(owner.value(Long.class, "select amount_minor from public.affiliate_payouts")).isEqualTo(1000);
        move(payout, "approved");
        tell("dispute_opened", "p2", "d2", 5000);
        assertThatThrownBy(() -> move(payout, "processing")).is(sqlState(WRONG_STATE));
        move(payout, "canceled");
        assertThatThrownBy(() -> admin.rows(MAKE, alice)).as("both are disputed").is(sqlState(WRONG_STATE));
        service.rows("select public.run_job('affiliate_payouts')");
        assertThat(polaris.count("public.affiliate_payouts")).isOne();

        tell("dispute_won", "p1", "d1", 20000);
        tell("dispute_lost", "p2", "d2", 5000);
        admin.rows(MAKE, alice);
        assertThat(owner.value(Long.class, "select amount_minor from public.affiliate_payouts where status = 'scheduled'")).isEqualTo(2500);
    }

    @Test
    void payoutGoesWhereTheAffiliateSaidWhenItWasMade() {
        pay("p1", 10000);
        UUID payout = admin.value(UUID.class, MAKE, alice);
        assertThat(polaris.as(ALICE).update("update public.affiliates set payout_method = '{\"bank\": \"another\"}'")).isOne();

        assertThat(owner.value(String.class, "select payout_method::text from public.affiliate_payouts")).isEqualTo("{\"bank\": \"alice\"}");
        assertThatThrownBy(() -> owner.update("update public.affiliate_payouts set payout_method = '{\"bank\": \"another\"}'")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("update public.affiliate_payouts set payout_method = '{}'")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> move(payout, "approved")).as("the affiliate, or somebody in the account, changed it").is(sqlState(WRONG_STATE));
        assertThat(owner.rows("select actor_user_id, patch #>> '{payout_method_since,1}' is not null as changed from public.audit_logs where table_name = 'public.affiliates' and actor_user_id is not null"))
                .containsExactly(row("actor_user_id", ALICE.account(), "changed", true));

        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(owner.value(String.class, "select payout_method::text from public.affiliate_payouts")).as("after the account is deleted").isEqualTo("{}");
    }

    @Test
    void changedPayoutMethodHoldsPayoutsBack() {
        pay("p1", 10000);
        polaris.as(ALICE).update("update public.affiliates set payout_method = '{\"bank\": \"another\"}'");
        assertThatThrownBy(() -> admin.rows(MAKE, alice)).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.affiliates set payout_method_since = null")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        service.rows("select public.run_job('affiliate_payouts')");
        assertThat(polaris.count("public.affiliate_payouts")).isZero();

        owner.script("alter table public.affiliates disable trigger affiliates_guard;"
                + "update public.affiliates set payout_method_since = now() - interval '7 days';"
                + "alter table public.affiliates enable trigger affiliates_guard");
        polaris.as(ALICE).update("update public.affiliates set website = 'https://alice.example'");
        assertThat(admin.value(UUID.class, MAKE, alice)).isNotNull();
    }

    @Test
    void payoutNeedsAPayoutMethod() {
        pay("p1", 10000);
        owner.script("alter table public.affiliates disable trigger affiliates_guard;"
                + "update public.affiliates set payout_method = '{}';"
                + "alter table public.affiliates enable trigger affiliates_guard");

        assertThatThrownBy(() -> admin.rows(MAKE, alice)).is(sqlState(WRONG_STATE));
        service.rows("select public.run_job('affiliate_payouts')");
        assertThat(polaris.count("public.affiliate_payouts")).isZero();
    }

    private void earnedLongAgo(String payment, int days) {
        owner.script("alter table public.affiliate_commissions disable trigger affiliate_commissions_append_only;"
                + "update public.affiliate_commissions set created_at = now() - interval '" + days + " days' where payment_ref = '" + payment + "' and kind = 'accrued';"
                + "alter table public.affiliate_commissions enable trigger affiliate_commissions_append_only");
    }

    @Test
    void otherCurrencyIsPaidOnlyByAdmins() {
        Map<String, Object> dollars = moved("payment_captured", "p1", null, 500);
        dollars.putAll(Map.of("currency_code", "USD", "user_id", BOB.account(), "plan_code", "pro"));
        Money.record(service, dollars);

        service.rows("select public.run_job('affiliate_payouts')");
        assertThat(polaris.count("public.affiliate_payouts")).isZero();
        admin.rows("select public.make_affiliate_payout(?, 'USD')", alice);
        assertThat(owner.rows("select amount_minor as a, currency_code as c from public.affiliate_payouts"))
                .containsExactly(row("a", 50L, "c", "USD"));
        assertThatThrownBy(() -> admin.rows("select public.make_affiliate_payout(?, null)", alice)).is(sqlState(WRONG_STATE));
    }

    @Test
    void jobCreatesDuePayoutsOnce() {
        pay("p1", 9999);
        assertThat(service.value(String.class, "select public.run_job('affiliate_payouts')")).isEqualTo("done");
        assertThat(polaris.count("public.affiliate_payouts")).as("999 is below the minimum").isZero();
        pay("p2", 10);

        service.rows("select public.run_job('affiliate_payouts')");
        service.rows("select public.run_job('affiliate_payouts')");

        assertThat(owner.column(Long.class, "select amount_minor from public.affiliate_payouts")).containsExactly(1000L);
        assertThat(owner.column(String.class, "select result::text from public.job_runs order by started_at"))
                .containsExactly("{\"made\": 0, \"more\": false}", "{\"made\": 1, \"more\": false}", "{\"made\": 0, \"more\": false}");
    }

    @Test
    @OfItsOwn
    void concurrentCallsCreateOnePayoutDuringPayments() {
        for (int i = 0; i < 5; i++) {
            pay("p" + i, 10000);
        }
        List<CompletableFuture<UUID>> runs = IntStream.range(0, 3).mapToObj(i -> {
            Session session = polaris.as(ADMIN);
            return Meanwhile.get(() -> session.value(UUID.class, MAKE, alice));
        }).toList();
        for (int i = 0; i < 5; i++) {
            pay("q" + i, 10000);
            tell("payment_refunded", "p" + i, "r" + i, 100);
        }

        assertThat(runs.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(polaris.count("public.affiliate_payouts")).isOne();
    }
}
