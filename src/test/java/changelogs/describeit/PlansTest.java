package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
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
        Session alice = describeIt.as(ALICE);

        for (String query : List.of(
                "select user_id, last_validated_at from public.user_api_keys",
                "delete from public.user_api_keys",
                "select * from public.user_progress",
                "select * from public.export_history",
                "select * from public.export_history order by created_at desc limit 20")) {
            assertThat(alice.plan(query)).as(query).doesNotContain("Seq Scan").contains("Index");
        }
        assertThat(owner.plan("select * from public.export_history where status = 'pending'")).contains("idx_export_history_status");
        assertThat(owner.plan("select * from public.export_history where export_type = 'type7'")).contains("idx_export_history_export_type");
        assertThat(owner.plan("select * from public.export_history order by created_at desc limit 20"))
                .contains("idx_export_history_created_at").doesNotContain("Sort");
        assertThat(owner.plan("select * from public.user_progress order by last_activity_at desc nulls last limit 20"))
                .contains("idx_user_progress_last_activity").doesNotContain("Sort");
    }
}
