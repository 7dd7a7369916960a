package changelogs.polaris.money;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adyen tables before the archive: read access, and how webhook events update payments. */
class AdyenTablesTest {

    private static final String ACCOUNT = "0ad40000-0000-4000-8000-000000000001";

    @RegisterExtension
    final Database old = Database.of(Adyen.BEFORE_ARCHIVE);

    private Session service;

    @BeforeEach
    void checkout() {
        People.signUp(old);
        service = old.as(SERVICE);
        service.update("insert into public.adyen_accounts (id, label, merchant_account) values (?::uuid, 'Old', 'Polaris')", ACCOUNT);
        service.update("""
                insert into public.adyen_sessions (account_id, user_id, session_id, session_data, reference, amount_minor, currency_code)
                values (?::uuid, ?, 's1', 'd', 'order-1', 49900, 'PHP'), (?::uuid, null, 's2', 'd', 'order-2', 100, 'PHP')
                """, ACCOUNT, ALICE.account(), ACCOUNT);
    }

    private void report(String code, boolean success, String psp, String original, long value) {
        service.update("""
                insert into public.adyen_webhook_events
                    (account_id, event_code, success, psp_reference, original_reference, merchant_reference, amount, signature_valid, payload)
                values (?::uuid, ?, ?, ?, ?, 'order-1', jsonb_build_object('value', ?, 'currency', 'PHP'), true, jsonb_build_object('id', ?))
                on conflict do nothing
                """, ACCOUNT, code, success, psp, original, value, code + psp);
    }

    private Map<String, Object> payment() {
        return service.rows("select status, user_id, captured_amount_minor as captured, refunded_amount_minor as refunded from public.adyen_payments where psp_reference = 'p1'").get(0);
    }

    @Test
    void eventsAdvanceAPaymentAndCountEachRefundOnce() {
        report("AUTHORISATION", true, "p1", null, 49900);
        assertThat(payment()).containsEntry("status", "authorised").containsEntry("user_id", ALICE.account());
        report("CAPTURE", true, "c1", "p1", 49900);
        report("REFUND", true, "r1", "p1", 100);
        report("REFUND", true, "r1", "p1", 100);
        report("REFUND", true, "r2", "p1", 50);
        report("AUTHORISATION", true, "late", "p1", 49900);

        assertThat(payment()).containsEntry("status", "refunded").containsEntry("captured", 49900L).containsEntry("refunded", 150L);
        assertThat(service.column(String.class, "select status from public.v_adyen_latest_by_reference where merchant_reference = 'order-1'")).containsExactly("refunded");
        assertThat(service.column(Long.class, "select count(*) from public.adyen_webhook_events where processed_at is null")).containsExactly(0L);
        assertThat(old.count("public.payment_events")).as("Adyen events in payment_events").isZero();
    }

    @ParameterizedTest
    @CsvSource({"AUTHORISATION, false, refused", "CANCELLATION, true, cancelled", "REFUND, false, refund_failed", "CHARGEBACK, true, chargeback",
        "CHARGEBACK_REVERSED, true, chargeback_reversed", "OFFER_CLOSED, true, expired"})
    void eachReportHasItsState(String code, boolean success, String status) {
        report(code, success, "p1", null, 49900);

        assertThat(payment()).containsEntry("status", status);
    }

    @Test
    void unsignedAndIrrelevantEventsAreKeptWithTheReason() {
        report("REPORT_AVAILABLE", true, "x", null, 0);
        report("CAPTURE", false, "y", "p1", 1);
        service.update("insert into public.adyen_webhook_events (account_id, event_code, success, psp_reference, merchant_reference, amount, payload)"
                + " values (?::uuid, 'CAPTURE', true, 'p1', 'order-1', '{\"value\": 1, \"currency\": \"PHP\"}', '{}')", ACCOUNT);
        service.update("insert into public.adyen_webhook_events (account_id, event_code, success, psp_reference, merchant_reference, signature_valid, payload)"
                + " values (?::uuid, 'CAPTURE', true, 'p2', 'order-1', true, '{\"a\": 1}')", ACCOUNT);

        assertThat(old.count("public.adyen_payments")).isZero();
        assertThat(service.column(String.class, "select processing_error from public.adyen_webhook_events where processed_at is null order by event_code, psp_reference"))
                .hasSize(4).anyMatch(why -> why.contains("signature")).anyMatch(why -> why.contains("null value")).filteredOn("this event changes no payment"::equals).hasSize(2);
    }

    @Test
    void referenceAndCurrencyOfAPaymentAreImmutable() {
        report("AUTHORISATION", true, "p1", null, 49900);

        for (String change : List.of("'order-2', 'captured', null, null, 1, 'PHP'", "'order-1', 'captured', null, null, 1, 'USD'")) {
            assertThatThrownBy(() -> service.rows("select public.adyen_upsert_payment_from_webhook('" + ACCOUNT + "', null, 'p1', " + change + ", null, null, null)"))
                    .is(sqlState(CHECK_VIOLATION));
        }
        assertThat(payment()).containsEntry("status", "authorised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056", "s3cret!", "adyen_1f"})
    void onlyNamesOfSecretsAreStored(String secret) {
        for (String column : List.of("webhook_hmac_secret", "webhook_basic_secret")) {
            assertThatThrownBy(() -> service.update("update public.adyen_accounts set " + column + " = ?", secret)).is(sqlState(CHECK_VIOLATION));
            assertThat(service.update("update public.adyen_accounts set " + column + " = 'adyen_webhook'")).isEqualTo(1);
        }
    }

    @Test
    void usersReadOnlyTheirCheckouts() {
        report("AUTHORISATION", true, "p1", null, 49900);

        for (String table : List.of("adyen_accounts", "adyen_payments", "adyen_webhook_events")) {
            assertThat(old.as(ALICE).value(Long.class, "select count(*) from public." + table)).as(table).isZero();
            assertThat(old.as(ADMIN).value(Long.class, "select count(*) from public." + table)).as(table).isEqualTo(1);
        }
        assertThat(old.as(ALICE).column(String.class, "select reference from public.adyen_sessions")).containsExactly("order-1");
        assertThat(old.as(BOB).column(String.class, "select reference from public.adyen_sessions")).isEmpty();
        assertThat(old.as(ADMIN).value(Long.class, "select count(*) from public.adyen_sessions")).isEqualTo(2);
        assertThat(old.as(ALICE).rows("select * from public.v_adyen_latest_by_reference")).isEmpty();
        assertThat(old.as(ADMIN).rows("select * from public.v_adyen_latest_by_reference")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select raw_response from public.adyen_payments", "select payload from public.adyen_webhook_events",
        "select raw_response from public.adyen_sessions", "insert into public.adyen_accounts (label, merchant_account) values ('a', 'b')",
        "update public.adyen_payments set status = 'captured'", "update public.adyen_sessions set amount_minor = 1", "delete from public.adyen_webhook_events",
        "select public.adyen_upsert_payment_from_webhook(null, null, null, null, null, null, null, null, null, null, null, null)",
        "select * from private.count_adyen_holdings()"})
    void nobodyElseWritesOrReadsWhatAdyenSentAlong(String statement) {
        for (var caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> old.as(caller).update(statement)).as(caller.toString()).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void deletingAnAccountKeepsThePaymentWithoutTheUser() {
        report("AUTHORISATION", true, "p1", null, 49900);

        old.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(payment()).containsEntry("user_id", null).containsEntry("status", "authorised");
        assertThat(old.as(ADMIN).value(Long.class, "select count(*) from public.adyen_sessions where user_id is null")).isEqualTo(2);
        assertThat(old.as(BOB).value(Long.class, "select count(*) from public.adyen_sessions")).isZero();
    }
}
