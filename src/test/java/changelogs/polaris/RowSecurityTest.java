package changelogs.polaris;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For one row of each table: only the permitted callers can read or change it, even by statements without a condition. */
class RowSecurityTest {

    /** Tables maintained by admins, with the allowed commands and a column that admins may update. */
    private static final String KEPT = """
            adaptive_item_calibration: read, update difficulty, delete
            admin_messages: read, update meta, delete
            affiliate_programs: insert, update name
            audit_logs: read
            catalogs: insert, update title, delete
            coach_staff: delete
            coach_switch_rules: insert, update cooldown_days
            coaches: insert, update tagline, delete
            diagnostic_form_items: read, insert, update weight, delete
            diagnostic_form_sections: insert, update title, delete
            diagnostic_forms: insert, update title, delete
            drill_items: delete
            drill_sets: insert, update title, delete
            drills: insert, update title, delete
            editorial_flags: read, insert, update resolution
            editorial_item_coach_targets: read, insert, delete
            editorial_items: read, insert, delete
            editorial_transitions: read
            editorial_versions: read
            expression_exemplars: insert, update topic, delete
            feature_flags: insert, update description, delete
            job_runs: read
            ledger_entries: read
            ledger_postings: read
            limits: insert, update value, delete
            limits_catalog: insert, update unit, delete
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
            product_rec_items: insert, update title, delete
            product_rec_rules: insert, update name, delete
            product_rec_slots: insert, update weight, delete
            recon_findings: read
            recon_jobs: read
            recon_runs: read
            rubrics: insert, update spec, delete
            set_members: insert, update weight, delete
            settings: read, insert, update description, delete
            shopify_sync_state: read
            ticket_events: read
            tier_limits: insert, update value, delete
            tier_plans: insert, update name
            user_limits: insert, update reason, delete
            """;

    /** Tables whose rows have an owner, with the owner's column and the commands that owners may run besides select. */
    private static final String OWNED = """
            adaptive_history.user_id
            adaptive_user_skill.user_id
            affiliate_clicks.affiliate_user_id
            affiliate_commissions.affiliate_user_id
            affiliate_links.affiliate_user_id: update landing_path
            affiliate_payouts.affiliate_user_id
            affiliate_referrals.affiliate_user_id
            affiliates.user_id: update website
            attempts.user_id
            billing_profiles.user_id
            coach_staff.user_id
            coach_switches.user_id
            daily_usage.user_id
            diagnostic_run_items.user_id
            diagnostic_runs.user_id: update notes
            entitlement_history.user_id
            entitlements.user_id
            events.user_id
            expression_favorites.user_id: delete
            expression_reviews.user_id
            limit_usage.user_id
            payment_events.user_id
            practice_pack_items.user_id: delete
            practice_packs.user_id: delete
            product_rec_events.user_id
            realtime_tokens.user_id
            reports.user_id
            saved_filters.user_id: update name, delete
            sessions.user_id
            subscriptions.user_id
            tickets.user_id
            user_limits.user_id
            user_weekly_recaps.user_id
            """;

    /** Tables that every account may read. */
    private static final String OPEN = """
            affiliate_programs
            coach_switch_rules
            exemplar_pack_items
            exemplar_packs
            limits
            limits_catalog
            tier_limits
            """;

    private static final Caller NO_ACCOUNT = new Caller("authenticated", null);

    private final ImpossibleValues possible = ImpossibleValues.of("polaris");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private final Rows rows = new Rows(polaris, possible);

    @TestFactory
    Stream<DynamicTest> onlyAdminsReachRowsOfAdminTables() {
        People.signUp(polaris);
        return KEPT.lines().map(line -> DynamicTest.dynamicTest(line, () -> {
            String table = "public." + line.substring(0, line.indexOf(':'));
            possible.alone(table, polaris.operator());
            for (String command : line.substring(line.indexOf(':') + 2).split(", ")) {
                assertThat(rows.reached(ALICE, table, command)).as("rows affected as learner: %s", command).isZero();
                assertThat(rows.reached(ADMIN, table, command)).as("rows affected as admin: %s", command).isOne();
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> onlyOwnersReachTheirRows() {
        People.signUp(polaris);
        return OWNED.lines().map(line -> DynamicTest.dynamicTest(line, () -> {
            String table = "public." + line.substring(0, line.indexOf('.'));
            String owner = line.substring(line.indexOf('.') + 1).split(":")[0];
            possible.alone(table, polaris.operator());
            polaris.operator().update("update " + table + " set " + owner + " = ?", ALICE.account());
            for (String command : (line + (line.contains(":") ? ", " : ": ") + "read").split(": ")[1].split(", ")) {
                if (!command.equals("delete")) {
                    assertThat(rows.reached(ALICE, table, command)).as("rows affected as owner: %s", command).isOne();
                }
                assertThat(rows.reached(BOB, table, command)).as("rows affected as another user: %s", command).isZero();
            }
            if (line.contains("delete")) {
                assertThat(rows.reached(ALICE, table, "delete")).as("rows deleted by the owner").isOne();
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> onlyAccountsReadRowsThatAreOpenToAccounts() {
        People.signUp(polaris);
        return OPEN.lines().map(line -> DynamicTest.dynamicTest(line, () -> {
            possible.alone("public." + line, polaris.operator());

            assertThat(rows.reached(ALICE, "public." + line, "read")).as("rows read by an account").isOne();
            assertThat(rows.reached(NO_ACCOUNT, "public." + line, "read")).as("rows read with a token without an account").isZero();
        }));
    }

    @Test
    void onlyAdminsReadInactivePlans() {
        People.signUp(polaris);
        possible.alone("public.tier_plans", polaris.operator());
        polaris.operator().update("update public.tier_plans set is_active = false");

        assertThat(rows.reached(ALICE, "public.tier_plans", "read")).isZero();
        assertThat(rows.reached(ADMIN, "public.tier_plans", "read")).isOne();
    }
}
