package changelogs.polaris.practice;

import static changelogs.polaris.People.COACH;
import static changelogs.polaris.People.DRAFT_DRILL;
import static changelogs.polaris.People.DRILL;
import static changelogs.polaris.People.PAID_DRILL;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and attempts are started, answered, submitted and finished by the learner and counted once. */
class PracticeTest {

    private static final Set<String> NEXT = Set.of("started submitted", "started completed", "started aborted", "submitted completed", "submitted aborted");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
    }

    private UUID start(Caller caller, UUID drill) {
        return polaris.as(caller).value(UUID.class, "select public.start_session(?, ?)", caller.account(), drill);
    }

    @Test
    void sessionGetsTheCoachOfTheDrill() {
        UUID session = start(ALICE, DRILL);

        assertThat(polaris.as(ALICE).rows("select user_id, drill_id, coach_key, tier, status from public.sessions where id = ?", session))
                .containsExactly(row("user_id", ALICE.account(), "drill_id", DRILL, "coach_key", "demo", "tier", "free", "status", "started"));
        assertThat(polaris.as(ALICE).column(String.class, "select name from public.events")).containsExactly("practice_started");
        assertThat(owner.rows("select from public.profiles where last_seen_at is not null")).hasSize(1);
    }

    @Test
    void freePracticeNeedsNoDrillAndAcceptsACoach() {
        polaris.as(ALICE).rows("select public.start_session(p_user => ?, p_coach_key => ?, p_tool => 'mirror')", ALICE.account(), COACH);

        assertThat(owner.rows("select drill_id, coach_key, tool_used from public.sessions"))
                .containsExactly(row("drill_id", null, "coach_key", "demo", "tool_used", "mirror"));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.start_session(p_user => ?, p_coach_key => 'nobody')", ALICE.account()))
                .is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void onlyTheServiceStartsSessionsForOthers() {
        assertThatThrownBy(() -> polaris.as(BOB).rows("select public.start_session(?, ?)", ALICE.account(), DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.start_session(?, ?)", ALICE.account(), DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(BOB).rows("select public.start_session(null, ?)", DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.start_session(?, ?)", ALICE.account(), DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(BOB).rows("select private.start_session(?, ?, null, null)", ALICE.account(), DRILL))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.count("public.sessions")).isZero();

        polaris.as(SERVICE).rows("select public.start_session(?, ?)", ALICE.account(), DRILL);
        assertThat(polaris.as(ALICE).rows("select from public.sessions")).hasSize(1);
    }

    @Test
    void forgedRoleClaimDoesNotGrantServiceRights() {
        String lie = "{\"role\":\"service_role\",\"sub\":\"" + BOB.account() + "\"}";

        assertThatThrownBy(() -> owner.script("set local role authenticated; set local request.jwt.claims = '" + lie + "'; select public.start_session('"
                + ALICE.account() + "')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        owner.script("set local role service_role; select public.start_session('" + ALICE.account() + "')");
        assertThat(polaris.count("public.sessions")).isOne();
    }

    @Test
    void invisibleDrillsCannotBeStarted() {
        assertThatThrownBy(() -> start(ALICE, DRAFT_DRILL)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> start(ALICE, PAID_DRILL)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> start(ALICE, UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
        assertThat(polaris.as(ALICE).column(UUID.class, "select id from public.drills where coach_key = ?", COACH)).containsExactly(DRILL);

        People.tier(owner, ALICE, "pro");
        assertThat(start(ALICE, PAID_DRILL)).isNotNull();
        assertThat(polaris.as(ALICE).column(UUID.class, "select id from public.drills where coach_key = ?", COACH)).containsExactlyInAnyOrder(DRILL, PAID_DRILL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert into public.sessions (user_id, tier) values ('a11ce000-0000-4000-8000-000000000001', 'vip')",
        "update public.sessions set score = 100", "update public.sessions set status = 'completed'", "update public.sessions set user_id = user_id",
        "update public.sessions set started_at = now()", "update public.sessions set duration_sec = 9", "delete from public.sessions"})
    void learnerWritesNothingButNotes(String forgery) {
        start(ALICE, DRILL);

        assertThatThrownBy(() -> polaris.as(ALICE).update(forgery)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ALICE).update("update public.sessions set notes = 'Slower next time.'")).isOne();
        assertThat(polaris.as(BOB).update("update public.sessions set notes = 'Mine.'")).isZero();
    }

    @Test
    void onlyOwnersAndAdminsSeeSessions() {
        start(ALICE, DRILL);

        assertThat(polaris.as(ALICE).rows("select from public.sessions")).hasSize(1);
        assertThat(polaris.as(BOB).rows("select from public.sessions")).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select from public.sessions")).hasSize(1);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.sessions")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void sessionStatesFollowTheWorkflow() {
        List<String> states = List.of("started", "submitted", "completed", "aborted");
        for (String from : states) {
            for (String to : states) {
                UUID session = UUID.randomUUID();
                owner.update("""
                        insert into public.sessions (id, user_id, tier, status, started_at, submitted_at, ended_at)
                        values (?, ?, 'free', ?, now() - interval '1 hour', now() - interval '1 minute', case when ? in ('completed', 'aborted') then now() end)
                        """, session, ALICE.account(), from, from);
                String change = "update public.sessions set status = '%s', ended_at = case when '%1$s' in ('completed', 'aborted') then now() end where id = '%s'"
                        .formatted(to, session);
                if (from.equals(to) || NEXT.contains(from + " " + to)) {
                    assertThat(owner.update(change)).as("%s to %s", from, to).isOne();
                } else {
                    assertThatThrownBy(() -> owner.update(change)).as("%s to %s", from, to).is(sqlState(CHECK_VIOLATION));
                }
            }
        }
    }

    @Test
    void ownerAndStartOfASessionAreImmutable() {
        start(ALICE, DRILL);

        assertThatThrownBy(() -> owner.update("update public.sessions set user_id = ?", BOB.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("update public.sessions set started_at = started_at - interval '1 day'")).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void finishingASessionCountsOnce() {
        UUID session = start(ALICE, DRILL);
        owner.script("alter table public.sessions disable trigger sessions_guard; update public.sessions set started_at = now() - interval '100 seconds'; "
                + "alter table public.sessions enable trigger sessions_guard");

        for (int i = 0; i < 3; i++) {
            assertThat(polaris.as(ALICE).value(String.class, "select (public.finish_session(?, p_duration_sec => 999999)).status", session)).isEqualTo("completed");
        }

        assertThat(owner.value(Integer.class, "select duration_sec from public.sessions")).as("duration is capped by the elapsed time").isBetween(100, 110);
        assertThat(polaris.as(ALICE).rows("select minutes_used, drills_done from public.daily_usage"))
                .containsExactly(row("minutes_used", 2, "drills_done", 1));
        assertThat(owner.column(String.class, "select name from public.events order by created_at, xmin::text::bigint")).containsExactly("practice_started", "practice_completed");
    }

    @RepeatedTest(2)
    @OfItsOwn
    void twoWhoFinishAtOnceCountOnce() throws Exception {
        UUID session = start(ALICE, DRILL);
        Session first = polaris.as(ALICE);
        Session second = polaris.as(ALICE);

        CompletableFuture<Void> one = Meanwhile.run(() -> first.rows("select public.finish_session(?)", session));
        CompletableFuture<Void> other = Meanwhile.run(() -> second.rows("select public.finish_session(?)", session));
        CompletableFuture.allOf(one, other).get();

        assertThat(owner.value(Integer.class, "select drills_done from public.daily_usage")).isOne();
        assertThat(owner.rows("select from public.events where name = 'practice_completed'")).hasSize(1);
    }

    @Test
    void onlyTheServiceScores() {
        UUID session = start(ALICE, DRILL);
        polaris.as(ALICE).rows("select public.submit_session(?)", session);
        polaris.as(ALICE).rows("select public.submit_session(?)", session);

        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.finish_session(?, 100)", session)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.finish_session(?, p_words_per_minute => 200)", session))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(SERVICE).rows("select public.finish_session(?, 101)", session)).is(sqlState(CHECK_VIOLATION));
        polaris.as(SERVICE).rows("select public.finish_session(?, 87.5, p_words_per_minute => 120)", session);

        assertThat(polaris.as(ALICE).rows("select status, score, words_per_minute from public.sessions"))
                .containsExactly(row("status", "completed", "score", new BigDecimal("87.50"), "words_per_minute", new BigDecimal("120.00")));
        assertThat(owner.rows("select from public.events where name = 'practice_submitted'")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit_session", "finish_session", "abort_session"})
    void sessionOfAnotherIsNotThere(String function) {
        UUID session = start(ALICE, DRILL);

        for (Caller caller : List.of(BOB, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select public." + function + "(?)", session)).is(sqlState(NO_DATA_FOUND));
        }
        assertThatThrownBy(() -> polaris.as(BOB).rows("select public." + function + "(?)", UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public." + function + "(?)", session)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(owner.value(String.class, "select status from public.sessions")).isEqualTo("started");
    }

    @Test
    void abortedSessionStaysAbortedAndIsNotCounted() {
        UUID session = start(ALICE, DRILL);
        polaris.as(ALICE).rows("select public.abort_session(?)", session);
        polaris.as(ALICE).rows("select public.abort_session(?)", session);

        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.finish_session(?)", session)).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.submit_session(?)", session)).is(sqlState(CHECK_VIOLATION));
        assertThat(polaris.count("public.daily_usage")).isZero();
    }

    @Test
    void learnerAnswersOnlyInOwnOpenSession() {
        UUID session = start(ALICE, DRILL);
        String answer = "insert into public.attempts (session_id, user_id, drill_id, prompt, response) values (?, ?, ?, 'Say it.', 'I say.')";

        assertThat(polaris.as(ALICE).update(answer, session, ALICE.account(), DRILL)).isOne();
        assertThatThrownBy(() -> polaris.as(BOB).update(answer, session, BOB.account(), DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(BOB).update(answer, session, ALICE.account(), DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> owner.update(answer, session, BOB.account(), DRILL)).as("attempt with another user than its session").is(sqlState(FOREIGN_KEY_VIOLATION));
        assertThat(polaris.as(BOB).rows("select from public.attempts")).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select from public.attempts")).hasSize(1);

        polaris.as(ALICE).rows("select public.submit_session(?)", session);
        assertThatThrownBy(() -> polaris.as(ALICE).update(answer, session, ALICE.account(), DRILL)).as("attempt after submission").is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void attemptGetsTheDrillOfItsSession() {
        String answer = "insert into public.attempts (session_id, user_id, drill_id, prompt) values (?, ?, ?, 'Say it.') returning drill_id";
        UUID practice = start(ALICE, DRILL);
        UUID free = polaris.as(ALICE).value(UUID.class, "select public.start_session(?)", ALICE.account());

        for (UUID said : new UUID[] {DRILL, PAID_DRILL, DRAFT_DRILL, UUID.randomUUID()}) {
            assertThat(polaris.as(ALICE).value(UUID.class, answer, practice, ALICE.account(), said)).isEqualTo(DRILL);
            assertThat(polaris.as(ALICE).rows(answer, free, ALICE.account(), said).get(0)).containsEntry("drill_id", null);
        }
        assertThat(polaris.as(SERVICE).value(UUID.class, answer, free, ALICE.account(), PAID_DRILL)).isEqualTo(PAID_DRILL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"score|100", "feedback|'{}'", "wins|'{all}'", "created_at|now()"})
    void learnerJudgesNoAttempt(String column, String value) {
        UUID session = start(ALICE, DRILL);

        assertThatThrownBy(() -> polaris.as(ALICE).update("insert into public.attempts (session_id, user_id, prompt, " + column + ") values (?, ?, 'Say it.', " + value + ")",
                session, ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.attempts set " + column + " = " + value)).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void dayEndsAtMidnightInManila() {
        owner.script("select private.add_usage('%s', '2026-03-01 15:59+00', 5, 1, 0); select private.add_usage('%1$s', '2026-03-01 16:00+00', 7, 1, 2)"
                .formatted(ALICE.account()));

        assertThat(polaris.as(ALICE).rows("select d::text, minutes_used, expressions_saved from public.daily_usage order by d"))
                .containsExactly(row("d", "2026-03-01", "minutes_used", 5, "expressions_saved", 0),
                        row("d", "2026-03-02", "minutes_used", 7, "expressions_saved", 2));
        assertThat(polaris.as(BOB).rows("select from public.daily_usage")).isEmpty();
        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.daily_usage set minutes_used = 0")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }
}
