package changelogs.describeit;

import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads of users and of the service use indexes with many rows of others. */
class PlansTest {

    @RegisterExtension
    final Database describeIt = Database.ofItsOwn("describe-it");

    @Test
    void ownRowsAndSortedListsAreReadByIndex() {
        Learners.populate(describeIt);
        Session owner = describeIt.owner();
        Learners.crowd(owner, 2_000, 1);
        owner.script("""
                insert into public.user_api_keys (user_id) select u.id from public.users as u;
                insert into public.export_history (user_id, export_type, export_format, status, started_at, completed_at, created_at)
                select u.id, 'type' || (row_number() over ()) % 500, 'csv', 'completed', now(), now(), now() - random() * interval '1 year'
                from public.users as u cross join generate_series(1, 4);
                insert into public.export_history (user_id, export_type, export_format) select u.id, 'x', 'csv' from public.users as u limit 20;
                analyze public.user_api_keys, public.user_progress, public.export_history;
                """);

        PlannedQuery.of("describe-it", "reads").forEach(query -> query.assertPlan(describeIt));
    }
}
