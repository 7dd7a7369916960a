package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Command.Result;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ops/pg-env converts the variables of Maven into those of psql and other libpq programs. */
class PgEnvTest {

    @BeforeAll
    static void needsAShell() {
        Skip.unless(!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"), "tests of ops/pg-env, because it needs bash and this is Windows");
    }

    @Test
    void readsHostPortDatabaseUserAndPassword() throws Exception {
        assertThat(variables(env("jdbc:postgresql://db.example.com:6000/app"))).isEqualTo(Map.of(
                "PGHOST", "db.example.com", "PGPORT", "6000", "PGDATABASE", "app", "PGUSER", "maria", "PGPASSWORD", "p%41$ '\"\\"));
    }

    @Test
    void defaultsAreThoseOfTheJdbcDriver() throws Exception {
        assertThat(variables(env("jdbc:postgresql:///")))
                .containsEntry("PGHOST", "localhost").containsEntry("PGPORT", "5432").containsEntry("PGDATABASE", "maria");
    }

    @Test
    void onlyOptionsKnownToLibpqAreKept() throws Exception {
        assertThat(variables(env("jdbc:postgresql://h/d?sslmode=verify-ca&prepareThreshold=0&sslrootcert=%2Fetc%2Fca+one.pem&options=-c%20geqo=off"
                + "&ApplicationName=rollout&connectTimeout=7&reWriteBatchedInserts=true&targetServerType=primary&loadBalanceHosts=true")))
                .containsEntry("PGSSLMODE", "verify-ca").containsEntry("PGSSLROOTCERT", "/etc/ca one.pem").containsEntry("PGOPTIONS", "-c geqo=off")
                .containsEntry("PGAPPNAME", "rollout").containsEntry("PGCONNECT_TIMEOUT", "7").containsEntry("PGTARGETSESSIONATTRS", "primary")
                .containsEntry("PGLOADBALANCEHOSTS", "random").hasSize(12);
    }

    @Test
    void sslWithoutAModeMeansVerifyFull() throws Exception {
        assertThat(variables(env("jdbc:postgresql://h/d?ssl=true"))).containsEntry("PGSSLMODE", "verify-full");
        assertThat(variables(env("jdbc:postgresql://h/d?ssl=true&sslmode=require"))).containsEntry("PGSSLMODE", "require");
        assertThat(variables(env("jdbc:postgresql://h/d?ssl=false"))).doesNotContainKey("PGSSLMODE");
    }

    @Test
    void readsSeveralHostsAndIpv6Addresses() throws Exception {
        assertThat(variables(env("jdbc:postgresql://[2001:db8::1]:6000,other/d")))
                .containsEntry("PGHOST", "2001:db8::1,other").containsEntry("PGPORT", "6000,5432");
    }

    @Test
    void userAndPasswordOfTheUrlOverrideTheVariables() throws Exception {
        assertThat(variables(env("jdbc:postgresql://h/d?user=otto&password=a%2Bb"))).containsEntry("PGUSER", "otto").containsEntry("PGPASSWORD", "a+b");
    }

    @Test
    void existingPgVariablesAreRemoved() throws Exception {
        Result result = run(Map.of("PGSERVICE", "production", "PGHOSTADDR", "192.0.2.1", "PGOPTIONS", "-c x.y=z"), "jdbc:postgresql://h/d", "env");

        assertThat(variables(result)).containsOnlyKeys("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD");
    }

    @Test
    void printsVariablesThatAShellReadsBack() throws Exception {
        Result printed = run(Map.of(), "jdbc:postgresql://h/d%20e");
        Result shell = Command.of("bash", "-c", printed.out() + "printf '%s|%s' \"$PGDATABASE\" \"$PGPASSWORD\"").run();

        assertThat(shell.out()).isEqualTo("d e|p%41$ '\"\\");
    }

    @Test
    void missingVariablesAreReportedAndNothingRuns() throws Exception {
        Result result = run(Map.of("VECTORS_STAGING_DB_USER", "", "VECTORS_STAGING_DB_PASSWORD", ""), "jdbc:postgresql://h/d", "echo", "ran");

        assertThat(result).isEqualTo(new Result(2, "", "ops/pg-env: Set VECTORS_STAGING_DB_USER VECTORS_STAGING_DB_PASSWORD.\n"));
    }

    @Test
    void urlsInvalidForTheJdbcDriverAreRejected() throws Exception {
        for (String url : List.of("postgresql://h/d", "jdbc:postgresql://h", "jdbc:postgresql://h:port/d", "jdbc:postgresql://h/d%2")) {
            Result result = env(url);

            assertThat(result.status()).as(url).isEqualTo(2);
            assertThat(result.err()).as(url).contains("VECTORS_STAGING_DB_URL");
        }
    }

    @Test
    void psqlReachesTheDatabaseOfTheUrl() throws Exception {
        Skip.unless(Psql.isPresent(), "psql through ops/pg-env, because psql is not on the PATH");
        try (Database database = Database.openMigrated("vectors")) {
            Server server = TestServer.get().server();
            Result result = run(Map.of("VECTORS_STAGING_DB_USER", Server.MIGRATOR, "VECTORS_STAGING_DB_PASSWORD", Server.PASSWORD),
                    server.url(database.name()) + "?prepareThreshold=0&ApplicationName=by%20hand", "psql", "-XAtc",
                    "select current_database(), current_user, current_setting('application_name')");

            assertThat(result).isEqualTo(new Result(0, database.name() + "|postgres|by hand\n", ""));
        }
    }

    private static Result env(String url) {
        return run(Map.of(), url, "env");
    }

    private static Result run(Map<String, String> variables, String url, String... command) {
        List<String> words = new ArrayList<>(List.of("ops/pg-env", "staging", "vectors"));
        words.addAll(List.of(command));
        return Command.of(words).without("PG").with(Map.of("VECTORS_STAGING_DB_URL", url, "VECTORS_STAGING_DB_USER", "maria",
                "VECTORS_STAGING_DB_PASSWORD", "p%41$ '\"\\")).with(variables).run();
    }

    /** PG… variables in the environment of the command. */
    private static Map<String, String> variables(Result result) {
        Map<String, String> variables = new TreeMap<>();
        result.out().lines().filter(line -> line.startsWith("PG"))
                .forEach(line -> variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return variables;
    }
}
