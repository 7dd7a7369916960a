package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ops/connect/smoke.sql: plays the life of a match with two people, says when a step goes wrong, and leaves nothing. */
class ConnectSmokeTest {

    private static final Path SMOKE = Path.of("ops/connect/smoke.sql");
    private static final String ALICE = Caller.ALICE.account().toString();
    private static final String STRANGER = Caller.STRANGER.account().toString();
    private static final List<String> TABLES = List.of("connect_profiles", "matches", "blind_chats", "blind_chat_messages", "reveals", "match_feedback");

    @RegisterExtension
    final Database connect = Database.of("connect");

    @BeforeEach
    void people() {
        connect.owner().script(Fixture.of("connect"));
        connect.owner().update("insert into auth.users (id) values (?)", Caller.STRANGER.account());
    }

    @Test
    void passesAndLeavesNothing() throws SQLException {
        var before = counts();

        Outcome outcome = smoke(ALICE, STRANGER);

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.lines()).last().isEqualTo("PASS  25 steps passed, 0 failed; nothing stays");
        assertThat(counts()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cannot see who b is | grant select on public.matches to authenticated",
        "cannot raise the score | grant update on public.matches to authenticated",
        "cannot be told before the reveal | drop function public.revealed_partner(uuid); create function public.revealed_partner(p_match uuid) returns"
                + " table (user_id uuid) language sql as 'select m.user_b from public.matches as m'; grant select on public.matches to authenticated",
        "cannot write before both have accepted | alter policy blind_chat_messages_insert_participant on public.blind_chat_messages with check (true)",
        "opens the chat of a match that is proposed | revoke insert on public.blind_chats from service_role",
        "accepts the reveal | revoke execute on function private.respond_to_reveal(uuid, boolean) from authenticated",
        "cannot see what a said of the match | alter policy match_feedback_select_own on public.match_feedback using (true)",
        "reads nothing | grant select on public.my_matches to anon; grant execute on function private.my_match_sides() to anon; grant select on public.matches to anon",
        "finds match and chat closed | alter table public.matches disable trigger trg_matches_ended",
    })
    void saysWhichStepGoesWrong(String step, String damage) throws SQLException {
        connect.operator().script(damage);

        Outcome outcome = smoke(ALICE, STRANGER);

        assertThat(outcome.lines()).filteredOn(line -> line.contains("  " + step + " ")).singleElement().asString().startsWith("FAIL");
        assertThat(outcome.lines()).last().asString().startsWith("FAIL  ");
        assertThat(outcome.error()).startsWith("ERROR: smoke: ");
    }

    @Test
    void asksForTwoPeople() throws SQLException {
        assertThat(run(Map.of()).error()).startsWith("ERROR: two people are needed");
        assertThat(smoke(ALICE, ALICE).error()).startsWith("ERROR: user_a and user_b must be two different rows");
    }

    @Test
    void saysWhereConnectIsNotLive() throws SQLException {
        connect.changelog().allowingDataLoss().rollbackToTag("0001");

        assertThat(smoke(ALICE, STRANGER).error()).startsWith("ERROR: there is no table public.matches");
    }

    @Test
    void runsInPsql() throws IOException, InterruptedException {
        Psql.Result result = Psql.run(connect.name(), SMOKE, "user_a=" + ALICE, "user_b=" + STRANGER);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).endsWith("PASS  25 steps passed, 0 failed; nothing stays\n");
        assertThat(result.status()).isZero();
        assertThat(Psql.run(connect.name(), SMOKE).status()).as("exit status without people").isEqualTo(3);
    }

    private Outcome smoke(String a, String b) throws SQLException {
        return run(Map.of("smoke.user_a", a, "smoke.user_b", b));
    }

    private Outcome run(Map<String, String> settings) throws SQLException {
        return Script.at(SMOKE).run(connect.owner().connection(), settings);
    }

    private List<Long> counts() {
        return TABLES.stream().map(table -> connect.count("public." + table)).toList();
    }
}
