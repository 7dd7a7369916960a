package changelogs.vectors;

import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of a player use indexes with many rows of others. */
class PlansTest {

    @RegisterExtension
    final Database vectors = Database.ofItsOwn("vectors");

    @Test
    void ownRowsAndTheSortedFeedAreReadByIndex() {
        Game.populate(vectors);
        Session operator = vectors.operator();
        Game.crowd(operator, 5_000);
        operator.update("""
                insert into public.action_events (action_id, profile_id, vector, selected_at, completed_at)
                select 'x', p.id, 'mind', now() - interval '1 day', case when i > 1 then now() - i * interval '1 minute' end
                from public.game_profiles as p cross join generate_series(1, 5) as i
                """);
        operator.update("""
                insert into public.action_events (action_id, profile_id, completed_at)
                select 'x', ?, now() - i * interval '1 minute' from generate_series(1, 2000) as i
                """, Game.ALICE_PROFILE);
        operator.script("analyze public.game_profiles, public.vector_progress, public.action_events");
        Session alice = vectors.as(ALICE);

        for (String query : List.of(
                "select * from public.vector_progress",
                "select * from public.vector_progress where vector = 'mind' and version = 'v1'",
                "update public.vector_progress set step_index = 1",
                "select * from public.action_events",
                "select * from public.action_events where vector = 'mind'",
                "update public.action_events set duration = 1")) {
            assertThat(alice.plan(query)).as(query).doesNotContain("Seq Scan").contains("Index");
        }
        String feed = "select * from public.action_events where profile_id = ? order by completed_at desc nulls last limit 20";
        assertThat(alice.plan(feed, Game.ALICE_PROFILE)).contains("Index").doesNotContain("Seq Scan");
        assertThat(operator.plan(feed, Game.ALICE_PROFILE)).contains("idx_action_events_profile_completed").doesNotContain("Sort", "Seq Scan");
        assertThat(operator.plan("select * from public.action_events where completed_at is not null order by completed_at desc limit 20"))
                .contains("idx_action_events_completed_at").doesNotContain("Sort", "Seq Scan");
        assertThat(operator.plan("select p.id from public.game_profiles as p where p.user_id = ?", ALICE.account()))
                .contains("idx_game_profiles_user_id_vectors");
    }
}
