package changelogs.polaris;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** public.run_job runs one job at a time under each name and writes the result to job_runs. */
class JobsTest {

    private static final String RUN = "select public.run_job(?)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session service;

    @BeforeEach
    void people() {
        owner = People.signUp(polaris);
        service = polaris.as(SERVICE);
    }

    @Test
    void everyJobCanRunTwiceAndRecordsItsResult() {
        List<String> jobs = owner.rows("select substr(p.proname, 9) as job from pg_catalog.pg_proc as p where p.pronamespace = 'private'::regnamespace"
                + " and starts_with(p.proname, 'run_job_')").stream().map(row -> row.get("job").toString()).toList();
        assertThat(jobs).contains("assignments", "sla", "drip", "views", "tiers", "payments");
        for (String job : jobs) {
            for (int run = 0; run < 2; run++) {
                assertThat(service.value(String.class, RUN, job)).as(job).isEqualTo("done");
            }
            assertThat(owner.rows("select status, jsonb_typeof(result) as result, error from public.job_runs where job = ?", job))
                    .as(job)
                    .containsExactly(row("status", "done", "result", "object", "error", null),
                            row("status", "done", "result", "object", "error", null));
        }
        assertThat(polaris.count("private.leases")).as("leases still held").isZero();
    }

    @Test
    void unknownJobNamesAreRejected() {
        for (String job : new String[] {"nothing", "", "views()", "views(); drop table public.job_runs", "VIEWS", null}) {
            assertThatThrownBy(() -> service.rows(RUN, job)).as(job).is(sqlState(NO_DATA_FOUND)).hasMessageContaining("views");
        }
    }

    @Test
    void failedJobIsRolledBackAndItsErrorRecorded() {
        owner.update("create function private.run_job_broken() returns jsonb language plpgsql volatile security definer set search_path = ''"
                + " as $$ begin insert into public.settings (key, value) values ('half', '1'); raise exception 'no luck'; end $$");

        assertThat(service.value(String.class, RUN, "broken")).isEqualTo("failed");

        assertThat(owner.rows("select status, result, error, finished_at >= started_at as ended from public.job_runs"))
                .containsExactly(row("status", "failed", "result", null, "error", "P0001: no luck", "ended", true));
        assertThat(owner.value(Long.class, "select count(*) from public.settings where key = 'half'")).isZero();
        assertThat(service.value(Boolean.class, "select public.acquire_lease('broken', 'next', 60)")).as("lease is released").isTrue();
    }

    @Test
    void jobCanceledByStatementTimeoutIsRecordedAsFailed() {
        owner.update("create function private.run_job_endless() returns jsonb language plpgsql volatile security definer set search_path = ''"
                + " as $$ begin insert into public.settings (key, value) values ('half', '1'); perform pg_sleep(20); return '{}'; end $$");

        owner.script("set local statement_timeout = '300ms'; select public.run_job('endless')");

        assertThat(owner.rows("select status, error from public.job_runs"))
                .containsExactly(row("status", "failed", "error", "57014: canceling statement due to statement timeout"));
        assertThat(owner.value(Long.class, "select count(*) from public.settings where key = 'half'")).isZero();
        assertThat(service.value(Boolean.class, "select public.acquire_lease('endless', 'next', 60)")).as("lease is released").isTrue();
    }

    @Test
    @OfItsOwn
    void secondRunOfARunningJobIsSkipped() throws Exception {
        Connection running = polaris.owner().connection();
        running.setAutoCommit(false);
        try (Statement statement = running.createStatement()) {
            statement.execute("select public.run_job('views')");
        }

        assertThat(service.value(String.class, RUN, "views")).isEqualTo("skipped");
        assertThat(service.value(String.class, RUN, "tiers")).as("another job").isEqualTo("done");

        running.commit();
        assertThat(service.value(String.class, RUN, "views")).isEqualTo("done");
        assertThat(owner.value(String.class, "select error from public.job_runs where status = 'skipped'")).isEqualTo("another run is in progress");
    }

    @Test
    void jobIsSkippedWhileAnotherWorkerHoldsItsLease() {
        service.value(Boolean.class, "select public.acquire_lease('views', 'worker-1', 60)");

        assertThat(service.value(String.class, RUN, "views")).isEqualTo("skipped");
        assertThat(owner.value(String.class, "select error from public.job_runs")).startsWith("the lease is held by worker-1 until ");

        owner.update("update private.leases set expires_at = now() - interval '1 second'");
        assertThat(service.value(String.class, RUN, "views")).isEqualTo("done");
    }

    @Test
    void jobRunsAreDeletedAfterNinetyDaysPerJob() {
        owner.update("insert into public.job_runs (job, status, started_at, finished_at)"
                + " select job, 'done', now() - days * interval '1 day', now() - days * interval '1 day'"
                + " from unnest(array['views', 'tiers']) as job, unnest(array[89, 91]) as days");

        service.value(String.class, RUN, "views");

        assertThat(owner.value(Long.class, "select count(*) from public.job_runs where job = 'views'")).isEqualTo(2);
        assertThat(owner.value(Long.class, "select count(*) from public.job_runs where job = 'tiers'")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.run_job('views')", "private.run_job('views')", "private.run_job_views()"})
    void onlyTheServiceRunsJobs(String call) {
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select " + call)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void onlyAdminsReadJobRuns() {
        service.value(String.class, RUN, "tiers");

        assertThat(polaris.as(ADMIN).value(Long.class, "select count(*) from public.job_runs")).isEqualTo(1);
        assertThat(polaris.as(ALICE).value(Long.class, "select count(*) from public.job_runs")).isZero();
        for (Caller caller : List.of(ALICE, ADMIN, SERVICE)) {
            assertThatThrownBy(() -> polaris.as(caller).update("delete from public.job_runs")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }
}
