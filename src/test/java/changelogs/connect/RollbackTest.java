package changelogs.connect;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
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
    final Database connect = Database.ofItsOwn("connect");

    @Test
    void rollbackKeepsMatchesAndTheNextUpdateRestoresAccess() {
        Pair pair = Pair.chatting(connect);
        Session operator = connect.operator();
        Catalog updated = Catalog.of(operator);

        assertThatThrownBy(() -> connect.changelog().rollbackToTag("0001")).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("public.blind_chats holds data").hasMessageContaining("-DallowDataLoss=true").hasMessageContaining("liquibase:update");

        assertThatThrownBy(() -> connect.as(ALICE).rows("select id from public.matches")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> connect.as(ANON).rows("select id from public.matches")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        connect.changelog().update();
        assertThat(Catalog.of(operator).objects()).as("catalog after the next update").isEqualTo(updated.objects());
        assertThat(connect.as(ALICE).rows("select from public.my_matches")).hasSize(1);
        assertThat(pair.status()).isEqualTo("blind_chat_active");
    }

    @Test
    void rollbackDropsMatchesIfDataLossIsAllowed() {
        Pair.chatting(connect);

        connect.changelog().allowingDataLoss().rollbackToTag("0001");

        assertThat(connect.operator().value(Boolean.class, "select to_regclass('public.matches') is null")).isTrue();
        assertThat(connect.count("public.users")).isEqualTo(3);
    }

    @Test
    void functionsAreDroppedBeforeTheTableOfTheirRowArgument() {
        connect.changelog().rollbackToTag("0002");

        assertThat(connect.operator().value(Boolean.class, "select to_regclass('public.matches') is null")).isTrue();
        assertThat(connect.operator().rows("select from pg_proc where proname in ('is_match_participant', 'is_blind_chat_participant')")).isEmpty();
    }

    @Test
    void rollbackFailsIfAForeignPolicyUsesAFunction() {
        connect.owner().script("""
                create table public.notes (match_id uuid);
                alter table public.notes enable row level security;
                create policy notes_of_match on public.notes as restrictive for select to authenticated
                    using (match_id in (select s.match_id from private.list_my_match_sides() as s));
                """);

        assertThatThrownBy(() -> connect.changelog().rollbackToTag("0007")).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("policy notes_of_match on table notes depends on function private.list_my_match_sides()");

        assertThat(connect.operator().rows("select from pg_policy where polname = 'notes_of_match'")).hasSize(1);
    }

    @Test
    void rollbackKeepsForeignFunctionsInSchemaPrivate() {
        connect.owner().script("create function private.of_the_product() returns integer language sql as 'select 1'");

        connect.changelog().rollbackCount(connect.changelog().changesets());

        assertThat(connect.operator().value(String.class, "select to_regprocedure('private.of_the_product()')::text")).isEqualTo("private.of_the_product()");
    }
}
