package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import liquibase.exception.UnexpectedLiquibaseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the lock of a run would not hold, no run begins. */
class TransactionPoolerTest {

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
    void connectionWithASessionOfItsOwnIsNotRefused(String url) {
        assertThatCode(() -> AtomicPostgresDatabase.refuseTransactionPooler(url)).doesNotThrowAnyException();
    }
}
