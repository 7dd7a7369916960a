package changelogs.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An update of an unexpected database fails, names the fix and changes nothing. */
class SafeChecksTest {

    @RegisterExtension
    final Database vectors = Database.before("vectors");

    @Test
    void missingGameProfilesFailTheUpdate() {
        vectors.operator().script("drop table public.game_profiles");

        assertStops("Missing: table public.game_profiles");
    }

    @Test
    void viewDoesNotCountAsGameProfiles() {
        vectors.operator().script("alter table public.game_profiles rename to profiles; create view public.game_profiles as select * from public.profiles");

        assertStops("Missing: table public.game_profiles");
    }

    @Test
    void gameProfilesWithOtherColumnsIsReported() {
        vectors.operator().script("alter table public.game_profiles rename column user_id to owner_id");

        assertStops("Missing: column public.game_profiles.user_id uuid.");
    }

    @Test
    void gameProfilesWithoutAKeyIsReported() {
        vectors.operator().script("alter table public.game_profiles drop constraint game_profiles_pkey");

        assertStops("Missing: column public.game_profiles.id uuid, unique or the primary key.");
    }

    @Test
    void existingTableIsKeptAndChangelogSyncIsSuggested() {
        vectors.owner().script("create table public.vector_progress (id integer)");

        assertThatThrownBy(() -> vectors.changelog().update()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("In the way: public.vector_progress.").hasMessageContaining("changelogSync");
        assertThat(vectors.operator().column(String.class, """
                select a.attname from pg_attribute as a where a.attrelid = 'public.vector_progress'::regclass and a.attnum > 0
                """)).containsExactly("id");
    }

    @Test
    void databaseOfAnotherSystemIsRejectedByEveryCommand() {
        vectors.changelog().update();
        vectors.owner().update("""
                insert into extensions.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                values ('0001-init', 'polaris', 'x', now(), 0, 'EXECUTED')
                """);

        assertThatThrownBy(() -> vectors.changelog().status()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("another system").hasMessageContaining("VECTORS_STAGING_DB_URL");
        assertThatThrownBy(() -> vectors.changelog().rollbackCount(1)).hasMessageContaining("another system");
    }

    @Test
    void adoptingExistingObjectsChangesNothing() {
        vectors.changelog().update();
        Session operator = vectors.operator();
        operator.script("drop table extensions.databasechangelog");
        Catalog before = Catalog.of(operator);

        vectors.changelog().changelogSync();
        vectors.changelog().update();

        assertThat(Catalog.of(operator)).isEqualTo(before);
    }

    private void assertStops(String message) {
        Session operator = vectors.operator();
        Catalog before = Catalog.of(operator);

        assertThatThrownBy(() -> vectors.changelog().update()).isInstanceOf(LiquibaseFailed.class).hasMessageContaining(message);

        assertThat(Catalog.of(operator)).isEqualTo(before);
        assertThat(operator.rows("select from " + Changelog.LOG + " where id ~ '^0001'")).isEmpty();
    }
}
