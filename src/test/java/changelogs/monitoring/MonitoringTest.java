package changelogs.monitoring;

import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Await;
import changelogs.testing.Caller;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The queries, alert rules and dashboard of {@code ops/monitoring} work on a real Prometheus and exporter. */
@Isolated("Creates a role, which other tests would find in the catalog, and uses much CPU time.")
class MonitoringTest {

    private static final String PASSWORD = "monitoring";
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void alertRulesPassTheirTests() {
        Skip.without("tests of monitoring", "promtool");
        Command.Result result = Command.of("promtool", "test", "rules", Prometheus.OPS.resolve("alerts_test.yaml").toString()).merged().run();

        assertThat(result.out()).contains("SUCCESS");
        assertThat(result.status()).as(result.out()).isZero();
    }

    @Test
    void prometheusAcceptsItsConfiguration() {
        Skip.without("tests of monitoring", "promtool");
        Command.Result result = Command.of("promtool", "check", "config", Prometheus.OPS.resolve("prometheus.yml").toString()).merged().run();

        assertThat(result.status()).as(result.out()).isZero();
    }

    @Test
    void everyAlertIsTestedAndDescribed() throws IOException {
        List<String> alerts = found("- alert: (\\w+)", Prometheus.OPS.resolve("alerts.yaml"));

        assertThat(found("alertname: (\\w+)", Prometheus.OPS.resolve("alerts_test.yaml"))).containsAll(alerts);
        assertThat(found("\\| `(\\w+)` \\| (?:page|ticket) ", Prometheus.OPS.resolve("README.md"))).containsExactlyElementsOf(alerts);
        assertThat(alerts).hasSize(16);
    }

    @Test
    void everyScheduledJobOfPolarisIsMonitored() throws IOException {
        assertThat(found("(?m)^ +\\('(\\w+)', '\\d{4}', \\d+\\)", Path.of("ops", "polaris", "monitoring.yaml")))
                .containsExactlyElementsOf(found("; select public\\.run_job\\('(\\w+)'\\)", Path.of("ops", "polaris", "verify.sql")));
    }

    /** An import overwrites a dashboard that has the same id, and a fixed data source exists only in the Grafana where the dashboard was made. */
    @Test
    void dashboardCanBeImportedIntoAnyGrafana() throws IOException {
        Map<String, Object> dashboard = dashboard();
        List<String> variables = found("\"name\": \"(\\w+)\"", Prometheus.OPS.resolve("dashboard.json"));

        assertThat(dashboard).containsKeys("uid", "title", "schemaVersion").doesNotContainKeys("id", "__inputs", "__requires");
        assertThat((List<?>) dashboard.get("panels")).extracting("id").doesNotContainNull().doesNotHaveDuplicates();
        assertThat(found("\"uid\": \"([^\"]+)\"", Prometheus.OPS.resolve("dashboard.json")).stream().distinct()).containsExactly("changelogs", "${datasource}");
        assertThat(found("\\$\\{?(\\w+)", Prometheus.OPS.resolve("dashboard.json")).stream().distinct()).isSubsetOf(variables);
    }

    /** Also draws the dashboard into dashboard.svg with {@code -Dupdate.pages}. */
    @Test
    void eachFaultFiresItsAlertAndEachQueryOfTheDashboardReturnsData() throws Exception {
        Skip.without("tests of monitoring", "prometheus", "prometheus-postgres-exporter", "prometheus-node-exporter", "psql", "restic", "jq");
        try (Database polaris = Database.openMigrated("polaris")) {
            Skip.unless(polaris.operator().value(String.class, "select current_setting('shared_preload_libraries')").contains("pg_stat_statements"),
                    "monitoring needs pg_stat_statements in shared_preload_libraries");
            polaris.operator().script(Fixture.of("polaris"));
            polaris.operator().script("alter database \"" + polaris.name() + "\" set track_functions = 'pl'");
            polaris.operator().script("alter database \"" + polaris.name() + "\" set pg_stat_statements.track = 'top'");
            polaris.owner().script("create sequence public.numbers maxvalue 10; revoke all on sequence public.numbers from anon, authenticated, service_role");
            createRole(polaris);
            try (Prometheus prometheus = new Prometheus(folder, polaris.name(), "monitoring", PASSWORD)) {
                Faults faults = new Faults(polaris, prometheus);
                faults.startHealthy();
                Await.until("all metrics are present", LONG, () -> !prometheus.query("verify_offenders").isEmpty()
                        && !prometheus.query("backup_drill_last_success_timestamp_seconds").isEmpty() && !prometheus.query("job_failed_runs").isEmpty());
                Await.until("no alert fires", LONG, () -> prometheus.alerts().isEmpty());

                for (Map.Entry<String, Runnable> fault : faults.byAlert().entrySet()) {
                    assertThat(prometheus.alerts()).as("alerts before the fault").doesNotContain(fault.getKey());
                    Await.until(fault.getKey() + " fires", LONG, () -> {
                        if (!prometheus.alerts().contains(fault.getKey())) {
                            fault.getValue().run();
                            faults.pause();
                        }
                        return prometheus.alerts().contains(fault.getKey());
                    });
                    if (fault.getKey().equals("DrillMissing")) {
                        assertDashboardHasData(prometheus);
                    }
                }
                assertThat(faults.byAlert().keySet()).containsExactlyInAnyOrderElementsOf(found("- alert: (\\w+)", Prometheus.OPS.resolve("alerts.yaml")));
            } finally {
                polaris.operator().script("drop owned by monitoring; drop role monitoring");
            }
        }
    }

    private static Map<String, Object> dashboard() throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Prometheus.OPS.resolve("dashboard.json")));
    }

    private static void assertDashboardHasData(Prometheus prometheus) throws IOException {
        Map<String, Object> dashboard = dashboard();
        List<String> empty = new ArrayList<>();
        Picture picture = new Picture();
        for (Object entry : (List<?>) dashboard.get("panels")) {
            Map<?, ?> panel = (Map<?, ?>) entry;
            Map<?, ?> target = (Map<?, ?>) ((List<?>) panel.get("targets")).get(0);
            String expression = target.get("expr").toString().replace("$environment", "staging").replace("$system", "polaris");
            if (prometheus.query(expression).isEmpty()) {
                empty.add(panel.get("title").toString());
            }
            picture.add(panel, target.get("legendFormat").toString(), prometheus.queryRange(expression, Duration.ofMinutes(3)));
        }
        assertThat(empty).as("panels without data").isEmpty();
        if (System.getProperty("update.pages") != null) {
            Files.writeString(Prometheus.OPS.resolve("dashboard.svg"), picture.svg());
        }
    }

    private static void createRole(Database polaris) {
        // Hosted projects have the extension; plain PostgreSQL lets only superusers create it.
        polaris.operator().script("create extension pg_stat_statements schema extensions");
        Server server = TestServer.get().server();
        Command.Result result = Command.of("psql", "-X", "-v", "ON_ERROR_STOP=1", "-v", "password=" + PASSWORD, "-f", Prometheus.OPS.resolve("role.sql").toString())
                .with(Map.of("PGHOST", server.host(), "PGPORT", Integer.toString(server.port()), "PGDATABASE", polaris.name(),
                        "PGUSER", TestServer.get().creatorOfRoles(), "PGPASSWORD", Server.PASSWORD)).merged().run();
        assertThat(result.status()).as(result.out()).isZero();
    }

    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern).matcher(Files.readString(file)).results().map((MatchResult match) -> match.group(1)).toList();
    }

    /** The fault for each alert, in the order in which the test causes them; a fault is repeated until its alert fires. */
    private final class Faults {

        private final Database polaris;
        private final Prometheus prometheus;
        private final Session operator;
        private Connection holder;

        Faults(Database polaris, Prometheus prometheus) {
            this.polaris = polaris;
            this.prometheus = prometheus;
            operator = polaris.operator();
        }

        /** Prepares a database without faults, with a current backup and drill. */
        void startHealthy() throws IOException {
            polaris.as(Caller.ALICE).rows("select * from public.profiles");
            // The template may be older than the shortest time within which a job must succeed.
            operator.script("update extensions.databasechangelog set dateexecuted = now()");
            operator.script("""
                    create table public.bulk (id integer primary key);
                    alter table public.bulk enable row level security;
                    revoke all on table public.bulk from public, anon, authenticated, service_role
                    """);
            restic("init");
            snapshot("drill,seconds=60,snapshot=1", "now");
            snapshot("backup,rows=360", "now");
            writeBackups();
            writeVerify();
        }

        Map<String, Runnable> byAlert() {
            Map<String, Runnable> faults = new LinkedHashMap<>();
            faults.put("LimitNear", () -> operator.script("select setval('public.numbers', 8)"));
            faults.put("TableGrowsFast", () -> operator.script(
                    "insert into public.bulk select g from generate_series((select coalesce(max(id), 0) + 1 from public.bulk), (select coalesce(max(id), 0) + 20000 from public.bulk)) as g"));
            faults.put("DeadRows", () -> operator.script("delete from public.bulk"));
            faults.put("TriggerSlow", () -> operator.script("""
                    create or replace function private.slow() returns trigger language plpgsql set search_path = '' as $$
                    begin
                        perform pg_sleep(0.05);
                        return null;
                    end
                    $$;
                    create or replace trigger slow after insert on public.bulk for each statement execute function private.slow();
                    insert into public.bulk select max(id) + 1 from public.bulk having max(id) is not null;
                    insert into public.bulk select 1 where not exists (select from public.bulk)
                    """));
            faults.put("StatementSlow", () -> {
                operator.script("""
                        create or replace function public.slow() returns boolean language plpgsql volatile set search_path = '' as $$
                        begin
                            perform pg_sleep(0.6);
                            return false;
                        end
                        $$;
                        grant execute on function public.slow() to authenticated;
                        drop policy if exists slow on public.rubrics;
                        create policy slow on public.rubrics as restrictive for select to authenticated using ((select public.slow()))
                        """);
                polaris.as(Caller.ALICE).rows("select * from public.rubrics");
            });
            faults.put("JobFailed", () -> {
                operator.script("""
                        create or replace function private.run_job_sla() returns jsonb language plpgsql set search_path = '' as $$
                        begin
                            raise exception 'no answer';
                        end
                        $$
                        """);
                polaris.as(SERVICE).rows("select public.run_job('sla')");
            });
            faults.put("JobMissing", () -> operator.script(
                    "update extensions.databasechangelog set dateexecuted = now() - interval '2 days' where id = '0005-safe-checks'"));
            faults.put("VerifyFailed", this::writeVerify);
            faults.put("ChangesetsPending", () -> {
                operator.script("delete from extensions.databasechangelog where id = '0001-pgcrypto'");
                writeVerify();
            });
            faults.put("LedgerOutOfBalance", () -> {
                operator.script("""
                        set session_replication_role = 'replica';
                        update public.ledger_postings set amount_minor = amount_minor + 1
                        where entry_id = (select p.entry_id from public.ledger_postings as p limit 1) and amount_minor > 0;
                        set session_replication_role = 'origin'
                        """);
                writeVerify();
            });
            faults.put("VerifyMissing", () -> prometheus.write("verify",
                    verified().replaceFirst("(last_run_timestamp_seconds\\{.*} )\\d+", "$1" + (System.currentTimeMillis() / 1000 - 27 * 3600))));
            faults.put("BackupMissing", () -> replaceSnapshots("backup", "backup,rows=360", "27 hours ago"));
            faults.put("DrillMissing", () -> replaceSnapshots("drill", "drill,seconds=60,snapshot=1", "9 days ago"));
            faults.put("QueryFails", () -> operator.script("revoke select on extensions.databasechangelog from monitoring"));
            faults.put("LockWait", () -> {
                if (holder == null) {
                    holder = lock();
                    Session second = Session.in(polaris.name(), Server.OPERATOR);
                    Thread thread = new Thread(() -> second.rows("select count(*) from public.bulk"));
                    thread.setDaemon(true);
                    thread.start();
                }
            });
            faults.put("DatabaseUnreachable", () -> {
                release();
                operator.script("""
                        alter role monitoring nologin;
                        select pg_terminate_backend(a.pid) from pg_stat_activity as a where a.usename = 'monitoring'
                        """);
            });
            return faults;
        }

        /** A connection whose open transaction locks a table. */
        private Connection lock() {
            try {
                Connection connection = TestServer.get().server().connect(polaris.name(), Server.OPERATOR);
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("lock table public.bulk in access exclusive mode");
                }
                return connection;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void release() {
            try {
                holder.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void pause() {
            operator.rows("select pg_sleep(2)");
        }

        private void writeVerify() {
            prometheus.write("verify", verified());
        }

        private String verified() {
            return run(Command.of(Path.of("ops", "monitoring", "verify").toString(), "staging", "polaris").with(Map.of(
                    "POLARIS_STAGING_DB_URL", TestServer.get().server().url(polaris.name()), "POLARIS_STAGING_DB_USER", Server.MIGRATOR,
                    "POLARIS_STAGING_DB_PASSWORD", Server.PASSWORD)));
        }

        private void writeBackups() {
            prometheus.write("backup", run(Command.of(Path.of("ops", "backup", "list").toString(), "--metrics").with(repository())));
        }

        private void replaceSnapshots(String kind, String tags, String time) {
            for (Map<?, ?> snapshot : snapshots(kind)) {
                restic("forget", snapshot.get("short_id").toString());
            }
            snapshot(tags, time);
            writeBackups();
        }

        private List<Map<?, ?>> snapshots(String kind) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(restic("snapshots", "--json", "--tag", kind));
        }

        private void snapshot(String tags, String time) {
            String at = run(Command.of("date", "-d", time, "+%F %T")).trim();
            restic("backup", "--quiet", "--host", "staging-polaris", "--tag", tags, "--time", at, Prometheus.OPS.toString());
        }

        private String restic(String... arguments) {
            List<String> words = new ArrayList<>(List.of("restic"));
            words.addAll(List.of(arguments));
            return run(Command.of(words).with(repository()));
        }

        private Map<String, String> repository() {
            String repository = folder.resolve("repository").toString();
            return Map.of("BACKUP_REPOSITORY", repository, "BACKUP_PASSWORD", "secret", "RESTIC_REPOSITORY", repository, "RESTIC_PASSWORD", "secret");
        }

        private String run(Command command) {
            Command.Result result = command.run();
            assertThat(result.status()).as(result.out() + result.err()).isZero();
            return result.out();
        }
    }
}
