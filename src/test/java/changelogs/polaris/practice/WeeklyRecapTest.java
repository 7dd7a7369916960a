package changelogs.polaris.practice;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.WRONG_STATE;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weekly recaps, with weeks from Monday in Manila time: the live views and the stored rows. */
class WeeklyRecapTest {

    private static final List<String> VIEWS = List.of("v_user_weekly_minutes", "v_user_weekly_attempts", "v_user_weekly_by_coach", "v_user_weekly_topics", "v_user_weekly_recap");
    private static final String MAKE = "select public.make_weekly_recaps(?::date, ?)";
    private static final String LAST_WEEK = "public.manila_week_start(now()) - 7";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session service;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        owner.update("update public.drills set tags = '{introduction,first}' where id = ?", People.DRILL);
        owner.update("update public.drills set tags = '{negotiation}' where id = ?", People.PAID_DRILL);
        alice = polaris.as(ALICE);
        service = polaris.as(SERVICE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01 15:59:59+00, 2026-02-23",
        "2026-03-01 16:00:00+00, 2026-03-02",
        "2026-03-02 00:00:00+08, 2026-03-02",
        "2026-03-08 23:59:59+08, 2026-03-02",
        "2025-12-31 12:00:00+00, 2025-12-29",
        "2026-01-01 00:00:00+00, 2025-12-29",
    })
    void aWeekBeginsOnMondayInManila(String moment, String monday) {
        for (String zone : List.of("UTC", "Asia/Manila", "America/Los_Angeles", "Pacific/Auckland")) {
            assertThat(alice.value(String.class, "select set_config('timezone', ?, false) || ' ' || public.manila_week_start(?::timestamptz)::text", zone, moment))
                    .isEqualTo(zone + " " + monday);
        }
        assertThat(owner.value(String.class, "select provolatile::text from pg_proc where proname = 'manila_week_start'")).isEqualTo("i");
    }

    @Test
    void viewsAgreeOnAWeek() {
        practise(ALICE, People.DRILL, "2026-03-02 09:00+08", 90, 60);
        practise(ALICE, People.DRILL, "2026-03-02 10:00+08", 60, 80);
        practise(ALICE, People.PAID_DRILL, "2026-03-08 23:00+08", 600, null);
        practise(ALICE, People.DRILL, "2026-03-09 00:30+08", 60, 100);
        practise(BOB, People.DRILL, "2026-03-03 09:00+08", 6000, 1);
        owner.update("update public.daily_usage set expressions_saved = 4 where user_id = ? and d = '2026-03-08'", ALICE.account());
        String week = " where week_start = '2026-03-02' and user_id = '" + ALICE.account() + "'";

        for (Session session : new Session[] {polaris.as(ADMIN), service}) {
            assertThat(session.rows("select minutes, drills, active_days, expressions_saved from public.v_user_weekly_minutes" + week))
                    .containsExactly(row("minutes", 13, "drills", 3, "active_days", 2, "expressions_saved", 4));
            assertThat(session.rows("select attempts, scored, average_score, best_score from public.v_user_weekly_attempts" + week))
                    .containsExactly(row("attempts", 3, "scored", 2, "average_score", new BigDecimal("70.00"), "best_score", new BigDecimal("80.00")));
            assertThat(session.rows("select coach_key, sessions, minutes, average_score, best_score from public.v_user_weekly_by_coach" + week))
                    .containsExactly(row("coach_key", "demo", "sessions", 3, "minutes", 13, "average_score", new BigDecimal("70.00"), "best_score", new BigDecimal("80.00")));
            assertThat(session.rows("select topic, attempts, average_score from public.v_user_weekly_topics" + week + " order by topic"))
                    .containsExactly(row("topic", "introduction", "attempts", 2, "average_score", new BigDecimal("70.00")),
                            row("topic", "negotiation", "attempts", 1, "average_score", null));
            assertThat(session.rows("select minutes, drills, active_days, expressions_saved, attempts, average_score, best_score, coaches::text, topics::text from public.v_user_weekly_recap" + week))
                    .containsExactly(row("minutes", 13, "drills", 3, "active_days", 2, "expressions_saved", 4, "attempts", 3,
                            "average_score", new BigDecimal("70.00"), "best_score", new BigDecimal("80.00"),
                            "coaches", "[{\"minutes\": 13, \"sessions\": 3, \"coach_key\": \"demo\"}]",
                            "topics", "[{\"topic\": \"introduction\", \"attempts\": 2}, {\"topic\": \"negotiation\", \"attempts\": 1}]"));
        }
        assertThat(alice.column(String.class, "select topic from public.v_user_weekly_topics" + week)).as("topics visible without a paid plan").containsExactly("introduction");
        assertThat(alice.column(String.class, "select week_start::text from public.v_user_weekly_recap order by 1")).containsExactly("2026-03-02", "2026-03-09");
    }

    @Test
    void weekWithoutSessionsHasTotalsButNoTopicsCoachesAndScores() {
        owner.update("insert into public.daily_usage (user_id, d, expressions_saved) values (?, '2026-03-04', 2)", ALICE.account());
        assertThat(alice.rows("select minutes, active_days, expressions_saved, attempts, average_score, coaches::text, topics::text from public.v_user_weekly_recap"))
                .containsExactly(row("minutes", 0, "active_days", 0, "expressions_saved", 2, "attempts", 0, "average_score", null, "coaches", "[]", "topics", "[]"));

        UUID session = UUID.randomUUID();
        owner.update("insert into public.sessions (id, user_id, tier, status, started_at, ended_at, duration_sec) values (?, ?, 'free', 'completed', '2026-03-04', '2026-03-05', 30)",
                session, ALICE.account());
        for (int i = 0; i < 7; i++) {
            UUID drill = UUID.randomUUID();
            People.drill(owner, drill, false, "published");
            owner.update("update public.drills set tags = array['t' || ?::integer] where id = ?", i, drill);
            owner.update("insert into public.attempts (session_id, user_id, drill_id, prompt, created_at) values (?, ?, ?, 'x', '2026-03-04')", session, ALICE.account(), drill);
        }
        assertThat(alice.value(String.class, "select coaches::text from public.v_user_weekly_recap")).isEqualTo("[{\"minutes\": 1, \"sessions\": 1, \"coach_key\": null}]");
        assertThat(alice.value(Integer.class, "select jsonb_array_length(topics) from public.v_user_weekly_recap")).isEqualTo(5);
    }

    @Test
    void usersSeeOnlyTheirWeeks() {
        practise(ALICE, People.DRILL, "2026-03-02 09:00+08", 60, 60);
        make("2026-03-02", 10);
        for (String read : VIEWS) {
            assertThat(alice.rows("select * from public." + read)).as(read).isNotEmpty();
            assertThat(polaris.as(ADMIN).rows("select * from public." + read)).as(read).isNotEmpty();
            assertThat(polaris.as(BOB).rows("select * from public." + read)).as(read).isEmpty();
            assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public." + read)).as(read).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        String recaps = "select user_id from public.user_weekly_recaps";
        for (Caller caller : new Caller[] {ALICE, ADMIN, SERVICE}) {
            assertThat(polaris.as(caller).column(UUID.class, recaps)).containsExactly(ALICE.account());
        }
        assertThat(polaris.as(BOB).rows(recaps)).isEmpty();
        assertThatThrownBy(() -> polaris.as(ANON).rows(recaps)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (Caller caller : new Caller[] {ALICE, ADMIN, SERVICE}) {
            for (String change : List.of("update public.user_weekly_recaps set minutes = 1000", "delete from public.user_weekly_recaps",
                    "insert into public.user_weekly_recaps (user_id, week_start, minutes, drills, active_days, expressions_saved, attempts, coaches, topics)"
                            + " values (auth.uid(), '2026-03-09', 1, 1, 1, 1, 1, '[]', '[]')")) {
                assertThatThrownBy(() -> polaris.as(caller).update(change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        for (Caller caller : new Caller[] {ANON, ALICE, ADMIN}) {
            assertThatThrownBy(() -> polaris.as(caller).rows(MAKE, "2026-03-02", 10)).as("%s", caller).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(polaris.count("public.user_weekly_recaps")).as("recaps of a deleted account").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"minutes = -1", "active_days = 8", "week_start = '2026-03-03'", "average_score = 101", "average_score = 'NaN'", "coaches = '{}'", "topics = '1'"})
    void whatIsKeptAddsUp(String wrong) {
        practise(ALICE, People.DRILL, "2026-03-02 09:00+08", 60, 60);
        make("2026-03-02", 10);
        assertThatThrownBy(() -> owner.update("update public.user_weekly_recaps set " + wrong)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void jobStoresTheCurrentAndThePreviousWeek() {
        practise(ALICE, People.DRILL, monday(-14), 60, 10);
        practise(ALICE, People.DRILL, monday(-7), 60, 60);
        practise(BOB, People.DRILL, monday(-1), 60, 60);
        practise(STRANGER, People.DRILL, monday(0), 60, 60);

        assertThat(runJob()).isEqualTo("{\"more\": false, \"people\": 3, \"week_start\": \"" + monday(0).substring(0, 10) + "\"}");

        assertThat(owner.column(UUID.class, "select user_id from public.user_weekly_recaps where week_start = " + LAST_WEEK + " order by user_id"))
                .containsExactly(ALICE.account(), BOB.account());
        assertThat(owner.column(UUID.class, "select user_id from public.user_weekly_recaps where week_start = public.manila_week_start(now())"))
                .containsExactly(STRANGER.account());
        assertThat(polaris.count("public.user_weekly_recaps")).isEqualTo(3);
        assertThat(runJob()).as("result two minutes later").contains("\"people\": 0", "\"more\": false");

        owner.update("update private.weekly_recap_runs set finished_at = now() - interval '6 days'");
        String before = rows();
        assertThat(runJob()).as("result of a later run").contains("\"people\": 3");
        assertThat(rows()).as("rows without new sessions").isEqualTo(before);
        assertThat(owner.column(Integer.class, "select passes from private.weekly_recap_runs")).containsExactly(2, 2);

        owner.update("update private.weekly_recap_runs set finished_at = now() - interval '6 days'");
        practise(STRANGER, People.DRILL, monday(0), 60, 60);
        runJob();
        assertThat(owner.value(Integer.class, "select drills from public.user_weekly_recaps where user_id = ?", STRANGER.account()))
                .as("drills of the current week").isEqualTo(2);
    }

    @Test
    @OfItsOwn
    void lateChangesCountForSevenDays() {
        for (int weeks : new int[] {1, 2}) {
            UUID session = practise(ALICE, People.DRILL, monday(-7 * weeks), 60, null);
            String week = monday(-7 * weeks).substring(0, 10);
            make(week, 10);
            owner.update("update public.sessions set score = 90 where id = ?", session);
            practise(BOB, People.DRILL, monday(-7 * weeks), 60, 50);

            make(week, 10);

            assertThat(owner.rows("select average_score from public.user_weekly_recaps where user_id = ? and week_start = ?::date", ALICE.account(), week))
                    .as("%s weeks ago", weeks).containsExactly(row("average_score", weeks == 1 ? new BigDecimal("90.00") : null));
            assertThat(owner.rows("select from public.user_weekly_recaps where user_id = ? and week_start = ?::date", BOB.account(), week)).as("missing recaps are created").hasSize(1);
        }
        assertThat(owner.value(Long.class, "select count(*) from public.user_weekly_recaps where updated_at > created_at")).as("changed recaps").isOne();
    }

    @Test
    void batchResumesWhereTheLastStopped() {
        for (Caller person : new Caller[] {ALICE, BOB, STRANGER}) {
            practise(person, People.DRILL, "2026-03-02 09:00+08", 60, 60);
            practise(person, People.DRILL, "2026-03-04 09:00+08", 60, 60);
        }
        assertThat(make("2026-03-02", 2)).isEqualTo(2);
        assertThat(polaris.count("public.user_weekly_recaps")).isEqualTo(2);
        assertThat(make("2026-03-02", 2)).isOne();
        assertThat(polaris.count("public.user_weekly_recaps")).isEqualTo(3);
        assertThat(make("2026-03-02", 3)).as("recaps of the second pass").isEqualTo(3);
        assertThat(make("2026-03-02", 3)).as("recaps after the pass is complete").isZero();
        assertThat(make("2026-03-02", null)).as("recaps of the third pass").isEqualTo(3);
        assertThat(make("2026-02-23", 3)).as("recaps of a week without users").isZero();
        assertThat(owner.value(Integer.class, "select passes from private.weekly_recap_runs where week_start = '2026-03-02'")).isEqualTo(3);
    }

    @Test
    void passStartedBeforeTheEndOfTheWeekIsRestarted() {
        Caller[] people = {ALICE, BOB, STRANGER};
        for (Caller person : people) {
            practise(person, People.DRILL, monday(-7), 60, 60);
        }
        assertThat(make(monday(-7).substring(0, 10), 2)).isEqualTo(2);
        owner.update("update private.weekly_recap_runs set began_at = ?::timestamptz", monday(-1));
        for (Caller person : people) {
            practise(person, People.DRILL, monday(-1), 60, 60);
        }

        runJob();

        assertThat(owner.column(Integer.class, "select drills from public.user_weekly_recaps where week_start = ?::timestamptz::date", monday(-7)))
                .as("drills, including users of the earlier batch").containsExactly(2, 2, 2);
    }

    @Test
    @OfItsOwn
    void concurrentCallsShareAPass() throws SQLException {
        for (Caller person : new Caller[] {ALICE, BOB, STRANGER}) {
            practise(person, People.DRILL, "2026-03-02 09:00+08", 60, 60);
        }
        Connection first = polaris.owner().connection();
        first.setAutoCommit(false);
        try (Statement statement = first.createStatement()) {
            statement.execute("select public.make_weekly_recaps('2026-03-02', 2)");
            CompletableFuture<Integer> second = Meanwhile.get(() -> make("2026-03-02", 2));
            polaris.awaitWaiting(1);
            first.commit();
            assertThat(second.join()).as("recaps left by the first call").isOne();
        }
        assertThat(polaris.count("public.user_weekly_recaps")).isEqualTo(3);
    }

    @Test
    void weekArgumentMustBeAPastOrCurrentMonday() {
        for (String week : new String[] {"2026-03-03", "infinity", "-infinity", null}) {
            assertThatThrownBy(() -> service.rows(MAKE, week, 10)).as(week).is(sqlState(INVALID_PARAMETER));
        }
        for (int days : new int[] {7, 14}) {
            assertThatThrownBy(() -> service.rows(MAKE, monday(days).substring(0, 10), 10)).is(sqlState(WRONG_STATE));
        }
        assertThat(polaris.count("private.weekly_recap_runs")).isZero();
    }

    private UUID practise(Caller person, UUID drill, String at, int seconds, Integer score) {
        UUID session = UUID.randomUUID();
        owner.update("insert into public.sessions (id, user_id, drill_id, coach_key, tier, status, started_at, ended_at, duration_sec, score)"
                + " values (?, ?, ?, 'demo', 'free', 'completed', ?::timestamptz, ?::timestamptz, ?, ?)", session, person.account(), drill, at, at, seconds, score);
        owner.update("insert into public.attempts (session_id, user_id, drill_id, prompt, score, created_at) values (?, ?, ?, 'x', ?, ?::timestamptz)",
                session, person.account(), drill, score, at);
        owner.rows("select private.add_usage(?, ?::timestamptz, ceil(?::integer / 60.0)::integer, 1, 0)", person.account(), at, seconds);
        return session;
    }

    /** Noon in Manila on the Monday of the current week, plus the given number of days. */
    private String monday(int days) {
        return owner.value(String.class, "select (public.manila_week_start(now()) + ?::integer)::text || ' 12:00+08'", days);
    }

    private int make(String week, Integer limit) {
        return polaris.as(SERVICE).value(Integer.class, MAKE, week, limit);
    }

    private String runJob() {
        assertThat(service.value(String.class, "select public.run_job('recap')")).isEqualTo("done");
        return owner.value(String.class, "select result::text from public.job_runs order by started_at desc limit 1");
    }

    private String rows() {
        return owner.rows("select r::text from public.user_weekly_recaps as r order by user_id, week_start").toString();
    }
}
