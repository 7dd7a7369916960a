package changelogs.polaris;

import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import changelogs.testing.Session;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every unique constraint rejects a second row with the same key. */
class UniquenessTest {

    /** Table, unique index or constraint, and the change that makes the valid row subject to it. */
    private static final String KEYS = """
            adaptive_history adaptive_history_open_key
            admin_message_deliveries admin_message_deliveries_message_id_user_id_channel_key
            affiliate_commissions affiliate_commissions_accrued_key: kind = 'accrued', amount_minor = 1
            affiliate_commissions affiliate_commissions_reversed_key
            affiliate_links affiliate_links_code_key
            affiliate_payouts affiliate_payouts_open_key
            affiliate_programs affiliate_programs_code_key
            affiliate_referrals affiliate_referrals_user_id_key: user_id = '00000000-0000-4000-8000-000000000002'
            affiliates affiliates_code_key
            assignments assignments_open_drill_key
            assignments assignments_open_set_key: drill_id = null, set_id = gen_random_uuid()
            diagnostic_form_items diagnostic_form_items_section_id_idx_key
            diagnostic_form_sections diagnostic_form_sections_form_id_idx_key
            diagnostic_forms diagnostic_forms_code_key
            diagnostic_run_items diagnostic_run_items_run_id_idx_key
            diagnostic_runs diagnostic_runs_open_key
            drill_sets drill_sets_coach_key_section_title_version_key
            drills drills_slug_key: slug = 'unknown'
            editorial_items editorial_items_slug_key: slug = 'unknown'
            editorial_versions editorial_versions_editorial_item_id_version_key
            entitlements entitlements_source_source_ref_key
            expression_exemplars expression_exemplars_source_item_id_coach_key_key: coach_key = 'unknown', source_item_id = '00000000-0000-4000-8000-000000000002'
            ledger_entries ledger_entries_payment_event_id_key
            payment_events payment_events_provider_event_id_key
            payments payments_provider_payment_ref_key
            realtime_tokens realtime_tokens_token_hash_key
            recon_findings recon_findings_open_key
            recon_jobs recon_jobs_open_key
            recon_runs recon_runs_running_key
            rubrics rubrics_coach_key_title_version_key
            saved_filters saved_filters_user_id_name_key
            shopify_collections_cache shopify_collections_cache_shopify_id_key
            shopify_products_cache shopify_products_cache_shopify_id_key
            subscriptions subscriptions_provider_external_ref_key
            """;

    /** The same for tables where the second row also needs another primary key, with its value. */
    private static final String BESIDE_A_PRIMARY_KEY = """
            billing_profiles billing_profiles_provider_customer_ref_key; user_id = gen_random_uuid()
            editorial_item_coach_targets editorial_item_coach_targets_published_drill_id_key: published_drill_id = gen_random_uuid(); coach_key = 'other'
            paypal_disputes paypal_disputes_dispute_id_key; object_ref = 'other'
            paypal_disputes paypal_disputes_reversal_id_key: dispute_id = null, reversal_id = 'x'; object_ref = 'other'
            tier_plans tier_plans_rank_key; code = 'pro'
            """;

    private final ImpossibleValues possible = ImpossibleValues.of("polaris");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @TestFactory
    Stream<DynamicTest> duplicateRowIsRejected() {
        return KEYS.lines().map(line -> DynamicTest.dynamicTest(line, () -> refuse(line, "id = gen_random_uuid()")));
    }

    @TestFactory
    Stream<DynamicTest> duplicateRowWithAnotherPrimaryKeyIsRejected() {
        return BESIDE_A_PRIMARY_KEY.lines().map(line -> DynamicTest.dynamicTest(line, () -> refuse(line.split("; ")[0], line.split("; ")[1])));
    }

    private void refuse(String line, String instead) {
        String table = "public." + line.split(" ")[0];
        String key = line.split("[ :]")[1];
        Session operator = polaris.operator();
        possible.alone(table, operator);
        if (line.contains(": ")) {
            operator.update("update " + table + " set " + line.split(": ", 2)[1]);
        }

        assertThatThrownBy(() -> operator.update(again(table, instead, operator))).is(sqlState(UNIQUE_VIOLATION)).hasMessageContaining("\"" + key + "\"");
    }

    private static String again(String table, String instead, Session operator) {
        String column = instead.split(" = ")[0];
        return operator.value(String.class, """
                select format('insert into %1$s (%2$s) select %3$s from %1$s', a.attrelid::regclass, string_agg(quote_ident(a.attname), ', '),
                    string_agg(case when a.attname = ? and (a.attname <> 'id' or a.atttypid = 'uuid'::regtype) then ? else quote_ident(a.attname) end, ', '))
                from pg_catalog.pg_attribute as a
                where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
                group by a.attrelid
                """, column, instead.split(" = ")[1], table);
    }
}
