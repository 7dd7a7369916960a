package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.ops.Script;
import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs scheduled with pg_cron, which works in only one database of a server. */
class ScheduleTest {

    /** The database that the Dockerfile configures for pg_cron. */
    private static final String DATABASE = "scheduled";
    private static final String PENDING = "select count(*) from " + Changelog.LOG + " where id like '%-schedule%'";

    private final TestServer server = TestServer.get();

    @BeforeEach
    void onlyWherePgCronRuns() {
        try (Session operator = Session.in("postgres", Server.OPERATOR)) {
            String works = operator.value(String.class, "select current_setting('cron.database_name', true)");
            Skip.unless(DATABASE.equals(works), "schedules need a server where pg_cron works in a database " + DATABASE + "; here " + works);
        }
    }

    @AfterEach
    void resetDatabase() {
        recreateDatabase("template1");
    }

    @Test
    void polarisSchedulesAndRunsItsJobs() {
        Changelog polaris = system("polaris");
        try (Session owner = Session.in(DATABASE, Server.MIGRATOR)) {
            Map<String, String> schedules = schedules(owner);
            assertThat(schedules).containsAllEntriesOf(Map.of(
                    "polaris-drip", "*/5 * * * *", "polaris-views", "*/30 * * * *", "polaris-payments", "*/5 * * * *",
                    "polaris-tiers", "*/5 * * * *", "polaris-sla", "*/10 * * * *", "polaris-assignments", "*/15 * * * *",
                    "polaris-reconciliation", "15 22 * * *", "polaris-recap", "*/2 23 * * 6"));
            assertThat(schedules.keySet().stream().map(name -> "run_job_" + name.substring("polaris-".length()).replace('-', '_')))
                    .containsExactlyInAnyOrderElementsOf(owner.column(String.class, "select p.proname::text from pg_catalog.pg_proc as p"
                            + " where p.pronamespace = 'private'::regnamespace and starts_with(p.proname, 'run_job_')"));

            assertThat(verifyAfter("select")).isEqualTo("PASS 0");
            assertThat(verifyAfter("delete from cron.job where jobname = 'polaris-views'; update cron.job set active = false where jobname = 'polaris-drip'"))
                    .isEqualTo("FAIL 2");

            owner.rows("select cron.schedule(j.jobname, '1 second', j.command) from cron.job as j");
            await(owner, "select count(distinct r.job) from public.job_runs as r where r.status = 'done'", schedules.size());
            assertThat(owner.value(Long.class, "select count(*) from public.job_runs as r where r.status = 'failed'")).isZero();

            polaris.allowingDataLoss().rollbackToTag("0001");
            assertThat(schedules(owner)).isEmpty();
        }
    }

    @Test
    void describeItSchedulesCleanupAtNight() {
        Changelog describeIt = system("describe-it");
        try (Session owner = Session.in(DATABASE, Server.MIGRATOR)) {
            assertThat(schedules(owner)).isEqualTo(Map.of(
                    "describe-it-clean-expired-exports", "17 3 * * *", "describe-it-archive-export-history", "47 3 * * *",
                    "describe-it-queue-key-validations", "27 3 * * *"));

            owner.rows("select cron.schedule(j.jobname, '1 second', j.command) from cron.job as j");
            await(owner, "select count(distinct r.jobid) from cron.job_run_details as r where r.status = 'succeeded'", 3);
            assertThat(owner.value(Long.class, "select count(*) from cron.job_run_details as r where r.status = 'failed'")).isZero();

            describeIt.allowingDataLoss().rollbackCount(describeIt.changesets());
            assertThat(schedules(owner)).isEmpty();
        }
    }

    /** Migrates without pg_cron first, so that the changesets that need it are applied later. */
    private Changelog system(String system) {
        String template = server.unmigrated(system);
        recreateDatabase(template);
        server.discard(template);
        Changelog changelog = new Changelog(system, DATABASE);
        changelog.update();
        try (Session operator = Session.in(DATABASE, Server.OPERATOR)) {
            assertThat(operator.value(Long.class, PENDING)).as("schedules created without pg_cron").isZero();
            operator.script("create extension pg_cron; grant usage on schema cron to " + Server.MIGRATOR);
            changelog.update();
            assertThat(operator.value(Long.class, PENDING)).as("schedules created with pg_cron").isPositive();
        }
        return changelog;
    }

    private void recreateDatabase(String template) {
        server.drop(DATABASE);
        server.create(DATABASE, template);
    }

    /** The result of ops/polaris/verify.sql for the jobs. */
    private String verifyAfter(String change) {
        try (Connection operator = server.server().connect(DATABASE, Server.OPERATOR)) {
            return Script.at(Path.of("ops", "polaris", "verify.sql")).runAfter(change, operator).of("pg_cron jobs match the changelog");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> schedules(Session owner) {
        Map<String, String> schedules = new TreeMap<>();
        owner.rows("select j.jobname::text as name, j.schedule from cron.job as j").forEach(row -> schedules.put(row.get("name").toString(), row.get("schedule").toString()));
        return schedules;
    }

    private static void await(Session owner, String count, long expected) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<Map<String, Object>> runs = List.of();
        while (System.nanoTime() < deadline) {
            if (owner.value(Long.class, count) == expected) {
                return;
            }
            runs = owner.rows("select j.jobname, r.status, r.return_message from cron.job_run_details as r left join cron.job as j using (jobid)");
            owner.rows("select pg_sleep(0.2)");
        }
        throw new AssertionError("After a minute, the result is still not " + expected + ": " + count + "\n" + runs);
    }
}
