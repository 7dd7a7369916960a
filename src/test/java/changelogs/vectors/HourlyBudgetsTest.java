package changelogs.vectors;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.TOO_MANY_REQUESTS;
import static changelogs.testing.SqlFailed.sqlState;
import static changelogs.vectors.Game.ALICE_PROFILE;
import static changelogs.vectors.Game.BOB_PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of the rows that a player may add per hour. */
class HourlyBudgetsTest {

    private static final String EVENTS = "insert into public.action_events (action_id, profile_id) select 'x', ? from generate_series(1, ?)";
    private static final String PROGRESS = "insert into public.vector_progress (profile_id, vector) select ?, concat('v', i) from generate_series(1, ?) as i"
            + " on conflict (profile_id, vector, version) do update set step_index = 1";

    @RegisterExtension
    final Database vectors = Database.of("vectors");

    private Session alice;

    @BeforeEach
    void populate() {
        Game.populate(vectors);
        alice = vectors.as(ALICE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"public.action_events | 600 | " + EVENTS, "public.vector_progress | 500 | " + PROGRESS})
    void playerCannotExceedTheHourlyBudget(String table, int budget, String add) {
        long before = vectors.count(table);
        assertThatThrownBy(() -> alice.update(add, ALICE_PROFILE, budget + 1)).is(sqlState(TOO_MANY_REQUESTS))
                .extracting(failed -> ((SqlFailed) failed).answer().hint()).asString().startsWith("Try again after ");
        assertThat(vectors.count(table)).isEqualTo(before);

        assertThat(alice.update(add, ALICE_PROFILE, budget)).isEqualTo(budget);

        assertThatThrownBy(() -> alice.update(add.replace("'v'", "'w'"), Game.ALICE_SECOND_PROFILE, 1)).as("for another profile").is(sqlState(TOO_MANY_REQUESTS));
        assertThat(vectors.as(BOB).update(add, BOB_PROFILE, 1)).as("of another player").isOne();
        vectors.operator().update("update private.hourly_usage set hour = hour - interval '1 hour'");
        assertThat(alice.update(add.replace("'v'", "'w'"), ALICE_PROFILE, 1)).as("in the next hour").isOne();
        assertThat(vectors.operator().value(Long.class, "select used from private.hourly_usage where user_id = ?", ALICE.account())).isOne();
    }

    @Test
    void repeatedUpsertsAreNotCounted() {
        alice.update(PROGRESS, ALICE_PROFILE, 500);

        assertThat(alice.update(PROGRESS, ALICE_PROFILE, 500)).as("updated rows").isEqualTo(500);
    }

    @Test
    void serviceIsNotLimited() {
        assertThat(vectors.as(SERVICE).update(EVENTS, ALICE_PROFILE, 1000)).isEqualTo(1000);
        assertThat(vectors.count("private.hourly_usage")).isZero();
    }

    @Test
    void deletingTheAccountDeletesItsCounts() {
        alice.update(EVENTS, ALICE_PROFILE, 1);

        vectors.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(vectors.count("private.hourly_usage")).isZero();
    }
}
