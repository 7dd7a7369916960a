package changelogs.polaris;

import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands that the service may run on each table. The service bypasses row level security, so only its grants limit it. */
class ServiceTest {

    private static final String TABLES = """
            adaptive_history: read, insert, update notes, delete
            adaptive_item_calibration: read, insert, update active, delete
            adaptive_user_skill: read, insert, update last_mastered, delete
            admin_message_deliveries: read, insert, update meta, delete
            admin_messages: read, insert, update meta, delete
            affiliate_clicks: read
            affiliate_commissions: read
            affiliate_links: read
            affiliate_payouts: read
            affiliate_programs: read, insert, update is_active, delete
            affiliate_referrals: read
            affiliates: read
            assignment_attempts: read, insert, update scored_at, delete
            assignments: read, insert, update metrics_summary, delete
            attempts: read, insert, update score, delete
            audit_logs: read
            billing_profiles: read, insert, update country_code, delete
            catalogs: read, insert, update created_by, delete
            coach_staff: read, insert, update coach_key, delete
            coach_switch_rules: read, insert, update max_switches_30d, delete
            coach_switches: read
            coaches: read, insert, update is_active, delete
            daily_usage: read, insert, update expressions_saved, delete
            diagnostic_form_items: read, insert, update weight, delete
            diagnostic_form_sections: read, insert, update time_limit_sec, delete
            diagnostic_forms: read, insert, update created_by, delete
            diagnostic_run_items: read, insert, update feedback, delete
            diagnostic_runs: read, insert, update notes, delete
            drill_items: read, insert, update qa_flags, delete
            drill_sets: read, insert, update approved_by, delete
            drills: read, insert, update created_by, delete
            editorial_flags: read, insert, update resolution
            editorial_item_coach_targets: read, insert, delete
            editorial_items: read, insert, update updated_by, delete
            editorial_transitions: read
            editorial_versions: read
            entitlement_history: read
            entitlements: read
            events: read, insert
            exemplar_pack_items: read
            exemplar_packs: read
            expression_exemplars: read, insert, update published_at, delete
            expression_favorites: read, insert, update favored_at, delete
            expression_reviews: read
            feature_flags: read, insert, update description, delete
            job_runs: read
            ledger_accounts: read
            ledger_entries: read
            ledger_postings: read
            limit_usage: read, insert, update used, delete
            limits: read, insert, update description, delete
            limits_catalog: read, insert, update description, delete
            payment_events: read
            payments: read
            paymongo_events: read
            paymongo_payment_intents: read
            paymongo_payments: read
            paymongo_price_map: read, insert, update is_active
            paypal_captures: read
            paypal_disputes: read
            paypal_events: read
            paypal_orders: read
            paypal_price_map: read, insert, update is_active
            paypal_subscriptions: read
            practice_pack_items: read, insert, update is_hidden, delete
            practice_packs: read, insert, update published_at, delete
            product_rec_events: read, insert
            product_rec_items: read, insert, update updated_by, delete
            product_rec_rules: read, insert, update updated_by, delete
            product_rec_slots: read, insert, update ends_at, delete
            profiles: read, insert, update last_seen_at, delete
            realtime_tokens: read
            recon_findings: read
            recon_jobs: read
            recon_runs: read
            reports: read, insert, update handled_at, delete
            rubrics: read, insert, update state, delete
            saved_filters: read, insert, update is_default, delete
            sessions: read, insert, update notes, delete
            set_members: read, insert, update added_at, delete
            settings: read, insert, update description, delete
            shopify_collections_cache: read, insert, update seen_at, delete
            shopify_product_collections: read, insert, update position, delete
            shopify_products_cache: read, insert, update seen_at, delete
            shopify_sync_state: read, insert, update stats, delete
            subscriptions: read, insert, update provider_updated_at, delete
            ticket_events: read, insert
            ticket_messages: read, insert, update meta, delete
            tickets: read, insert, update meta, delete
            tier_limits: read, insert, update limits_key, delete
            tier_plans: read, insert, update is_active, delete
            user_limits: read, insert, update expires_at, delete
            user_weekly_recaps: read
            """;

    private final ImpossibleValues possible = ImpossibleValues.of("polaris");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private final Rows rows = new Rows(polaris, possible);

    @TestFactory
    Stream<DynamicTest> serviceHasExactlyTheseCommands() {
        return TABLES.lines().map(line -> DynamicTest.dynamicTest(line, () -> {
            String table = "public." + line.split(":")[0];
            possible.alone(table, polaris.operator());
            for (String command : (line + ":").split(": ?")[1].split(", ")) {
                assertThat(rows.reached(SERVICE, table, command)).as(command).isOne();
            }
            for (String other : new String[] {"insert", "read", "delete"}) {
                if (!line.contains(other)) {
                    assertThat(rows.reached(SERVICE, table, other)).as(other).isZero();
                }
            }
        }));
    }
}
