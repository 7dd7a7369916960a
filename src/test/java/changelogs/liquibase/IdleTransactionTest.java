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

/** Runs on a server that ends idle transactions quickly, with a changelog that takes long to read. */
class IdleTransactionTest {

    /** Number of changesets; reading and comparing them takes several times the server's limit. */
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
    void noTransactionIsOpenWhileTheChangelogIsRead() {
        changelog.updateCount(2);
        changelog.status();
        changelog.rollbackCount(1);

        assertThat(database.operator().value(Long.class, "select count(*) from " + Changelog.LOG)).isEqualTo(1);
    }
}
