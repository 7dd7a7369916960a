package changelogs.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import changelogs.testing.Session;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Triggers set updated_at on every change, overriding the value in the statement. */
class UpdatedAtTest {

    private static final String TABLES = """
            adaptive_item_calibration
            adaptive_user_skill
            admin_messages
            affiliate_links
            affiliate_payouts
            affiliate_programs
            affiliates
            assignment_attempts
            assignments
            billing_profiles
            catalogs
            coach_switch_rules
            coaches
            diagnostic_forms
            diagnostic_run_items
            diagnostic_runs
            drill_items
            drill_sets
            drills
            editorial_items
            entitlements
            expression_exemplars
            expression_reviews
            feature_flags
            limit_usage
            limits
            limits_catalog
            payments
            paymongo_payment_intents
            paymongo_payments
            paymongo_price_map
            paypal_captures
            paypal_disputes
            paypal_orders
            paypal_price_map
            paypal_subscriptions
            practice_pack_items
            practice_packs
            product_rec_items
            product_rec_rules
            product_rec_slots
            profiles
            recon_jobs
            reports
            rubrics
            saved_filters
            settings
            shopify_collections_cache
            shopify_products_cache
            shopify_sync_state
            subscriptions
            ticket_messages
            tickets
            tier_limits
            tier_plans
            user_limits
            user_weekly_recaps
            """;

    private final ImpossibleValues possible = ImpossibleValues.of("polaris");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @TestFactory
    Stream<DynamicTest> triggerSetsUpdatedAtOnEveryUpdate() {
        return TABLES.lines().map(table -> DynamicTest.dynamicTest(table, () -> {
            Session operator = polaris.operator();
            possible.alone("public." + table, table + "_updated_at", operator);

            operator.update("update public." + table + " set updated_at = '1999-01-01'");

            assertThat(operator.value(Boolean.class, "select updated_at = now() from public." + table)).isTrue();
        }));
    }
}
