package changelogs.describeit;

import static changelogs.describeit.Learners.begin;
import static changelogs.describeit.Learners.expected;
import static changelogs.describeit.Learners.progress;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Progress of a user follows every change of their sessions. */
class SessionProgressTest {

    @RegisterExtension
    final Database describeIt = Database.of("describe-it");

    private Session alice;
    private Session operator;

    @BeforeEach
    void populate() {
        Learners.populate(describeIt);
        alice = describeIt.as(ALICE);
        operator = describeIt.operator();
    }

    @Test
    void sessionCountsAfterItEnded() {
        UUID session = begin(alice, ALICE, "mixed");
        alice.update("update public.sessions set descriptions_generated = 2, qa_attempts = 3, qa_correct = 2 where id = ?", session);
        assertThat(progress(operator, ALICE.account())).isEmpty();

        alice.update("update public.sessions set ended_at = '2026-03-01 10:25:59+00', vocabulary_learned = 4, images_processed = 1 where id = ?", session);

        assertThat(progress(operator, ALICE.account()))
                .containsEntry("total_sessions", 1).containsEntry("total_time_spent_minutes", 25).containsEntry("total_descriptions", 2)
                .containsEntry("total_images", 1).containsEntry("total_questions_answered", 3).containsEntry("total_vocabulary_learned", 4)
                .containsEntry("average_accuracy", new BigDecimal("66.67")).containsEntry("average_completion_time_seconds", 1500)
                .containsEntry("current_streak_days", 1).containsEntry("longest_streak_days", 1);
        assertRight();
    }

    @Test
    void usersReadOnlyTheirProgress() {
        finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");

        assertThat(alice.value(Integer.class, "select total_time_spent_minutes from public.user_progress")).isEqualTo(60);
        assertThat(describeIt.as(BOB).rows("select from public.user_progress")).isEmpty();
    }

    @Test
    void editsOfAFinishedSessionCountOnce() {
        UUID session = finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");

        finish(session, "2026-03-01 11:30+00");
        finish(session, "2026-03-01 10:10+00");
        alice.update("update public.sessions set qa_attempts = 5, qa_correct = 5 where id = ?", session);

        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 1).containsEntry("total_time_spent_minutes", 10)
                .containsEntry("total_questions_answered", 5);
        assertRight();
    }

    @Test
    void reopenedSessionIsSubtractedUntilItEndsAgain() {
        finish(begin(alice, ALICE, "description"), "2026-02-28 11:00+00");
        UUID session = finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");
        assertThat(progress(operator, ALICE.account())).containsEntry("current_streak_days", 2);

        alice.update("update public.sessions set ended_at = null where id = ?", session);

        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 1).containsEntry("current_streak_days", 1)
                .containsEntry("last_qa_session_at", null);
        assertRight();
        finish(session, "2026-03-01 11:00+00");
        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 2).containsEntry("longest_streak_days", 2);
        assertRight();
    }

    @Test
    void finishedSessionCountsItsMinutesOnInsert() {
        alice.update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at, descriptions_generated)
                values (auth.uid(), 'description', '2026-03-01 10:00+00', '2026-03-01 10:42+00', 1)
                """);

        assertThat(progress(operator, ALICE.account())).containsEntry("total_time_spent_minutes", 42).containsEntry("total_sessions", 1);
        assertRight();
    }

    @Test
    void deletedSessionIsSubtracted() {
        UUID session = finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");

        describeIt.as(changelogs.testing.Caller.SERVICE).update("delete from public.sessions where id = ?", session);

        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 0).containsEntry("last_activity_at", null)
                .containsEntry("current_streak_days", 0);
        assertRight();
    }

    @Test
    void reassignedSessionMovesItsTotals() {
        UUID session = finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");

        operator.update("update public.sessions set user_id = ? where id = ?", BOB.account(), session);
        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 0);
        assertThat(progress(operator, BOB.account())).containsEntry("total_sessions", 1);
        assertRight();

        operator.update("update public.sessions set user_id = null where id = ?", session);
        assertThat(progress(operator, BOB.account())).containsEntry("total_sessions", 0);
        assertRight();
    }

    @Test
    void nullCountersAddNothing() {
        UUID session = begin(alice, ALICE, "mixed");
        alice.update("""
                update public.sessions set started_at = null, ended_at = '2026-03-01 11:00+00', images_processed = null, descriptions_generated = null,
                    qa_attempts = null, qa_correct = null, vocabulary_learned = null where id = ?
                """, session);
        finish(begin(alice, ALICE, "qa"), "2026-03-02 11:00+00");

        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 2).containsEntry("total_images", 0);
        assertRight();
    }

    @Test
    void sessionsOfOneStatementCountOnceEach() {
        operator.update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at, qa_attempts, qa_correct)
                select ?, 'qa', t, t + interval '5 minutes', 4, 3
                from unnest(array['2026-03-05', '2026-03-01', '2026-03-02', '2026-03-05', '2026-03-03', '2026-02-20']::timestamptz[]) as t
                """, ALICE.account());
        assertThat(progress(operator, ALICE.account())).containsEntry("current_streak_days", 1).containsEntry("longest_streak_days", 3);
        assertRight();

        operator.update("update public.sessions set ended_at = ended_at + interval '1 day', qa_correct = 4 where started_at < '2026-03-04'");
        assertRight();

        operator.update("delete from public.sessions where started_at > '2026-03-01 12:00+00'");
        assertRight();
    }

    @Test
    void laterFinishedEarlierSessionFillsAGapInTheStreak() {
        for (String day : new String[] {"2026-03-01", "2026-03-03", "2026-03-02"}) {
            finish(begin(alice, ALICE, "qa"), day + " 11:00+00");
            assertRight();
        }

        assertThat(progress(operator, ALICE.account())).containsEntry("current_streak_days", 3).containsEntry("longest_streak_days", 3);
        assertThat(operator.value(String.class, "select last_activity_at at time zone 'UTC' || '' from public.user_progress")).isEqualTo("2026-03-03 11:00:00");
    }

    @Test
    void dayStartsAtMidnightUtcInEverySessionTimeZone() {
        operator.script("set time zone 'Asia/Tokyo'");
        operator.update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at)
                select ?, 'qa', t, t from unnest(array['2026-03-01 23:59:59+00', '2026-03-02 00:00+00']::timestamptz[]) as t
                """, ALICE.account());

        assertThat(progress(operator, ALICE.account())).containsEntry("current_streak_days", 2);
    }

    @Test
    void oneSessionCountsOnlyPlausibleAmounts() {
        alice.update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at, duration_minutes, images_processed, descriptions_generated,
                    qa_attempts, qa_correct, vocabulary_learned)
                values (auth.uid(), 'mixed', '2026-03-01 10:00+00', '2026-03-01 11:00+00', 2147483647, 2147483647, 2147483647,
                    2147483647, 2147483647, 2147483647)
                """);

        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 1).containsEntry("total_time_spent_minutes", 1440)
                .containsEntry("total_images", 1000).containsEntry("total_descriptions", 1000).containsEntry("total_questions_answered", 1000)
                .containsEntry("total_vocabulary_learned", 1000).containsEntry("average_accuracy", new BigDecimal("100.00"));
        assertRight();
    }

    @Test
    void sessionsOutsideOfThisCenturyDoNotCount() {
        finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");

        alice.update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at)
                select auth.uid(), 'qa', began, ended
                from unnest(array['4714-11-24 00:00:00+00 BC', '-infinity', '1999-12-31 23:59:59+00', '2100-01-01 00:00+00', '294276-12-31 23:59:59+00',
                    'infinity']::timestamptz[]) as ended
                cross join unnest(array['4714-11-24 00:00:00+00 BC', '-infinity', null, '2026-03-01', '294276-12-31 23:59:59+00', 'infinity']::timestamptz[]) as began
                """);

        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 1).containsEntry("longest_streak_days", 1);
        assertRight();
    }

    @Test
    void implausibleStartCountsAtMostADay() {
        alice.update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at)
                select auth.uid(), 'qa', began, '2026-03-01 11:00+00'
                from unnest(array['4714-11-24 00:00:00+00 BC', '-infinity', '2026-02-27 10:00+00', '294276-12-31 23:59:59+00', 'infinity', null]::timestamptz[]) as began
                """);

        assertThat(progress(operator, ALICE.account())).containsEntry("total_sessions", 6).containsEntry("total_time_spent_minutes", 3 * 1440);
        assertRight();
    }

    @Test
    @OfItsOwn
    void statementRecountsItsUsersOnce() throws SQLException {
        try (Statement statement = operator.connection().createStatement()) {
            operator.connection().setAutoCommit(false);
            statement.execute("set local track_functions = 'pl'");
            statement.execute("""
                    insert into public.sessions (user_id, session_type, started_at, ended_at)
                    select u.id, 'qa', t, t from public.users as u cross join generate_series(timestamptz '2026-03-01', '2026-05-01', '1 day') as t
                    """);
            statement.execute("update public.sessions set vocabulary_learned = 2");
            statement.execute("update public.sessions set session_data = '{\"beat\": 1}'");
            statement.execute("delete from public.sessions where started_at < '2026-03-05'");
            var calls = statement.executeQuery("select pg_stat_get_xact_function_calls('private.count_user_progress(uuid[])'::regprocedure)");

            assertThat(calls.next()).isTrue();
            assertThat(calls.getLong(1)).as("recounts of four statements, one of which changes nothing that is counted").isEqualTo(3);
            operator.connection().commit();
        }
        assertRight();
    }

    @Test
    void deletingAUserDeletesSessionsAndProgress() {
        finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");
        finish(begin(alice, ALICE, "qa"), "2026-03-02 11:00+00");

        operator.update("delete from public.users where id = ?", ALICE.account());

        assertThat(describeIt.count("public.sessions")).isZero();
        assertThat(describeIt.count("public.user_progress")).isZero();
    }

    @Test
    void recountKeepsColumnsWrittenByTheService() {
        Session service = describeIt.as(changelogs.testing.Caller.SERVICE);
        service.update("insert into public.user_progress (user_id, total_points, mastered_words_count) values (?, 50, 7)", ALICE.account());

        finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");
        operator.value(Long.class, "select private.recompute_user_progress(array[?::uuid])", ALICE.account());

        assertThat(operator.rows("select total_points, mastered_words_count, total_sessions from public.user_progress")).singleElement()
                .isEqualTo(java.util.Map.of("total_points", 50, "mastered_words_count", 7, "total_sessions", 1));
    }

    @Test
    void recomputationRepairsWrongTotals() {
        finish(begin(alice, ALICE, "qa"), "2026-03-01 11:00+00");
        operator.script("update public.user_progress set total_sessions = 99, average_accuracy = 9, current_streak_days = 0");

        operator.value(Long.class, "select private.recompute_user_progress(array(select id from public.users))");

        assertRight();
        assertThat(describeIt.count("public.user_progress")).as("users recomputed").isEqualTo(3);
    }

    private UUID finish(UUID session, String at) {
        alice.update("update public.sessions set ended_at = ?::timestamptz, started_at = least(started_at, ?::timestamptz) where id = ?", at, at, session);
        return session;
    }

    private void assertRight() {
        assertThat(progress(operator, ALICE.account())).isEqualTo(expected(operator, ALICE.account()));
        assertThat(Learners.wrong(operator)).as("users whose progress is wrong").isEmpty();
    }
}
