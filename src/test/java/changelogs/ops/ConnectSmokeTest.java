package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Caller;
import changelogs.testing.Command;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ops/connect/smoke.sql runs a match of two users through all steps, reports failing steps, and leaves no data. */
class ConnectSmokeTest {

    private static final String SMOKE = "smoke.sql";
    private static final String ALICE = Caller.ALICE.account().toString();
    private static final String STRANGER = Caller.STRANGER.account().toString();
    private static final List<String> TABLES = List.of("connect_profiles", "matches", "blind_chats", "blind_chat_messages", "reveals", "match_feedback");

    /** SQL that makes a step fail. */
    private record Fault(String step, String sql) {
    }

    private static final List<Fault> FAULTS = List.of(
            new Fault("cannot read the id of b", "grant select on public.matches to authenticated"),
            new Fault("cannot raise the score", "grant update on public.matches to authenticated"),
            new Fault("cannot get the partner before the reveal", """
                drop function public.get_revealed_partner(uuid);
                create function public.get_revealed_partner(p_match uuid) returns table (user_id uuid)
                    language sql as 'select m.user_b from public.matches as m';
                grant select on public.matches to authenticated
                """),
            new Fault("cannot write before both have accepted", """
                alter policy blind_chat_messages_insert_participant on public.blind_chat_messages with check (true)
                """),
            new Fault("opens the chat of the proposed match", "revoke insert on public.blind_chats from service_role"),
            new Fault("accepts the reveal", "revoke execute on function private.respond_to_reveal(uuid, boolean) from authenticated"),
            new Fault("cannot read the feedback of a", "alter policy match_feedback_select_own on public.match_feedback using (true)"),
            new Fault("reads no match", """
                grant select on public.my_matches to anon;
                grant execute on function private.list_my_match_sides() to anon;
                grant select on public.matches to anon
                """),
            new Fault("finds the match and chat closed", "alter table public.matches disable trigger trg_matches_ended"));

    @RegisterExtension
    static final Operations connect = Operations.of("connect");

    @BeforeAll
    static void people() throws SQLException {
        try (Statement statement = connect.operator().createStatement()) {
            statement.execute("insert into auth.users (id) values ('" + STRANGER + "')");
        }
    }

    @Test
    void smokeTestPassesAndLeavesNoData() throws SQLException {
        var before = counts();

        Outcome outcome = smoke(people(ALICE, STRANGER));

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.lines()).last().isEqualTo("PASS  27 steps passed, 0 failed; everything was rolled back");
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void failingStepIsReported() throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        for (Fault fault : FAULTS) {
            Outcome outcome = connect.runAfter(given(ALICE, STRANGER) + fault.sql(), SMOKE);

            softly.assertThat(outcome.lines()).as(fault.sql()).filteredOn(line -> line.contains("  " + fault.step() + " "))
                    .singleElement().asString().startsWith("FAIL");
            softly.assertThat(outcome.lines()).last().asString().startsWith("FAIL  ");
            softly.assertThat(outcome.error()).startsWith("ERROR: smoke: ");
        }
        softly.assertAll();
    }

    @Test
    void twoDifferentUsersAreRequired() throws SQLException {
        assertThat(smoke(Map.of()).error()).startsWith("ERROR: user_a and user_b are missing");
        assertThat(smoke(people(ALICE, ALICE)).error()).startsWith("ERROR: user_a and user_b must be two different rows");
    }

    @Test
    void databaseWithoutConnectIsReported() throws SQLException {
        assertThat(connect.runAfter(given(ALICE, STRANGER) + "alter table public.matches rename to pairs", SMOKE).error())
                .startsWith("ERROR: table public.matches does not exist");
    }

    @Test
    void runsInPsql() {
        Command.Result result = connect.psql(SMOKE, "user_a=" + ALICE, "user_b=" + STRANGER);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).endsWith("PASS  27 steps passed, 0 failed; everything was rolled back\n");
        assertThat(result.status()).isZero();
        assertThat(connect.psql(SMOKE).status()).as("exit status without users").isEqualTo(3);
    }

    /** Runs smoke.sql as the role that runs the changelog. */
    private static Outcome smoke(Map<String, String> settings) throws SQLException {
        try (Connection owner = connect.login(Server.MIGRATOR)) {
            return Script.at(connect.script(SMOKE)).run(owner, settings);
        }
    }

    private static Map<String, String> people(String a, String b) {
        return Map.of("smoke.user_a", a, "smoke.user_b", b);
    }

    private static String given(String a, String b) {
        return "set local smoke.user_a = '" + a + "'; set local smoke.user_b = '" + b + "';\n";
    }

    private static List<String> counts() throws SQLException {
        List<String> counts = new ArrayList<>();
        for (String table : TABLES) {
            try (Statement statement = connect.operator().createStatement(); ResultSet row = statement.executeQuery("select count(*) from public." + table)) {
                row.next();
                counts.add(row.getString(1));
            }
        }
        return counts;
    }
}
