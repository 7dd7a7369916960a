package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queries of ops/polaris/money.md return no rows on correct data, and each reports the damage that it is for. */
class MoneyQueriesTest {

    private static final int THAT_FIND_TROUBLE = 7;
    private static final String REPORT = """
            select public.record_payment_event(('{"provider": "paypal", "event_id": "%s", "event_type": "payment_captured", "payment_ref": "%s",
                "amount_minor": 100, "currency_code": "PHP"' || '%s}')::jsonb)
            """;

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @Test
    void queriesFindTheirKindOfDamage() throws IOException {
        List<String> queries = Pattern.compile("```sql\n(.*?);\n```", Pattern.DOTALL).matcher(Files.readString(Path.of("ops/polaris/money.md"))).results()
                .map((MatchResult match) -> match.group(1)).toList();
        assertThat(queries).hasSizeGreaterThan(THAT_FIND_TROUBLE);
        Session operator = polaris.operator();
        for (String query : queries) {
            assertThat(operator.rows(query)).as(query).isEmpty();
        }

        operator.script("""
                insert into auth.users (id) values ('00000000-0000-4000-8000-000000000001'), ('00000000-0000-4000-8000-000000000002');
                set local request.jwt.claims = '{"role": "service_role"}';
                """ + REPORT.formatted("e1", "p1", "") + ";"
                + REPORT.formatted("e2", "p2", ", \"plan_code\": \"gold\"") + ";"
                + REPORT.formatted("e3", "p3", ", \"plan_code\": \"pro\", \"user_id\": \"00000000-0000-4000-8000-000000000001\", \"subscription_ref\": \"s1\"") + ";"
                + REPORT.formatted("e4", "p3", ", \"object_ref\": \"r1\"").replace("payment_captured", "payment_refunded").replace("100", "500") + """
                ;
                insert into public.paymongo_price_map (price_id, plan_code, amount_minor) values ('pro-php', 'pro', 49900);
                select public.begin_paymongo_intent('pi_1', '00000000-0000-4000-8000-000000000002', 'pro-php');
                select public.paymongo_log_event('evt_1', 'payment.paid', 's', '{"data": {"id": "evt_1", "attributes": {"type": "payment.paid", "livemode": true, "data": {}}}}', now());
                select public.paypal_log_event('WH-1', 'PAYMENT.CAPTURE.REVERSED', 't', 's',
                    '{"id": "WH-1", "event_type": "PAYMENT.CAPTURE.REVERSED", "create_time": "2026-01-01T00:00:00Z",
                        "resource": {"id": "p2", "amount": {"value": "1.00", "currency_code": "PHP"}}}', now());
                delete from auth.users where id = '00000000-0000-4000-8000-000000000001';
                """);
        operator.script("""
                set local session_replication_role = replica;
                update public.paypal_disputes set created_at = now() - interval '31 days';
                update public.paymongo_payment_intents set created_at = now() - interval '31 days';
                update public.profiles set tier = 'vip' where id = '00000000-0000-4000-8000-000000000002';
                update public.ledger_postings set amount_minor = amount_minor + 1 where account_code = 'sales' and amount_minor = -100;
                insert into public.affiliate_commissions (affiliate_id, referral_id, kind, provider, payment_ref, base_minor, rate_bps, amount_minor, currency_code)
                    values (gen_random_uuid(), gen_random_uuid(), 'accrued', 'paypal', 'p1', 100, 1000, 11, 'PHP');
                insert into public.affiliate_payouts (affiliate_id, amount_minor, currency_code, payout_method, period_start, period_end)
                    values (gen_random_uuid(), 1, 'PHP', '{}', '2026-03-01', '2026-03-01');
                update public.payments set updated_at = now() - interval '1 day';
                """);
        operator.script("set local request.jwt.claims = '{\"role\": \"service_role\"}'; select public.run_job('reconciliation')");
        for (String query : queries) {
            assertThat(operator.rows(query)).as(query).isNotEmpty();
        }
    }
}
