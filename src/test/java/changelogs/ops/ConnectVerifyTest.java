package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ops/connect/verify.sql passes on a correct database before and after go-live, and each check fails on its kind of damage. */
class ConnectVerifyTest {

    private static final List<Damage> DAMAGES = List.of(
            new Damage("core tables of the product exist", "drop table public.reminders; alter table public.checkins rename to entries", 2),
            new Damage("the eleven astro columns have the right types", """
                alter table public.users drop column hd_type;
                alter table public.users alter column astrology_enabled drop default, alter column astrology_enabled type text
                """, 2),
            new Damage("checks of the astrology columns exist", """
                alter table public.users drop constraint users_birth_latitude_range;
                alter table public.users drop constraint users_birth_longitude_range;
                alter table public.users add constraint users_birth_longitude_range check (birth_longitude between -180 and 180) not valid
                """, 2),
            new Damage("birth coordinates are within their ranges", """
                alter table public.users drop constraint users_birth_longitude_range;
                update public.users set birth_longitude = 999.5 where display_name = 'Alice'
                """, 1),
            new Damage("API roles cannot access Liquibase's log", "grant select on extensions.databasechangelog to anon", 1),
            new Damage("the six tables exist", "drop table public.match_feedback", 1),
            new Damage("constraints exist and are validated", """
                alter table public.connect_profiles drop constraint connect_profiles_ages_check;
                alter table public.reveals drop constraint reveals_requested_to_fkey;
                alter table public.reveals add constraint reveals_requested_to_fkey
                    foreign key (requested_to) references public.users (id) on delete set null not valid
                """, 2),
            new Damage("indexes exist and are valid", "drop index public.idx_matches_pair", 1),
            new Damage("indexes exist and are valid", """
                update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.idx_reveals_pending'::regclass
                """, 1),
            new Damage("triggers exist and are enabled", "alter table public.matches disable trigger trg_matches_ended", 1),
            new Damage("triggers exist and are enabled", "drop trigger trg_blind_chat_messages_stamp on public.blind_chat_messages", 1),
            new Damage("triggers exist and are enabled", "alter table public.blind_chats disable trigger all", 5),
            new Damage("row level security is enabled", "alter table public.matches disable row level security", 1),
            new Damage("policies of owner, participant and service exist", "drop policy matches_all_service on public.matches", 1),
            new Damage("policies of owner, participant and service exist", """
                alter policy matches_select_participant on public.matches to public;
                alter policy reveals_select_participant on public.reveals using (true);
                alter policy blind_chat_messages_insert_participant on public.blind_chat_messages with check (sender_user_id = (select auth.uid()))
                """, 3),
            new Damage("no other policy exists", "create policy everybody on public.matches for select using (true)", 1),
            new Damage("anon has no privileges", "grant select, truncate on public.matches to anon", 2),
            new Damage("anon has no privileges", "grant update (notes) on public.match_feedback to public", 1),
            new Damage("anon has no privileges", "grant execute on function public.respond_to_match(uuid, boolean) to public", 1),
            new Damage("grants of authenticated and service_role are complete", """
                grant select (user_a) on public.matches to authenticated;
                grant update on public.my_matches to authenticated;
                revoke delete on public.reveals from service_role
                """, 3),
            new Damage("users can call the functions, which are invokers", """
                alter function public.request_reveal(uuid) security definer;
                alter function private.cancel_reveal(uuid) reset search_path;
                revoke execute on function private.end_blind_chat(uuid) from authenticated
                """, 3),
            new Damage("views are security invokers", "alter view public.my_matches reset (security_invoker)", 1),
            new Damage("active profiles have consented", """
                alter table public.connect_profiles drop constraint connect_profiles_active_with_consent;
                update public.connect_profiles set consented_at = null where is_active
                """, 1),
            new Damage("each pair has at most one match that did not expire", """
                set session_replication_role = replica;
                drop index public.idx_matches_pair;
                insert into public.matches (user_a, user_b) select user_b, user_a from public.matches where status = 'closed';
                set session_replication_role = origin
                """, 1),
            new Damage("open matches have both users", """
                set session_replication_role = replica;
                delete from public.users where display_name = 'Carol';
                set session_replication_role = origin
                """, 1),
            new Damage("both users of open matches have consented", """
                set session_replication_role = replica;
                update public.connect_profiles set consented_at = null where not is_active;
                set session_replication_role = origin
                """, 2),
            new Damage("active chats belong to open matches", """
                set session_replication_role = replica;
                update public.matches set status = 'closed';
                set session_replication_role = origin
                """, 2),
            new Damage("messages have a chat and a side", """
                set session_replication_role = replica;
                delete from public.blind_chats where not is_active;
                set session_replication_role = origin
                """, 1),
            new Damage("previews reveal no content", """
                alter table public.blind_chat_messages drop constraint blind_chat_messages_content_preview_check;
                update public.blind_chat_messages set content_preview = 'hello' where content_preview is null
                """, 1),
            new Damage("reveal requests are between the two users of the match", """
                update public.reveals set requested_by = (select id from public.users where display_name = 'Carol') where status = 'pending'
                """, 1));

    @RegisterExtension
    static final Operations connect = Operations.of("connect");

    @TestFactory
    Stream<DynamicTest> verifySqlReportsEachKindOfDamage() {
        return connect.verifyFinds(DAMAGES);
    }

    @Test
    void goLiveAndRowCountsAreReported() throws SQLException {
        Outcome outcome = connect.verify();

        assertThat(outcome.lines()).first().isEqualTo("INFO  Connect is live");
        assertThat(outcome.of("rows in public.matches")).isEqualTo("INFO 3");
    }

    @Test
    void productionBeforeGoLivePassesUnlessObjectsOfConnectExist() throws SQLException {
        String waiting = TestServer.get().unmigrated("connect");
        try {
            new Changelog("connect", waiting).in("production").update();
            try (Connection operator = TestServer.get().server().connect(waiting, Server.OPERATOR)) {
                Script verify = Script.at(connect.script("verify.sql"));
                Outcome sound = verify.runAfter("select", operator);
                Outcome early = verify.runAfter("create table public.matches (id integer); create table public.reveals (id integer)", operator);

                assertThat(sound.lines()).first().isEqualTo("INFO  Connect waits for go-live");
                assertThat(sound.lines()).last().isEqualTo("9 passed, 0 failed");
                assertThat(early.of("no object of Connect exists")).isEqualTo("FAIL 2");
            }
        } finally {
            TestServer.get().drop(waiting);
        }
    }

    @Test
    void missingTableFailsOnlyItsChecks() throws SQLException {
        Outcome outcome = connect.verifyAfter("drop view public.my_reveals; drop table public.reveals");

        assertThat(outcome.of("reveal requests are between the two users of the match")).isEqualTo("FAIL relation \"public.reveals\" does not exist");
        assertThat(outcome.of("each pair has at most one match that did not expire")).isEqualTo("PASS 0");
    }

    @Test
    void apiRoleCannotRunVerifySql() throws SQLException {
        assertThat(connect.verifyAfter("set local role authenticated").error()).startsWith("ERROR: permission denied for table databasechangelog");
    }
}
