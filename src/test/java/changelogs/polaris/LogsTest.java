package changelogs.polaris;

import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Logs are append-only even for their owner, audited tables write to audit_logs, and deleting an account removes the payer from provider
 * events.
 */
class LogsTest {

    private static final List<String> LASTING = List.of("events", "audit_logs", "entitlement_history", "affiliate_clicks", "payment_events", "paymongo_events",
            "paypal_events");
    /** Logs whose rows are deleted together with the row they describe. */
    private static final List<String> PARTS = List.of("ticket_events", "editorial_versions", "editorial_transitions", "coach_switches");

    /** Audited tables, each with a change that must be logged. */
    private static final String AUDITED = """
            affiliate_programs: name = 'renamed'
            affiliate_referrals: status = 'disqualified', disqualified_at = now(), status_reason = 'fraud'
            coaches: display_name = 'renamed'
            feature_flags: description = 'renamed'
            limits: description = 'renamed'
            payments: user_id = gen_random_uuid(), claimed_at = now()
            paypal_price_map: is_active = false, retired_at = now()
            settings: description = 'renamed'
            """;

    /** How a provider event finds its payer: table, trigger, provider and the column that the event refers to. */
    private static final String PAYERS = """
            payments payments_forgotten_paymongo paymongo payment_ref
            paymongo_payment_intents paymongo_payment_intents_forgotten_paymongo paymongo id
            paymongo_payments paymongo_payments_forgotten_paymongo paymongo id
            payments payments_forgotten_paypal paypal payment_ref
            paypal_orders paypal_orders_forgotten_paypal paypal id
            paypal_captures paypal_captures_forgotten_paypal paypal id
            paypal_subscriptions paypal_subscriptions_forgotten_paypal paypal id
            """;

    private final ImpossibleValues possible = ImpossibleValues.of("polaris");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @TestFactory
    Stream<DynamicTest> ownerCannotDeleteFromLogs() {
        return LASTING.stream().map(table -> DynamicTest.dynamicTest(table, () -> {
            possible.alone("public." + table, table + "_append_only", polaris.operator());

            assertThatThrownBy(() -> polaris.owner().update("delete from public." + table)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }));
    }

    @TestFactory
    Stream<DynamicTest> ownerCannotTruncateLogs() {
        return Stream.concat(LASTING.stream(), PARTS.stream()).map(table -> DynamicTest.dynamicTest(table, () -> {
            possible.alone("public." + table, table + "_no_truncate", polaris.operator());

            assertThatThrownBy(() -> polaris.owner().update("truncate public." + table + " cascade")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }));
    }

    @TestFactory
    Stream<DynamicTest> changeOfAnAuditedTableWritesToAuditLogs() {
        return AUDITED.lines().map(line -> DynamicTest.dynamicTest(line, () -> {
            String table = "public." + line.split(": ")[0];
            Session operator = polaris.operator();
            possible.alone("public.audit_logs", operator);
            operator.update("delete from public.audit_logs");
            possible.alone(table, line.split(": ")[0] + "_audit", operator);

            operator.update("update " + table + " set " + line.split(": ")[1]);

            assertThat(operator.column(String.class, "select table_name from public.audit_logs")).containsExactly(table);
        }));
    }

    @TestFactory
    Stream<DynamicTest> deletedPayerIsRemovedFromProviderEvents() {
        return PAYERS.lines().map(line -> DynamicTest.dynamicTest(line, () -> {
            String[] words = line.split(" ");
            String table = "public." + words[0];
            String events = "public." + words[2] + "_events";
            Session operator = polaris.operator();
            possible.alone(table, words[1], operator);
            operator.script("alter table " + table + " disable trigger all");
            operator.update("update " + table + " set user_id = ?" + (words[0].equals("payments") ? ", claimed_at = now(), provider = '" + words[2] + "'" : ""), UUID.randomUUID());
            operator.script("alter table " + table + " enable trigger " + words[1]);
            possible.alone(events, operator);
            operator.update("update " + events + " set state = 'ignored', raw = '{\"payer\": \"Alice\"}', about = array(select " + words[3] + "::text from " + table + ")");

            operator.update("update " + table + " set user_id = null");

            assertThat(operator.value(String.class, "select raw::text from " + events)).isEqualTo("{}");
        }));
    }
}
