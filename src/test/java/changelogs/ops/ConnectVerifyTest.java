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
            new Damage("core tables of the product are there", "drop table public.reminders; alter table public.checkins rename to entries", 2),
            new Damage("the eleven astro fields have their types", """
                alter table public.users drop column hd_type;
                alter table public.users alter column astrology_enabled drop default, alter column astrology_enabled type text
                """, 2),
            new Damage("birthplaces are checked", """
                alter table public.users drop constraint users_birth_latitude_range;
                alter table public.users drop constraint users_birth_longitude_range;
                alter table public.users add constraint users_birth_longitude_range check (birth_longitude between -180 and 180) not valid
                """, 2),
            new Damage("birthplaces are on the globe", """
                alter table public.users drop constraint users_birth_longitude_range;
                update public.users set birth_longitude = 999.5 where display_name = 'Alice'
                """, 1),
            new Damage("Liquibase's log is closed to the API", "grant select on extensions.databasechangelog to anon", 1),
            new Damage("the six tables are there", "drop table public.match_feedback", 1),
            new Damage("constraints are there and validated", """
                alter table public.connect_profiles drop constraint connect_profiles_ages_check;
                alter table public.reveals drop constraint reveals_requested_to_fkey;
                alter table public.reveals add constraint reveals_requested_to_fkey
                    foreign key (requested_to) references public.users (id) on delete set null not valid
                """, 2),
            new Damage("indexes are there and valid", "drop index public.idx_matches_open_pair", 1),
            new Damage("indexes are there and valid", """
                update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.idx_reveals_pending'::regclass
                """, 1),
            new Damage("triggers are there and enabled", "alter table public.matches disable trigger trg_matches_ended", 1),
            new Damage("triggers are there and enabled", "drop trigger trg_blind_chat_messages_stamp on public.blind_chat_messages", 1),
            new Damage("triggers are there and enabled", "alter table public.blind_chats disable trigger all", 5),
            new Damage("row security is on", "alter table public.matches disable row level security", 1),
            new Damage("policies of owner, participant and service are there", "drop policy matches_all_service on public.matches", 1),
            new Damage("policies of owner, participant and service are there", """
                alter policy matches_select_participant on public.matches to public;
                alter policy reveals_select_participant on public.reveals using (true);
                alter policy blind_chat_messages_insert_participant on public.blind_chat_messages with check (sender_user_id = (select auth.uid()))
                """, 3),
            new Damage("no policy goes beyond these", "create policy everybody on public.matches for select using (true)", 1),
            new Damage("anon has no privilege", "grant select, truncate on public.matches to anon", 2),
            new Damage("anon has no privilege", "grant update (notes) on public.match_feedback to public", 1),
            new Damage("anon has no privilege", "grant execute on function public.respond_to_match(uuid, boolean) to public", 1),
            new Damage("authenticated and service_role have what they were granted", """
                grant select (user_a) on public.matches to authenticated;
                grant update on public.my_matches to authenticated;
                revoke delete on public.reveals from service_role
                """, 3),
            new Damage("functions can be called by people, with their own rights", """
                alter function public.request_reveal(uuid) security definer;
                alter function private.cancel_reveal(uuid) reset search_path;
                revoke execute on function private.end_blind_chat(uuid) from authenticated
                """, 3),
            new Damage("views show what the caller may see", "alter view public.my_matches reset (security_invoker)", 1),
            new Damage("whoever is active has consented", """
                alter table public.connect_profiles drop constraint connect_profiles_active_with_consent;
                update public.connect_profiles set consented_at = null where is_active
                """, 1),
            new Damage("a pair has one open match", """
                drop index public.idx_matches_open_pair;
                insert into public.matches (user_a, user_b) select user_b, user_a from public.matches where status = 'blind_chat_active'
                """, 1),
            new Damage("open matches have both their people", """
                set session_replication_role = replica;
                delete from public.users where display_name = 'Carol';
                set session_replication_role = origin
                """, 1),
            new Damage("active chats belong to open matches", """
                set session_replication_role = replica;
                update public.matches set status = 'closed';
                set session_replication_role = origin
                """, 2),
            new Damage("messages belong to chats that exist, and have a side", """
                set session_replication_role = replica;
                delete from public.blind_chats where not is_active;
                set session_replication_role = origin
                """, 1),
            new Damage("previews tell nothing", """
                alter table public.blind_chat_messages drop constraint blind_chat_messages_content_preview_check;
                update public.blind_chat_messages set content_preview = 'hello' where content_preview is null
                """, 1),
            new Damage("requests to reveal go from one of the two to the other", """
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
                assertThat(early.of("nothing of Connect is there")).isEqualTo("FAIL 2");
            }
        } finally {
            TestServer.get().drop(waiting);
        }
    }

    @Test
    void missingTableFailsOnlyItsChecks() throws SQLException {
        Outcome outcome = connect.verifyAfter("drop view public.my_reveals; drop table public.reveals");

        assertThat(outcome.of("requests to reveal go from one of the two to the other")).isEqualTo("FAIL relation \"public.reveals\" does not exist");
        assertThat(outcome.of("a pair has one open match")).isEqualTo("PASS 0");
    }

    @Test
    void apiRoleCannotRunVerifySql() throws SQLException {
        assertThat(connect.verifyAfter("set local role authenticated").error()).startsWith("ERROR: permission denied for table databasechangelog");
    }
}
