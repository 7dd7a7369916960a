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
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress views of a learner: totals, days, weeks and the next drills. */
class ProgressTest {

    /** Noon in Manila, the given number of days ago. */
    private static final String NOON = "((now() at time zone 'Asia/Manila')::date - ?::integer + time '12:00') at time zone 'Asia/Manila'";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
    }

    private UUID completed(Caller learner, int daysAgo, String coach, UUID drill, int seconds, Integer score) {
        UUID session = UUID.randomUUID();
        owner.update("insert into public.sessions (id, user_id, coach_key, drill_id, tier, status, started_at, ended_at, duration_sec, score)"
                + " select ?, ?, ?, ?, 'free', 'completed', t - interval '1 hour', t, ?, ? from (select " + NOON + " as t) as t",
                session, learner.account(), coach, drill, seconds, score, daysAgo);
        owner.update("insert into public.daily_usage (user_id, d, minutes_used, drills_done) select ?, (now() at time zone 'Asia/Manila')::date - ?, ceil(? / 60.0), 1"
                + " on conflict (user_id, d) do update set minutes_used = daily_usage.minutes_used + excluded.minutes_used,"
                + " drills_done = daily_usage.drills_done + 1", learner.account(), daysAgo, seconds);
        return session;
    }

    @ParameterizedTest
    @CsvSource({"2026-01-05T15:59:59Z, 2026-01-05", "2026-01-05T16:00:00Z, 2026-01-06", "2026-12-31T16:00:00Z, 2027-01-01"})
    void dayBeginsAtMidnightInManila(String moment, String day) {
        assertThat(polaris.as(ALICE).value(String.class, "select public.mnl_date(?::timestamptz)::text", moment)).isEqualTo(day);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.mnl_date(now())")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void progressTotalsCompletedSessionsPerCoach() {
        owner.update("insert into public.coaches (key, display_name) values ('other', 'Other coach')");
        completed(ALICE, 4, COACH, DRILL, 61, 50);
        completed(ALICE, 3, COACH, DRILL, 600, 70);
        completed(ALICE, 1, COACH, null, 60, null);
        completed(ALICE, 1, "other", null, 0, 90);
        owner.update("insert into public.sessions (user_id, coach_key, tier) values (?, ?, 'free')", ALICE.account(), COACH);

        assertThat(polaris.as(ALICE).rows("select coach_key, sessions, minutes, average_score, latest_score, days, streak_days from public.v_user_progress"
                + " order by coach_key"))
                .containsExactly(row("coach_key", "demo", "sessions", 3L, "minutes", 13L, "average_score", new BigDecimal("60.00"), "latest_score", new BigDecimal("70.00"), "days", 3, "streak_days", 1),
                        row("coach_key", "other", "sessions", 1L, "minutes", 0L, "average_score", new BigDecimal("90.00"), "latest_score", new BigDecimal("90.00"), "days", 1, "streak_days", 1));
    }

    @ParameterizedTest
    @CsvSource({"0 1 2, 3", "1 2 4, 2", "0 0 1, 2", "2 3 4, 0", "0 2 3, 1", "1, 1", "0 1 3 4 5 6, 2"})
    void streakIsOfDaysInARowAndLastsUntilTheDayAfterIsOver(String daysAgo, int streak) {
        for (String day : daysAgo.split(" ")) {
            completed(ALICE, Integer.parseInt(day), COACH, null, 60, null);
        }

        assertThat(polaris.as(ALICE).value(Integer.class, "select streak_days from public.v_user_progress")).isEqualTo(streak);
        assertThat(polaris.as(ALICE).value(Integer.class, "select streak_days from public.v_user_weekly_card_mnl")).isEqualTo(streak);
    }

    @Test
    void dayIsTheManilaDateOfTheSessionEnd() {
        owner.update("insert into public.sessions (user_id, tier, status, started_at, ended_at, duration_sec, score, drill_id) values"
                + " (?, 'free', 'completed', '2026-01-05 15:50Z', '2026-01-05 16:10Z', 90, 40, ?)", ALICE.account(), DRILL);
        owner.update("insert into public.sessions (user_id, tier, status, started_at, ended_at, duration_sec, score, drill_id) values"
                + " (?, 'free', 'completed', '2026-01-06 15:00Z', '2026-01-06 15:10Z', 60, 80, ?)", ALICE.account(), DRILL);

        assertThat(polaris.as(ALICE).rows("select d::text, sessions, drills, minutes, average_score, best_score from public.v_user_daily_sessions_mnl"))
                .containsExactly(row("d", "2026-01-06", "sessions", 2L, "drills", 1L, "minutes", 3L, "average_score", new BigDecimal("60.00"), "best_score", new BigDecimal("80.00")));
    }

    @Test
    void activityListsThirtyDaysIncludingDaysWithoutPractice() {
        completed(ALICE, 0, COACH, null, 120, null);
        completed(ALICE, 29, COACH, null, 60, null);
        completed(ALICE, 30, COACH, null, 60, null);

        List<Map<String, Object>> days = polaris.as(ALICE).rows("select minutes_used, drills_done, expressions_saved from public.v_activity_30d_mnl order by d desc");
        assertThat(days).hasSize(30);
        assertThat(days.get(0).values()).containsExactly(2, 1, 0);
        assertThat(days.get(1).values()).containsExactly(0, 0, 0);
        assertThat(days.get(29).values()).containsExactly(1, 1, 0);
        assertThat(polaris.as(STRANGER).value(Long.class, "select sum(drills_done) from public.v_activity_30d_mnl")).isZero();
    }

    @Test
    void trendsShowEachCriterionPerWeek() {
        UUID session = completed(ALICE, 40, COACH, DRILL, 60, null);
        String insert = "insert into public.attempts (session_id, user_id, prompt, score, feedback, created_at) values (?, ?, 'Say it.', ?, ?::jsonb, ?::timestamptz)";
        owner.update(insert, session, ALICE.account(), 50, "{\"clarity\": 40, \"pace\": {\"score\": 60.5, \"note\": \"x\"}, \"note\": \"no number\"}", "2026-01-05 01:00Z");
        owner.update(insert, session, ALICE.account(), 70, "{\"clarity\": 60}", "2026-01-11 15:59Z");
        owner.update(insert, session, ALICE.account(), null, "{\"clarity\": 70, \"pace\": {\"score\": \"high\"}, \"odd\": [1]}", "2026-01-11 16:00Z");
        owner.update(insert, session, ALICE.account(), 90, null, "2026-01-19 01:00Z");

        assertThat(polaris.as(ALICE).rows("select coach_key, criterion, week_start::text as week, attempts as n, average_score as average, change"
                + " from public.v_user_rubric_trends_weekly order by criterion nulls first, week_start"))
                .containsExactly(row("coach_key", "demo", "criterion", null, "week", "2026-01-05", "n", 2L, "average", new BigDecimal("60.00"), "change", null),
                        row("coach_key", "demo", "criterion", null, "week", "2026-01-19", "n", 1L, "average", new BigDecimal("90.00"), "change", new BigDecimal("30.00")),
                        row("coach_key", "demo", "criterion", "clarity", "week", "2026-01-05", "n", 2L, "average", new BigDecimal("50.00"), "change", null),
                        row("coach_key", "demo", "criterion", "clarity", "week", "2026-01-12", "n", 1L, "average", new BigDecimal("70.00"), "change", new BigDecimal("20.00")),
                        row("coach_key", "demo", "criterion", "pace", "week", "2026-01-05", "n", 1L, "average", new BigDecimal("60.50"), "change", null));
    }

    @Test
    void weeklyCardComparesWithThePreviousWeek() {
        int sinceMonday = owner.value(Integer.class, "select extract(isodow from now() at time zone 'Asia/Manila')::integer - 1");
        owner.update("update public.profiles set daily_target_minutes = 10 where id = ?", ALICE.account());
        completed(ALICE, sinceMonday, COACH, DRILL, 600, 80);
        completed(ALICE, sinceMonday + 1, COACH, DRILL, 60, 50);
        completed(ALICE, sinceMonday + 7, COACH, DRILL, 120, 70);
        completed(ALICE, sinceMonday + 8, COACH, DRILL, 180, 10);

        assertThat(polaris.as(ALICE).rows("select minutes, minutes_before, drills, drills_before, active_days, days_on_target, daily_target_minutes,"
                + " average_score, average_score_before from public.v_user_weekly_card_mnl"))
                .containsExactly(row("minutes", 10L, "minutes_before", 3L, "drills", 1L, "drills_before", 2L, "active_days", 1, "days_on_target", 1, "daily_target_minutes", 10, "average_score", new BigDecimal("80.00"), "average_score_before", new BigDecimal("60.00")));
        assertThat(polaris.as(STRANGER).rows("select minutes, drills, average_score, streak_days, daily_target_minutes from public.v_user_weekly_card_mnl"))
                .containsExactly(row("minutes", 0L, "drills", 0L, "average_score", null, "streak_days", 0, "daily_target_minutes", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v_user_progress", "v_user_daily_sessions_mnl", "v_activity_30d_mnl", "v_user_rubric_trends_weekly", "v_user_weekly_card_mnl",
            "v_up_next_simple"})
    void learnersReadTheirOwnRowsAdminsAndTheServiceAll(String view) {
        for (Caller learner : List.of(ALICE, BOB)) {
            UUID session = completed(learner, 0, COACH, null, 60, 50);
            owner.update("insert into public.attempts (session_id, user_id, prompt, score) values (?, ?, 'Say it.', 50)", session, learner.account());
            owner.update("update public.profiles set active_coach_key = ? where id = ?", COACH, learner.account());
        }
        String who = "select distinct user_id from public." + view + " where user_id in ('" + ALICE.account() + "', '" + BOB.account() + "')";

        assertThat(polaris.as(ALICE).column(UUID.class, who)).containsExactly(ALICE.account());
        assertThat(polaris.as(BOB).column(UUID.class, who)).containsExactly(BOB.account());
        assertThat(polaris.as(STRANGER).rows(who)).isEmpty();
        assertThat(polaris.as(ADMIN).rows(who)).hasSize(2);
        assertThat(polaris.as(SERVICE).rows(who)).hasSize(2);
        assertThatThrownBy(() -> polaris.as(ANON).rows(who)).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    private List<UUID> next(Caller caller, Caller learner) {
        return polaris.as(caller).column(UUID.class, "select drill_id from public.v_up_next_simple where user_id = ?", learner.account());
    }

    @Test
    void nextDrillsAreUncompletedDrillsOfTheCoachByDifficulty() {
        owner.update("insert into public.coaches (key, display_name) values ('other', 'Other coach')");
        owner.update("update public.profiles set active_coach_key = ?, preferred_difficulty = 3 where id = ?", COACH, ALICE.account());
        UUID easy = rated(COACH, 1);
        UUID apt = rated(COACH, 3);
        UUID done = rated(COACH, 3);
        UUID tried = rated(COACH, 4);
        rated("other", 3);
        completed(ALICE, 1, COACH, done, 60, 90);
        completed(BOB, 1, COACH, apt, 60, 90);
        owner.update("insert into public.sessions (user_id, drill_id, tier) values (?, ?, 'free')", ALICE.account(), tried);

        assertThat(next(ALICE, ALICE)).as("next drills in order; the last has no difficulty").containsExactly(apt, tried, easy, DRILL);
        assertThat(next(STRANGER, STRANGER)).as("next drills without a coach").isEmpty();
    }

    private UUID rated(String coach, int difficulty) {
        UUID drill = UUID.randomUUID();
        owner.update("insert into public.drills (id, coach_key, type, title, prompt, difficulty, state) values (?, ?, 'speaking', 'A drill', 'Say it.', ?, 'published')",
                drill, coach, difficulty);
        return drill;
    }

    @Test
    void nextDrillsFollowThePlanOfTheLearnerForEveryCaller() {
        for (Caller learner : List.of(ALICE, BOB, ADMIN)) {
            owner.update("update public.profiles set active_coach_key = ? where id = ?", COACH, learner.account());
        }
        People.tier(owner, BOB, "pro");

        for (Caller caller : List.of(ADMIN, SERVICE)) {
            assertThat(next(caller, ALICE)).containsExactly(DRILL);
            assertThat(next(caller, BOB)).containsExactlyInAnyOrder(DRILL, PAID_DRILL);
        }
        assertThat(next(BOB, BOB)).containsExactlyInAnyOrder(DRILL, PAID_DRILL).doesNotContain(DRAFT_DRILL);
        assertThat(next(ADMIN, ADMIN)).as("next drills of an admin").containsExactly(DRILL);
        assertThat(next(ALICE, BOB)).isEmpty();
    }

    @Test
    void nextDrillsAreAtMostFifty() {
        owner.update("update public.profiles set active_coach_key = ? where id = ?", COACH, ALICE.account());
        owner.update("insert into public.drills (coach_key, type, title, prompt, state) select ?, 'speaking', 'A drill', 'Say it.', 'published' from generate_series(1, 60)", COACH);

        assertThat(next(ALICE, ALICE)).hasSize(50);
    }
}
