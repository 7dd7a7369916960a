package changelogs.vectors;

import static changelogs.testing.Caller.ALICE;

import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import java.util.Map;
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
        Map<String, String> values = Map.of("public.game_profiles.id", Game.ALICE_PROFILE.toString(), "public.game_profiles.user_id", ALICE.account().toString());

        PlannedQuery.of("vectors", "reads").forEach(query -> query.assertPlan(vectors, values::get));
    }
}
