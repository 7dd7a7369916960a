package changelogs.vectors;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static changelogs.vectors.Game.ALICE_PROFILE;
import static changelogs.vectors.Game.BOB_PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Read and write access to public.action_events. */
class ActionEventsAccessTest {

    private static final String SELECT_ACTION =
            "insert into public.action_events (action_id, profile_id, source, vector, selected_at, mode) values ('apply_genius', ?, 'feed', 'genius', now(), 'self_guided')";

    @RegisterExtension
    final Database vectors = Database.of("vectors");

    @BeforeEach
    void populate() {
        Game.populate(vectors);
        vectors.operator().update(SELECT_ACTION, ALICE_PROFILE);
    }

    @Test
    void playersLogAndCompleteActions() {
        Session bob = vectors.as(BOB);

        assertThat(bob.update(SELECT_ACTION, BOB_PROFILE)).isOne();
        assertThat(bob.update("update public.action_events set completed_at = now(), duration = 90, metadata = '{\"mood\": 4}'")).isOne();

        assertThat(bob.value(Integer.class, "select duration from public.action_events")).isEqualTo(90);
    }

    @Test
    void strangersCannotSeeCompleteOrLogActionsOfOthers() {
        Session stranger = vectors.as(STRANGER);

        assertThat(stranger.rows("select * from public.action_events")).isEmpty();
        assertThat(stranger.update("update public.action_events set completed_at = now()")).isZero();
        assertThatThrownBy(() -> stranger.update(SELECT_ACTION, ALICE_PROFILE)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(vectors.count("public.action_events")).as("rows written").isOne();
        assertThat(vectors.operator().rows("select from public.action_events where completed_at is not null")).isEmpty();
    }

    @Test
    void playersCannotRewriteTheLog() {
        Session alice = vectors.as(ALICE);

        for (String attack : List.of(
                "update public.action_events set action_id = 'other'",
                "update public.action_events set profile_id = 'b0b00000-0000-4000-8000-00000000000a'",
                "update public.action_events set selected_at = '1999-01-01'",
                "update public.action_events set created_at = '1999-01-01'",
                "insert into public.action_events (action_id, profile_id, created_at) values ('x', 'a11ce000-0000-4000-8000-00000000000a', '1999-01-01')",
                "insert into public.action_events (id, action_id, profile_id) values (gen_random_uuid(), 'x', 'a11ce000-0000-4000-8000-00000000000a')",
                "delete from public.action_events",
                "truncate public.action_events")) {
            assertThatThrownBy(() -> alice.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void anonymousCallerHasNoAccess() {
        Session anon = vectors.as(ANON);

        for (String attack : List.of(
                "select * from public.action_events",
                "insert into public.action_events (action_id, profile_id) values ('x', 'a11ce000-0000-4000-8000-00000000000a')",
                "update public.action_events set duration = 1",
                "delete from public.action_events",
                "truncate public.action_events")) {
            assertThatThrownBy(() -> anon.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void invalidCompletionIsRejected() {
        Session alice = vectors.as(ALICE);

        for (String assignment : List.of(
                "duration = -7",
                "completed_at = selected_at - interval '1 second'",
                "metadata = '[]'",
                "metadata = '\"text\"'")) {
            assertThatThrownBy(() -> alice.update("update public.action_events set " + assignment)).as(assignment).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void serviceReadsAndWritesAllActions() {
        Session service = vectors.as(SERVICE);

        assertThat(service.update(SELECT_ACTION, BOB_PROFILE)).isOne();
        assertThat(service.value(Long.class, "select count(*) from public.action_events")).isEqualTo(2);
        assertThat(service.update("update public.action_events set metadata = '{\"by\": \"service\"}'")).isEqualTo(2);
        assertThat(service.update("delete from public.action_events")).isEqualTo(2);
    }

    @Test
    void deletingAProfileDeletesItsActions() {
        vectors.as(SERVICE).update(SELECT_ACTION, BOB_PROFILE);

        vectors.operator().update("delete from public.game_profiles where id = ?", BOB_PROFILE);

        assertThat(vectors.operator().rows("select from public.action_events where profile_id = ?", BOB_PROFILE)).isEmpty();
    }
}
