package changelogs.polaris.money;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
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
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reconciliation: each difference is found once, stays open while it exists and is closed automatically. */
class ReconciliationTest {

    private static final String PAST_TRIGGERS = "set local session_replication_role = replica; ";
    private static final String YESTERDAY = "((now() at time zone 'Asia/Manila')::date - 1)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session operator;
    private Session service;

    /** Alice paid with PayPal and Bob with PayMongo yesterday; there are no differences. */
    @BeforeEach
    void payments() {
        People.signUp(polaris);
        operator = polaris.operator();
        service = polaris.as(SERVICE);
        pay("paypal", "pa", ALICE);
        pay("paymongo", "pb", BOB);
        aDayPasses();
    }

    private void pay(String provider, String ref, Caller caller) {
        assertThat(Money.record(service, Money.report(provider, "e-" + ref, "payment_captured", "payment_ref", ref, "user_id", caller.account(), "plan_code", "pro",
                "amount_minor", 49900, "currency_code", "PHP", "occurred_at", yesterday() + "T12:00:00+08:00"))).isEqualTo("applied");
    }

    private String yesterday() {
        return operator.value(String.class, "select " + YESTERDAY + "::text");
    }

    /** Moves the last change of all payments and entitlements back by one day. */
    private void aDayPasses() {
        operator.script(PAST_TRIGGERS + """
                update public.payments set updated_at = updated_at - interval '1 day';
                update public.entitlements set updated_at = updated_at - interval '1 day';
                """);
    }

    private List<String> open() {
        return service.column(String.class, "select diff_type || ' ' || coalesce(payment_ref, '') from public.v_recon_open order by 1");
    }

    private void audit() {
        assertThat(service.value(String.class, "select public.run_job('reconciliation')")).isEqualTo("done");
        assertThat(operator.column(String.class, "select status || ' ' || coalesce(last_error, '') from public.recon_jobs where job_type = 'entitlements_audit'"))
                .allMatch("succeeded "::equals);
    }

    /** Moves the audit jobs back by one day and audits again, as on the next day. */
    private void auditAgain() {
        operator.update("update public.recon_jobs set date_from = date_from - 1, date_to = date_to - 1 where job_type = 'entitlements_audit'");
        audit();
    }

    private void damage(String sql) {
        operator.script(PAST_TRIGGERS + sql);
    }

    @Test
    void auditWithoutDifferencesFindsNothing() {
        audit();

        assertThat(open()).isEmpty();
        assertThat(service.value(Long.class, "select (stats ->> 'looked')::bigint from public.recon_runs")).isEqualTo(4);
        assertThat(service.value(String.class, "select (result ->> 'jobs') || (result ->> 'open') from public.job_runs where job = 'reconciliation'")).isEqualTo("10");
    }

    @Test
    void secondAuditOfADayDoesNothing() {
        audit();
        audit();

        assertThat(polaris.count("public.recon_runs")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "delete from public.entitlements where source = 'paypal' | missing_entitlement pa,tier_mismatch '' |"
                + " select private.settle_payment(id) from public.payments where payment_ref = 'pa'",
        "update public.entitlements set revoked_at = now() where source = 'paypal' | missing_entitlement pa,tier_mismatch '' |"
                + " update public.entitlements set revoked_at = null",
        "update public.payments set refunded_minor = captured_minor where payment_ref = 'pa' | extra_entitlement pa |"
                + " update public.payments set refunded_minor = 0",
        "update public.payments set payment_ref = 'px', user_id = null where payment_ref = 'pa' | extra_entitlement pa |"
                + " update public.entitlements set revoked_at = now() where source = 'paypal'; update public.profiles set tier = 'free' where tier = 'pro' and id::text like 'a11ce%'",
        "update public.payments set lost_minor = 1, captured_minor = 0, user_id = null where payment_ref = 'pa';"
                + " delete from public.entitlements where source = 'paypal' | amount_mismatch pa,refund_exceeds_capture pa |"
                + " update public.payments set lost_minor = 0, captured_minor = 49900 where payment_ref = 'pa'",
        "update public.payments set captured_minor = 100 where payment_ref = 'pa' | amount_mismatch pa |"
                + " update public.payments set captured_minor = 49900 where payment_ref = 'pa'",
        "update public.ledger_postings set amount_minor = amount_minor + 1 where account_code = 'cash_paypal' | unbalanced_entry pa |"
                + " update public.ledger_postings set amount_minor = 49900 where account_code = 'cash_paypal'",
        "insert into public.payment_events (provider, event_id, event_type, occurred_at, payment_ref, received_at)"
                + " values ('paypal', 'f', 'payment_failed', now(), 'pf', now() - interval '25 hours') | failed_event pf |"
                + " update public.payment_events set status = 'ignored'",
        "update public.profiles set tier = 'vip' where role = 'user' and tier = 'pro' and id::text like 'a11ce%' | tier_mismatch '' |"
                + " update public.profiles set tier = 'pro' where tier = 'vip'",
        "insert into public.affiliate_commissions (affiliate_id, referral_id, kind, provider, payment_ref, base_minor, rate_bps, amount_minor, currency_code)"
                + " values (gen_random_uuid(), gen_random_uuid(), 'accrued', 'paypal', 'pa', 49900, 1000, 4991, 'PHP') | commission_mismatch pa |"
                + " update public.affiliate_commissions set amount_minor = 4990",
        "insert into public.affiliate_payouts (affiliate_id, amount_minor, currency_code, payout_method, period_start, period_end, updated_at)"
                + " values (gen_random_uuid(), 1, 'PHP', '{}', '2026-03-01', '2026-03-01', now() - interval '1 day') | payout_mismatch '' |"
                + " update public.affiliate_payouts set status = 'canceled', failure_reason = 'x'"})
    void eachFaultIsFoundOnceAndClosesByItself(String fault, String findings, String mend) {
        damage(fault);
        List<String> expected = Stream.of(findings.split(",")).map(finding -> finding.replace("''", "")).toList();

        audit();
        assertThat(open()).isEqualTo(expected);
        auditAgain();
        assertThat(open()).isEqualTo(expected);
        assertThat(polaris.count("public.recon_findings")).as("findings after the second audit").isEqualTo(expected.size());
        assertThat(service.value(Long.class, "select count(*) from public.recon_findings where seen_run_id <> run_id")).isEqualTo(expected.size());

        // Older than the days that the daily audit covers.
        damage("update public.payments set updated_at = '2020-01-01'; update public.entitlements set updated_at = '2020-01-01'");
        damage(mend);
        auditAgain();
        assertThat(open()).isEmpty();
        assertThat(service.value(Long.class, "select count(*) from public.recon_findings where resolved_run_id is not null and resolved_by is null")).isEqualTo(expected.size());

        damage("update public.payments set updated_at = now() - interval '1 day'; update public.entitlements set updated_at = now() - interval '1 day'");
        auditAgain();
        assertThat(open()).isEmpty();
    }

    @Test
    void entryWithoutPostingsIsFound() {
        damage("delete from public.ledger_postings where account_code in ('cash_paypal', 'sales')"
                + " and entry_id in (select l.id from public.ledger_entries as l join public.payments as p on p.id = l.payment_id where p.provider = 'paypal')");
        audit();

        assertThat(open()).containsExactly("unbalanced_entry pa");
    }

    @Test
    void failedReportOfTodayIsNotFound() {
        damage("insert into public.payment_events (provider, event_id, event_type, occurred_at, payment_ref) values ('paypal', 'f', 'payment_failed', now(), 'pf')");
        audit();

        assertThat(open()).isEmpty();
    }

    @Test
    void unsettledEntitlementIsFoundAsTierMismatch() {
        damage("update public.entitlements set starts_at = now() - interval '2 months', ends_at = now() - interval '1 hour', tier_due_at = now() - interval '1 hour',"
                + " updated_at = '2020-01-01' where source = 'paypal'");
        audit();

        assertThat(open()).contains("tier_mismatch ");
        assertThat(service.rows("select user_id, expected_status, actual_status from public.v_recon_open where diff_type = 'tier_mismatch'").get(0))
                .containsEntry("user_id", ALICE.account()).containsEntry("expected_status", "free").containsEntry("actual_status", "pro");
    }

    @Test
    void findingClosedByAnAdminStaysClosedUntilTheDifferenceChanges() {
        damage("update public.payments set captured_minor = 100 where payment_ref = 'pa'");
        audit();
        UUID finding = service.value(UUID.class, "select id from public.v_recon_open");

        polaris.as(ADMIN).rows("select public.recon_mark_resolved(?, 'A discount.')", finding);
        assertThat(operator.rows("select resolved_by, resolution from public.recon_findings").get(0))
                .containsEntry("resolved_by", ADMIN.account()).containsEntry("resolution", "A discount.");
        assertThat(operator.value(UUID.class, "select actor_user_id from public.audit_logs where table_name = 'public.recon_findings'")).isEqualTo(ADMIN.account());
        auditAgain();
        assertThat(open()).isEmpty();
        damage("update public.payments set captured_minor = 50 where payment_ref = 'pa'");
        auditAgain();

        assertThat(open()).containsExactly("amount_mismatch pa");
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.recon_mark_resolved(?, 'Again.')", finding)).is(sqlState(NO_DATA_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aFindingIsClosedWithAReason(String note) {
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.recon_mark_resolved(gen_random_uuid(), ?)", note)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.recon_mark_resolved(gen_random_uuid(), null)")).is(sqlState(INVALID_PARAMETER));
    }

    @Test
    void auditResumesWhereTheLastStoppedAndCoversAll() {
        // Nine more payments without an entitlement, three of them at the same time.
        damage("""
                insert into public.payments (provider, payment_ref, user_id, claimed_at, plan_code, currency_code, captured_minor, captured_at, updated_at)
                select 'paypal', 'm' || i, 'a11ce000-0000-4000-8000-000000000001', now(), 'pro', 'PHP', 49900, now(), now() - interval '1 day' - greatest(i, 3) * interval '1 minute'
                from generate_series(1, 9) as i
                """);
        UUID job = service.value(UUID.class, "select public.recon_enqueue_daily('entitlements_audit', current_date - 3, current_date)");
        UUID run = service.value(UUID.class, "select public.recon_run_start(?)", job);
        int batches = 0;
        boolean more = true;
        String from = "2020-01-01";
        while (more && batches < 20) {
            var did = operator.rows("""
                    select did ->> 'until' as until, (did ->> 'more')::boolean as more
                    from private.audit_entitlements(?, ?::timestamptz, now(), 2) as did
                    """, run, from).get(0);
            from = (String) did.get("until");
            more = (Boolean) did.get("more");
            batches++;
        }

        assertThat(more).isFalse();
        assertThat(batches).isBetween(3, 8);
        assertThat(open()).hasSize(9).allMatch(finding -> finding.startsWith("missing_entitlement m"));
    }

    @Test
    void partialAuditIsResumed() {
        UUID job = service.value(UUID.class, "select public.recon_enqueue_daily('entitlements_audit', current_date - 300, current_date - 299)");
        UUID run = service.value(UUID.class, "select public.recon_run_start(?)", job);
        service.rows("select public.recon_run_finish(?, 'partial', jsonb_build_object('until', now() + interval '1 day'))", run);

        assertThat(service.value(String.class, "select public.run_job('reconciliation')")).isEqualTo("done");

        assertThat(operator.rows("select status, attempts from public.recon_jobs where id = ?", job).get(0)).containsEntry("status", "succeeded").containsEntry("attempts", 2);
    }

    @Test
    void jobsQueuedByAdminsDoNotDelayTheDailyAudit() {
        polaris.as(ADMIN).rows("select public.recon_enqueue_daily('entitlements_audit', current_date, current_date + 300, '{\"daily\": \"true\"}', '2000-01-01')");
        for (int i = 0; i < 12; i++) {
            polaris.as(ADMIN).rows("select public.recon_enqueue_daily('entitlements_audit', current_date, current_date, jsonb_build_object('provider', ?::text), '2000-01-01')", "x" + i);
        }
        damage("delete from public.entitlements where source = 'paypal'");

        audit("succeeded ", "queued ");
        assertThat(open()).as("findings of the daily audit, which runs before jobs of admins").contains("missing_entitlement pa");
        operator.update("update public.recon_jobs set date_from = date_from - 1, date_to = date_to - 1 where params ->> 'daily' = 'true'");
        audit("succeeded ");
        assertThat(operator.value(Long.class, "select count(*) from public.recon_jobs where params ->> 'daily' = 'true' and status = 'succeeded'")).as("daily audits after the next day").isEqualTo(2);
    }

    @Test
    void onlyTheServiceMarksAJobAsDaily() {
        String queue = "select public.recon_enqueue_daily('entitlements_audit', ?::date, ?::date, '{\"daily\": \"true\", \"note\": \"x\"}')";
        String params = "select params::text from public.recon_jobs where id = ?";

        UUID job = polaris.as(ADMIN).value(UUID.class, queue, "2026-01-01", "2026-01-01");
        assertThat(operator.value(String.class, params, job)).isEqualTo("{\"note\": \"x\"}");
        job = service.value(UUID.class, queue, "2026-01-02", "2026-01-02");
        assertThat(operator.value(String.class, params, job)).isEqualTo("{\"note\": \"x\", \"daily\": \"true\"}");
    }

    @Test
    @OfItsOwn
    void auditStopsBeforeItsTimeoutAndTheNextResumes() {
        operator.script("""
                alter function private.audit_entitlements(uuid, timestamptz, timestamptz, integer) rename to quick;
                create function private.audit_entitlements(p_run uuid, p_from timestamptz, p_to timestamptz, p_limit integer)
                returns jsonb language sql volatile set search_path = '' as $$
                    select pg_catalog.pg_sleep(0.2);
                    select '{"looked": 1, "opened": 0, "seen": 0, "closed": 0, "more": true}'::jsonb || jsonb_build_object('until', p_from + interval '1 minute')
                $$;
                """);
        operator.update("alter role authenticator in database \"" + polaris.name() + "\" set statement_timeout = '2s'");
        Session slow = polaris.as(SERVICE);
        slow.update("set statement_timeout = '2s'");

        for (int run = 1; run <= 2; run++) {
            assertThat(slow.value(String.class, "select public.run_job('reconciliation')")).isEqualTo("done");
            assertThat(operator.column(String.class, "select status from public.recon_runs")).hasSize(run).containsOnly("partial");
        }
        assertThat(operator.value(Long.class, "select sum((stats ->> 'looked')::integer) from public.recon_runs")).isBetween(2L, 12L);
        assertThat(operator.value(Boolean.class, "select (stats ->> 'until')::timestamptz = (select min((e.stats ->> 'until')::timestamptz) from public.recon_runs as e)"
                + " + (stats ->> 'looked')::integer * interval '1 minute' from public.recon_runs order by started_at desc limit 1")).as("second run resumed where the first stopped").isTrue();
        assertThat(operator.value(Boolean.class, "select (result ->> 'more')::boolean from public.job_runs order by started_at desc limit 1")).isTrue();
    }

    private void audit(String... states) {
        assertThat(service.value(String.class, "select public.run_job('reconciliation')")).isEqualTo("done");
        assertThat(operator.column(String.class, "select status || ' ' || coalesce(last_error, '') from public.recon_jobs where job_type = 'entitlements_audit'")).containsOnly(states);
    }

    @Test
    void failedAuditRecordsItsErrorAndTheNextCoversItsDays() {
        operator.script("alter table public.tier_plans rename to away");
        assertThat(service.value(String.class, "select public.run_job('reconciliation')")).isEqualTo("done");
        assertThat(operator.value(String.class, "select status || ' ' || last_error from public.recon_jobs")).startsWith("failed 42P01: ");
        operator.script("alter table public.away rename to tier_plans");

        assertThat(service.value(String.class, "select public.run_job('reconciliation')")).isEqualTo("done");
        assertThat(operator.column(String.class, "select status from public.recon_jobs order by created_at")).containsExactly("failed", "succeeded");
    }

    @Test
    @OfItsOwn
    void auditOverlapsTheLastByTwoDaysAndCoversAtMostAMonth() {
        audit();
        assertThat(operator.value(Integer.class, "select " + YESTERDAY + " - date_from from public.recon_jobs")).isEqualTo(31);
        operator.update("update public.recon_jobs set date_to = date_to - 1");
        audit();
        assertThat(operator.value(Integer.class, "select min(" + YESTERDAY + " - date_from) from public.recon_jobs")).isEqualTo(2);
        operator.update("update public.recon_jobs set date_from = date_from - 10, date_to = date_to - 10");
        audit();
        assertThat(operator.column(Integer.class, "select " + YESTERDAY + " - date_from from public.recon_jobs order by created_at desc limit 1")).containsExactly(9);
    }

    // Jobs and runs

    @Test
    @OfItsOwn
    void jobIsQueuedOnceAndRunByOneWorker() {
        UUID job = polaris.as(ADMIN).value(UUID.class, "select public.recon_enqueue_daily('settlements', '2026-01-01', '2026-01-31', '{\"provider\": \"paypal\"}')");
        assertThat(polaris.as(ADMIN).value(UUID.class, "select public.recon_enqueue_daily('settlements', '2026-01-01', '2026-01-31', '{\"provider\": \"paypal\"}')")).isEqualTo(job);
        assertThat(operator.value(UUID.class, "select created_by from public.recon_jobs")).isEqualTo(ADMIN.account());

        var runs = IntStream.range(0, 4).mapToObj(i -> polaris.as(SERVICE)).toList().stream()
                .map(session -> Meanwhile.get(() -> session.rows("select public.recon_run_start(?) as run", job).get(0).get("run"))).toList()
                .stream().map(java.util.concurrent.CompletableFuture::join).filter(java.util.Objects::nonNull).toList();

        assertThat(runs).hasSize(1);
        service.rows("select public.recon_run_finish(?, 'succeeded', '{\"looked\": 1}')", runs.get(0));
        assertThat(service.rows("select public.recon_run_start(?) as run", job).get(0).get("run")).as("run of a finished job").isNull();
        assertThat(polaris.as(ADMIN).value(UUID.class, "select public.recon_enqueue_daily('settlements', '2026-01-01', '2026-01-31', '{\"provider\": \"paypal\"}')")).isNotEqualTo(job);
        assertThatThrownBy(() -> service.rows("select public.recon_run_finish(?, 'failed')", runs.get(0))).is(sqlState(WRONG_STATE));
    }

    @Test
    void abandonedRunIsReplacedAfterAnHour() {
        UUID job = service.value(UUID.class, "select public.recon_enqueue_daily('settlements', '2026-01-01', '2026-01-31', '{\"provider\": \"paypal\"}')");
        service.rows("select public.recon_run_start(?)", job);
        assertThat(service.rows("select public.recon_run_start(?) as run", job).get(0).get("run")).isNull();
        operator.update("update public.recon_runs set started_at = now() - interval '61 minutes'");

        assertThat(service.value(UUID.class, "select public.recon_run_start(?)", job)).isNotNull();
        assertThat(operator.column(String.class, "select status from public.recon_runs order by started_at")).containsExactly("failed", "running");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null, '2026-01-01', '2026-01-01'", "'entitlements_audit', null, '2026-01-01'", "'settlements', '2026-01-01', '2026-01-01'",
        "'settlements', '2026-01-01', '2026-01-01', '{\"provider\": \"adyen\"}'"})
    void aJobNeedsWhatItIsAbout(String arguments) {
        assertThatThrownBy(() -> service.rows("select public.recon_enqueue_daily(" + arguments + ")")).is(sqlState(INVALID_PARAMETER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'other', '2026-01-01', '2026-01-01'", "'entitlements_audit', '2026-01-02', '2026-01-01'", "'entitlements_audit', '2020-01-01', '2026-01-01'",
        "'entitlements_audit', '2026-01-01', '2026-01-01', '[]'", "'entitlements_audit', '2026-01-01', '2026-01-01', '{}', 'infinity'"})
    void aJobKeepsToTheScale(String arguments) {
        assertThatThrownBy(() -> service.rows("select public.recon_enqueue_daily(" + arguments + ")")).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void unknownJobsAndRunsAreRejected() {
        assertThatThrownBy(() -> service.rows("select public.recon_run_start(gen_random_uuid())")).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> service.rows("select public.recon_run_finish(gen_random_uuid(), 'running')")).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> service.rows("select public.recon_run_finish(gen_random_uuid(), null)")).is(sqlState(INVALID_PARAMETER));
    }

    // Settlements

    private String settle(String provider, String rows) {
        return service.value(String.class, "select (did ->> 'opened') || (did ->> 'seen') || (did ->> 'closed') from public.reconcile_settlements(?, " + YESTERDAY + ", ?::jsonb) as did",
                provider, rows);
    }

    private static String row(String ref, long amount, String currency, String more) {
        return "{\"payment_ref\": \"" + ref + "\", \"amount_minor\": " + amount + ", \"currency_code\": \"" + currency + "\"" + more + "}";
    }

    private static final String AGREES = "[" + row("pa", 49900, "PHP", "") + "]";

    @Test
    void matchingSettlementHasNoFindings() {
        assertThat(settle("paypal", AGREES)).isEqualTo("000");
        assertThat(open()).isEmpty();
        assertThat(operator.value(String.class, "select job_type || ' ' || status || ' ' || (params ->> 'provider') from public.recon_jobs")).isEqualTo("settlements succeeded paypal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[]                                                                                                          | missing_provider_event pa",
        "[{'payment_ref': 'pa', 'amount_minor': 49800, 'currency_code': 'PHP'}]                                      | amount_mismatch pa",
        "[{'payment_ref': 'pa', 'amount_minor': 49900, 'currency_code': 'USD'}]                                      | currency_mismatch pa",
        "[{'payment_ref': 'pa', 'amount_minor': 49900, 'currency_code': 'PHP', 'status': 'refunded'}]                | status_mismatch pa",
        "[{'payment_ref': 'pa', 'amount_minor': 49900, 'currency_code': 'PHP'}, {'payment_ref': 'new', 'amount_minor': 1, 'currency_code': 'PHP'}] | missing_internal_event new"})
    void whatDiffersIsFoundOnceAndClosesByItself(String rowsWithTicks, String finding) {
        String rows = rowsWithTicks.replace('\'', '"');
        assertThat(settle("paypal", rows)).isEqualTo("100");
        assertThat(settle("paypal", rows)).isEqualTo("010");
        assertThat(open()).containsExactly(finding);
        audit();
        assertThat(open()).as("findings after an audit, which ignores settlements").containsExactly(finding);

        assertThat(settle("paymongo", "[" + row("pb", 49900, "PHP", "") + "]")).as("settlement of another provider").isEqualTo("000");
        assertThat(settle("paypal", AGREES)).isEqualTo("001");
        assertThat(open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lost_minor = captured_minor, lost", "refunded_minor = captured_minor, refunded", "disputed_minor = 1, disputed", "refunded_minor = 1, captured"})
    void statesOfAPaymentAreThoseOfItsSums(String sums, String status) {
        damage("update public.payments set " + sums + " where payment_ref = 'pa'");

        assertThat(settle("paypal", "[" + row("pa", 49900, "PHP", ", \"status\": \"" + status + "\"") + "]")).isEqualTo("000");
    }

    @Test
    void laterSettlementClosesTheFinding() {
        settle("paypal", "[]");

        service.rows("select public.reconcile_settlements('paypal', " + YESTERDAY + " + 1, ?::jsonb)", AGREES);

        assertThat(open()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[{\"payment_ref\": \"a\"}]", "[{\"payment_ref\": \"\", \"amount_minor\": 1, \"currency_code\": \"PHP\"}]",
        "[{\"payment_ref\": \"a\", \"amount_minor\": 1, \"currency_code\": \"PHP\"}, {\"payment_ref\": \"a\", \"amount_minor\": 1, \"currency_code\": \"PHP\"}]",
        "[{\"payment_ref\": \"a\", \"amount_minor\": 1, \"currency_code\": \"PHP\", \"status\": \"odd\"}]"})
    void aSettlementThatCannotBeReadIsRefused(String rows) {
        assertThatThrownBy(() -> settle("paypal", rows)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> settle("adyen", AGREES)).is(sqlState(INVALID_PARAMETER));
        assertThat(polaris.count("public.recon_jobs")).isZero();
    }

    @Test
    void concurrentSettlementOfADayIsRejected() {
        UUID job = service.value(UUID.class, "select public.recon_enqueue_daily('settlements', " + YESTERDAY + ", " + YESTERDAY + ", '{\"provider\": \"paypal\"}')");
        service.rows("select public.recon_run_start(?)", job);

        assertThatThrownBy(() -> settle("paypal", AGREES)).is(sqlState(WRONG_STATE));
    }

    // Access

    @Test
    void onlyAdminsReadReconciliation() {
        damage("update public.payments set captured_minor = 100 where payment_ref = 'pa'");
        audit();

        for (String relation : List.of("recon_jobs", "recon_runs", "recon_findings", "v_recon_open")) {
            assertThat(polaris.as(ADMIN).value(Long.class, "select count(*) from public." + relation)).as(relation).isEqualTo(1);
            assertThat(polaris.as(ALICE).value(Long.class, "select count(*) from public." + relation)).as(relation).isZero();
            assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public." + relation)).as(relation).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recon_jobs", "recon_runs", "recon_findings"})
    void nobodyWritesPastTheFunctions(String table) {
        for (Caller caller : List.of(ANON, ALICE, ADMIN, SERVICE)) {
            for (String statement : List.of("delete from public.", "truncate public.")) {
                assertThatThrownBy(() -> polaris.as(caller).update(statement + table)).as(caller.toString()).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
            assertThatThrownBy(() -> polaris.as(caller).update("insert into public." + table + " default values")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> polaris.as(caller).update("update public." + table + " set id = id")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recon_enqueue_daily('entitlements_audit', '2026-01-01', '2026-01-01')", "recon_mark_resolved(gen_random_uuid(), 'x')",
        "recon_run_start(gen_random_uuid())", "recon_run_finish(gen_random_uuid(), 'failed')", "reconcile_settlements('paypal', '2026-01-01', '[]')"})
    void visitorsAndLearnersCallNothing(String call) {
        for (Caller caller : List.of(ANON, ALICE)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select public." + call)).as(caller.toString()).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recon_run_start(gen_random_uuid())", "recon_run_finish(gen_random_uuid(), 'failed')", "reconcile_settlements('paypal', '2026-01-01', '[]')",
        "run_job('reconciliation')"})
    void adminsRunNothing(String call) {
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public." + call)).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void deletingAccountsRemovesThemFromReconciliation() {
        damage("update public.payments set captured_minor = 100 where payment_ref = 'pa'");
        audit();
        polaris.as(ADMIN).rows("select public.recon_enqueue_daily('settlements', '2026-01-01', '2026-01-31', '{\"provider\": \"paypal\"}')");
        polaris.as(ADMIN).rows("select public.recon_mark_resolved(id, 'A discount.') from public.v_recon_open");

        operator.update("delete from auth.users where id in (?, ?)", ALICE.account(), ADMIN.account());

        assertThat(operator.rows("select user_id, resolved_by, resolution from public.recon_findings").get(0))
                .containsEntry("user_id", null).containsEntry("resolved_by", null).containsEntry("resolution", "A discount.");
        assertThat(operator.value(Long.class, "select count(*) from public.recon_jobs where created_by is not null")).isZero();
    }
}
