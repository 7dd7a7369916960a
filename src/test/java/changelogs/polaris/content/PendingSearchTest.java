package changelogs.polaris.content;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without pgvector, the changesets of search stay pending and all others run. */
class PendingSearchTest {

    private static final String RUN = "select count(*) from " + Changelog.LOG + " where id like '0010-%'";

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @Test
    void searchIsPendingWithoutPgvector() {
        Session owner = polaris.owner();
        Skip.unless(!Vectors.isThere(owner), "tests of a server without pgvector, because this one has it");

        assertThat(owner.column(String.class, "select id from " + Changelog.LOG + " where id like '0010-%' order by orderexecuted"))
                .containsExactly("0010-safe-checks", "0010-is-search-ready");
        assertThat(owner.rows("select from pg_class where relname in ('search_user_embeddings', 'search_catalog_embeddings', 'embedding_queue')")).isEmpty();
        assertThat(owner.rows("select from pg_attribute where attrelid = 'public.drills'::regclass and attname = 'embedding'")).isEmpty();
        assertThat(owner.rows("select from pg_trigger where tgrelid = 'public.drills'::regclass and tgname ~ 'enqueue'")).isEmpty();
        assertThat(owner.value(String.class, "select tag from " + Changelog.LOG + " where id = '0010-is-search-ready'")).isEqualTo("0010");
    }

    @Test
    void isSearchReadyReportsWhetherSearchIsInstalled() {
        People.signUp(polaris);
        boolean there = polaris.owner().value(Long.class, RUN) > 2;

        assertThat(polaris.as(ALICE).value(Boolean.class, "select public.is_search_ready()")).isEqualTo(there);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.is_search_ready()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void searchIsInstalledWithPgvectorAndRollbackKeepsAForeignExtension() {
        Session owner = polaris.owner();
        Vectors.needPgvector();
        polaris.changelog().rollbackToTag("0009");
        assertThat(owner.rows("select from pg_extension where extname = 'vector'")).as("extension created by the changelog, after rollback").isEmpty();

        owner.script("create extension vector with schema extensions");
        polaris.changelog().update();
        assertThat(Vectors.isThere(owner)).isTrue();
        polaris.changelog().rollbackToTag("0009");
        assertThat(owner.rows("select from pg_extension where extname = 'vector'")).as("extension that existed before the update").hasSize(1);
    }

    @Test
    void searchIsPendingWithTheExtensionInAnotherSchema() {
        Vectors.needPgvector();
        polaris.changelog().rollbackToTag("0009");
        polaris.operator().script("create schema elsewhere; create extension vector with schema elsewhere");

        polaris.changelog().update();

        assertThat(polaris.owner().value(Long.class, RUN)).as("changesets of 0010 that ran").isEqualTo(2);
        assertThat(Vectors.isThere(polaris.owner())).isFalse();
    }
}
