package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that soon ends a session which is idle in a transaction, while a long changelog is read. */
class IdleTransactionTest {

    /** Reading and comparing them takes several times as long as the server waits. */
    private static final int CHANGESETS = 800;

    private static final String GUARD = """
            databaseChangeLog:
              - preConditions:
                  - sqlCheck:
                      expectedResult: "1"
                      sql: select 1

            """;

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    Changelog changelog;

    @BeforeEach
    void limitIdleTransactions() {
        Scratch.write(folder, Scratch.FILE, SmallChangesets.yaml(CHANGESETS).replaceFirst("databaseChangeLog:\n", GUARD));
        changelog = Changelog.at(folder, Scratch.FILE, database.name());
        database.operator().script("alter database " + database.name() + " set idle_in_transaction_session_timeout = '250ms'");
    }

    @Test
    void noTransactionIsOpenMeanwhile() {
        changelog.updateCount(2);
        changelog.status();
        changelog.rollbackCount(1);

        assertThat(database.operator().value(Long.class, "select count(*) from " + Changelog.LOG)).isEqualTo(1);
    }
}
