package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access to public.user_progress: users read their row, the service writes points and words, triggers on sessions write the totals. */
class UserProgressAccessTest {

    @RegisterExtension
    final Database describeIt = Database.of("describe-it");

    @BeforeEach
    void populate() {
        Learners.populate(describeIt);
        describeIt.as(ALICE).update("insert into public.sessions (user_id, session_type, ended_at) values (auth.uid(), 'qa', now())");
    }

    @Test
    void usersCannotWriteProgress() {
        Session alice = describeIt.as(ALICE);
        for (String attack : List.of(
                "update public.user_progress set total_points = 999999",
                "update public.user_progress set total_sessions = 999999",
                "update public.user_progress set last_activity_at = now()",
                "insert into public.user_progress (user_id) values (auth.uid())",
                "insert into public.user_progress (user_id) values (auth.uid()) on conflict (user_id) do update set total_points = 1",
                "delete from public.user_progress",
                "truncate public.user_progress",
                "select private.recompute_user_progress(array[auth.uid()])",
                "select private.update_user_progress_from_session()",
                "select * from private.backfills",
                "alter table public.sessions disable trigger trg_sessions_user_progress_insert",
                "drop trigger trg_sessions_user_progress_insert on public.sessions")) {
            assertThatThrownBy(() -> alice.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> describeIt.as(ANON).rows("select * from public.user_progress")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(alice.value(Integer.class, "select total_sessions from public.user_progress")).isOne();
        assertThat(describeIt.as(BOB).rows("select from public.user_progress")).isEmpty();
    }

    @Test
    void serviceUpsertsPointsAndWords() {
        Session service = describeIt.as(SERVICE);
        String upsert = """
                insert into public.user_progress (user_id, total_points, new_words_count) values (?, 5, 6)
                on conflict (user_id) do update
                set user_id = excluded.user_id, total_points = excluded.total_points, new_words_count = excluded.new_words_count
                """;

        service.update(upsert, ALICE.account());
        service.update(upsert, BOB.account());

        assertThat(service.rows("select total_points, new_words_count, total_sessions from public.user_progress order by total_sessions desc")).containsExactly(
                Map.of("total_points", 5, "new_words_count", 6, "total_sessions", 1), Map.of("total_points", 5, "new_words_count", 6, "total_sessions", 0));
    }

    @Test
    void serviceCannotWriteCountedColumns() {
        Session service = describeIt.as(SERVICE);
        for (String attack : List.of(
                "update public.user_progress set total_sessions = 9",
                "update public.user_progress set longest_streak_days = 9",
                "update public.user_progress set average_accuracy = 9",
                "insert into public.user_progress (user_id, total_sessions) values ('b0b00000-0000-4000-8000-000000000002', 9)",
                "delete from public.user_progress",
                "truncate public.user_progress")) {
            assertThatThrownBy(() -> service.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> service.update("update public.user_progress set total_points = -1")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> service.update("update public.user_progress set user_id = ?", BOB.account()))
                .as("update of user_id of counted progress").is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void triggerSetsUpdatedAtOnEveryUpdate() {
        describeIt.operator().update("update public.user_progress set updated_at = '1999-01-01'");

        assertThat(describeIt.operator().value(Boolean.class, "select updated_at > '2000-01-01' from public.user_progress")).isTrue();
    }
}
