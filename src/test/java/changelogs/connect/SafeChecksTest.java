package changelogs.connect;

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
    final Database connect = Database.before("connect");

    @Test
    void missingCoreTablesAreReportedTogether() {
        connect.operator().script("drop table public.reminders, public.events, public.checkins");

        assertStops("Missing: table public.checkins, table public.events, table public.reminders.", "run those first");
    }

    @Test
    void sequenceDoesNotCountAsCoreTable() {
        connect.operator().script("drop table public.checkins; create sequence public.checkins");

        assertStops("Missing: table public.checkins.");
    }

    @Test
    void viewDoesNotCountAsCoreTable() {
        connect.operator().script("alter table public.checkins rename to entries; create view public.checkins as select * from public.entries");

        assertStops("Missing: table public.checkins.");
    }

    @Test
    void usersWithoutAKeyIsReported() {
        connect.operator().script("alter table public.users drop constraint users_pkey cascade");

        assertStops("Missing: column public.users.id uuid, unique or the primary key.");
    }

    @Test
    void conflictingRelationsAreReportedTogether() {
        connect.owner().script("create table public.reveals (id integer); create sequence public.matches; create view public.blind_chats as select 1 as id");

        assertStops("In the way: sequence public.matches, view public.blind_chats, table public.reveals.", "changelogSync");
    }

    @Test
    void tableCreatedBeforeGoLiveIsReportedAndKept() {
        connect.changelog().in("production").update();
        connect.owner().script("create table public.matches (id integer)");

        assertThatThrownBy(() -> connect.changelog().in("production,connect-live").update()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("In the way: table public.matches.").hasMessageContaining("changelogSync");

        assertThat(connect.operator().column(String.class, """
                select attname::text from pg_attribute where attrelid = 'public.matches'::regclass and attnum > 0
                """)).containsExactly("id");
    }

    @Test
    void missingNameAndAvatarColumnsFailConnectBeforeItsFirstTable() {
        connect.operator().script("alter table public.users rename column avatar_url to picture; alter table public.users alter column display_name type varchar");

        assertStops("Missing: column public.users.display_name text, column public.users.avatar_url text.");
    }

    @Test
    void astroFieldsDoNotNeedTheTablesAndColumnsOfConnect() {
        connect.operator().script("""
                drop table public.reminders, public.events, public.checkins;
                alter table public.users drop column avatar_url;
                create table public.matches (id integer);
                """);
        Changelog waiting = connect.changelog().in("production");

        waiting.update();

        assertThat(connect.operator().value(Boolean.class, "select exists (select from pg_attribute where attrelid = 'public.users'::regclass and attname = 'hd_type')"))
                .isTrue();
        assertThatThrownBy(() -> connect.changelog().in("production,connect-live").update()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("Missing: table public.checkins, table public.events, table public.reminders, column public.users.avatar_url text.")
                .hasMessageContaining("In the way: table public.matches.");
    }

    @Test
    void astroFieldsReportAMissingTableUsers() {
        connect.operator().script("alter table public.users rename to people");

        assertThatThrownBy(() -> connect.changelog().in("production").update()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("Missing: table public.users.");
    }

    @Test
    void databaseOfAnotherSystemIsRejectedByEveryCommand() {
        connect.changelog().update();
        connect.owner().update("""
                insert into extensions.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                values ('0001-init', 'vectors', 'x', now(), 0, 'EXECUTED')
                """);

        assertThatThrownBy(() -> connect.changelog().status()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("another system").hasMessageContaining("CONNECT_STAGING_DB_URL");
        assertThatThrownBy(() -> connect.changelog().rollbackCount(1)).hasMessageContaining("another system");
    }

    @Test
    void adoptingExistingObjectsChangesNothing() {
        connect.changelog().update();
        Session operator = connect.operator();
        operator.script("drop table extensions.databasechangelog");
        Catalog before = Catalog.of(operator);

        connect.changelog().changelogSync();
        connect.changelog().update();

        assertThat(Catalog.of(operator)).isEqualTo(before);
    }

    private void assertStops(String... messages) {
        Session operator = connect.operator();
        Catalog before = Catalog.of(operator);

        assertThatThrownBy(() -> connect.changelog().update()).isInstanceOf(LiquibaseFailed.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains(messages));

        assertThat(Catalog.of(operator)).isEqualTo(before);
        assertThat(operator.rows("select from " + Changelog.LOG + " where id ~ '^0001'")).isEmpty();
    }
}
