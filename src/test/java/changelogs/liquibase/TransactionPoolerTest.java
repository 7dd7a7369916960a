package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import liquibase.database.DatabaseConnection;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LockException;
import liquibase.exception.UnexpectedLiquibaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs are refused if a pooler breaks the changelog lock. */
class TransactionPoolerTest {

    private static final int OTHERS = 6;

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "jdbc:postgresql://aws-0-eu-central-1.pooler.supabase.com:6543/postgres",
        "jdbc:postgresql://aws-0-eu-central-1.pooler.supabase.com:6543/postgres?sslmode=require",
        "jdbc:postgresql://db.abcdefghijklmnopqrst.supabase.co:6543/postgres",
    })
    void poolerInTransactionModeIsRefused(String url) {
        assertThatThrownBy(() -> AtomicPostgresDatabase.refuseTransactionPooler(url)).isInstanceOf(UnexpectedLiquibaseException.class)
                .hasMessageContaining("6543").hasMessageContaining("transaction mode").hasMessageContaining("5432");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "jdbc:postgresql://aws-0-eu-central-1.pooler.supabase.com:5432/postgres",
        "jdbc:postgresql://db.abcdefghijklmnopqrst.supabase.co:5432/postgres",
        "jdbc:postgresql://db.abcdefghijklmnopqrst.supabase.co/postgres",
        "jdbc:postgresql://127.0.0.1:6543/postgres",
        "offline:postgresql",
    })
    void directAndSessionModeUrlsAreAccepted(String url) {
        assertThatCode(() -> AtomicPostgresDatabase.refuseTransactionPooler(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default_pool_size = 20", "default_pool_size = 20\nserver_round_robin = 1", "default_pool_size = 1"})
    void poolerWithoutOtherClientsIsRefused(String pool) {
        try (PgBouncer pooler = PgBouncer.start(folder, "pool_mode = transaction", pool)) {
            assertRefused(pooler);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "server_round_robin = 1"})
    void poolerWithOtherClientsIsRefused(String setting) {
        try (PgBouncer pooler = PgBouncer.start(folder, "pool_mode = transaction", "default_pool_size = 4", setting)) {
            AtomicBoolean done = new AtomicBoolean();
            List<CompletableFuture<Void>> others = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                others.add(Meanwhile.run(() -> work(pooler, done)));
            }
            try {
                assertRefused(pooler);
            } finally {
                done.set(true);
                others.forEach(CompletableFuture::join);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default_pool_size = 20", "default_pool_size = 1"})
    void poolerInSessionModeIsAccepted(String pool) {
        try (PgBouncer pooler = PgBouncer.start(folder, "pool_mode = session", pool)) {
            changelog(pooler).update();
            changelog(pooler).rollbackCount(1);
        }
        assertThat(database.operator().value(Long.class, "select count(*) from " + Changelog.LOG)).isZero();
    }

    @Test
    void lockHeldByAnotherSessionIsDetected() throws SQLException {
        try (PgBouncer pooler = PgBouncer.start(folder, "pool_mode = transaction", "server_round_robin = 1");
                Connection run = connect(pooler); Connection other = connect(pooler)) {
            // Two sessions of the server, which the pooler assigns in turn.
            run.setAutoCommit(false);
            run.createStatement().execute("select 1");
            other.createStatement().execute("select 1");
            run.commit();
            AtomicPostgresDatabase postgres = new AtomicPostgresDatabase() {
                @Override
                public DatabaseConnection getConnection() {
                    return new JdbcConnection(run);
                }
            };
            postgres.setDefaultSchemaName("public");
            WaitingLockService lock = new WaitingLockService();
            lock.setDatabase(postgres);

            assertThatThrownBy(() -> lock.waitForLock(Duration.ofSeconds(1), Duration.ofMillis(5))).isInstanceOf(LockException.class)
                    .hasMessageContainingAll("now belongs to another session", "transaction mode", "select pg_terminate_backend(");
            assertThat(lock.hasChangeLogLock()).isFalse();
        }
    }

    private void assertRefused(PgBouncer pooler) {
        Session operator = database.operator();

        assertThatThrownBy(changelog(pooler)::update).hasMessageContaining("The connection goes through a pooler in transaction mode");
        assertThat(operator.value(Long.class, "select count(*) from pg_catalog.pg_locks where locktype = 'advisory'"
                + " and database = (select oid from pg_catalog.pg_database where datname = current_database())")).as("locks left behind").isZero();
        assertThat(operator.value(Boolean.class, "select to_regclass(?) is null", Changelog.LOG)).as("no log").isTrue();
    }

    private Changelog changelog(PgBouncer pooler) {
        Scratch.write(folder, Scratch.sql("notes", "create table public.notes ()", "drop table public.notes"));
        return Changelog.atUrl(folder, Scratch.FILE, pooler.url(database.name()));
    }

    private void work(PgBouncer pooler, AtomicBoolean done) {
        try (Connection connection = connect(pooler); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!done.get()) {
                statement.execute("select pg_sleep(random() * 0.01)");
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect(PgBouncer pooler) throws SQLException {
        return DriverManager.getConnection(pooler.url(database.name()) + "?prepareThreshold=0", Server.MIGRATOR, Server.PASSWORD);
    }
}
