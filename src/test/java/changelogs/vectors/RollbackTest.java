package changelogs.vectors;

import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rollback loses no data unless data loss is allowed, and drops only objects of the changelog. */
class RollbackTest {

    @RegisterExtension
    final Database vectors = Database.before("vectors");

    @Test
    void rollbackKeepsTablesWithRows() {
        vectors.changelog().update();
        Game.populate(vectors);
        Session operator = vectors.operator();
        Catalog updated = Catalog.of(operator);
        var rows = operator.rows("select * from public.vector_progress order by id");

        assertThatThrownBy(() -> vectors.changelog().rollbackCount(vectors.changelog().changesets())).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("public.vector_progress holds data").hasMessageContaining("-DallowDataLoss=true").hasMessageContaining("liquibase:update");

        assertThat(operator.rows("select * from public.vector_progress order by id")).isEqualTo(rows);
        assertThatThrownBy(() -> vectors.as(ANON).rows("select * from public.vector_progress")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> vectors.as(ALICE).rows("select * from public.vector_progress")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        vectors.changelog().update();
        assertThat(Catalog.of(operator).objects()).as("catalog after the next update").isEqualTo(updated.objects());
        assertThat(operator.rows("select * from public.vector_progress order by id")).isEqualTo(rows);
    }

    @Test
    void rollbackDropsTablesWithRowsIfDataLossIsAllowed() {
        Session operator = vectors.operator();
        Catalog before = Catalog.of(operator);
        vectors.changelog().update();
        Game.populate(vectors);

        vectors.changelog().allowingDataLoss().rollbackCount(vectors.changelog().changesets());

        assertThat(Catalog.of(operator).objects()).isEqualTo(before.objects());
        assertThat(vectors.count("public.game_profiles")).isEqualTo(4);
    }

    @Test
    void rollbackKeepsObjectsThatExistedBefore() {
        Session owner = vectors.owner();
        owner.script("""
                create schema private;
                create function private.of_the_product() returns integer language sql as 'select 1';
                create function public.set_updated_at() returns trigger language plpgsql as 'begin new.updated_at := now(); return new; end';
                create index game_profiles_by_user on public.game_profiles (user_id);
                """);
        Session operator = vectors.operator();
        Catalog before = Catalog.of(operator);

        vectors.changelog().update();
        vectors.changelog().rollbackCount(vectors.changelog().changesets());

        assertThat(Catalog.of(operator).objects()).isEqualTo(before.objects());
    }

    @Test
    void invalidIndexOfAKilledRunIsRebuiltAndDroppedByRollback() {
        Session operator = vectors.operator();
        Catalog before = Catalog.of(operator);
        vectors.owner().script("create index idx_game_profiles_user_id_vectors on public.game_profiles (user_id)");
        operator.update("update pg_index set indisvalid = false where indexrelid = 'public.idx_game_profiles_user_id_vectors'::regclass");

        vectors.changelog().update();

        assertThat(operator.value(Boolean.class,
                "select indisvalid from pg_index where indexrelid = 'public.idx_game_profiles_user_id_vectors'::regclass")).isTrue();
        vectors.changelog().rollbackCount(vectors.changelog().changesets());
        assertThat(Catalog.of(operator).objects()).isEqualTo(before.objects());
    }

    @Test
    void rollbackKeepsFunctionsThatOtherObjectsUse() {
        vectors.changelog().update();
        vectors.owner().script("""
                create table public.notes (id integer, updated_at timestamptz);
                create trigger touch before update on public.notes for each row execute function public.set_updated_at();
                create function private.of_the_product() returns integer language sql as 'select 1';
                """);

        vectors.changelog().rollbackCount(vectors.changelog().changesets());

        assertThat(vectors.operator().value(String.class, "select to_regprocedure('public.set_updated_at()')::text")).isEqualTo("set_updated_at()");
        assertThat(vectors.operator().value(String.class, "select to_regprocedure('private.of_the_product()')::text")).isEqualTo("private.of_the_product()");
    }

    @Test
    void rollbackFailsIfAForeignViewDependsOnATable() {
        vectors.changelog().update();
        vectors.owner().script("create view public.summary as select count(*) from public.action_events");

        assertThatThrownBy(() -> vectors.changelog().rollbackCount(vectors.changelog().changesets())).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("view summary depends on table action_events");

        assertThat(vectors.operator().value(String.class, "select to_regclass('public.summary')::text")).isEqualTo("summary");
    }
}
