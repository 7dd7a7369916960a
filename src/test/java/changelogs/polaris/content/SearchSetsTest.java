package changelogs.polaris.content;

import static changelogs.polaris.People.COACH;
import static changelogs.polaris.People.DRAFT_DRILL;
import static changelogs.polaris.People.DRILL;
import static changelogs.polaris.People.PAID_DRILL;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Search finds sets and items visible to the caller, from publication until withdrawal. */
class SearchSetsTest {

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeAll
    static void needPgvector() {
        Vectors.needPgvector();
    }

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        owner.update("delete from public.embedding_queue");
    }

    private UUID item(UUID drill, String title) {
        UUID item = UUID.randomUUID();
        owner.update("insert into public.drill_items (id, drill_id, kind, title, content, answer_key, difficulty) values (?, ?, 'prompt', ?, '{\"text\": \"Shown\", \"more\": [\"too\"]}',"
                + " '{\"text\": \"Secret\"}', 2)", item, drill, title);
        return item;
    }

    private UUID set(boolean gating, UUID... items) {
        UUID set = UUID.randomUUID();
        owner.update("insert into public.drill_sets (id, coach_key, section, title, description, tags, gating) values (?, ?, 'speaking', ?, 'About it', '{a,b}', ?)",
                set, COACH, "Set " + set, gating);
        for (UUID item : items) {
            owner.update("insert into public.set_members (set_id, item_id, position) values (?, ?, null)", set, item);
        }
        return set;
    }

    private void publish(UUID set) {
        for (String state : List.of("auto_qa", "in_review", "approved", "published")) {
            owner.update("update public.drill_sets set state = ? where id = ?", state, set);
        }
    }

    /** Completes all queued embedding jobs and returns their texts by entity id. */
    private Map<Object, Object> work() {
        Session service = polaris.as(SERVICE);
        Map<Object, Object> texts = new HashMap<>();
        for (Map<String, Object> job : service.rows("select * from public.claim_embedding_jobs(100, 'w')")) {
            service.rows("select public.complete_embedding_job(?, ?, ?::extensions.vector)", job.get("job"), job.get("claim"), Vectors.at(10));
            texts.put(job.get("entity_id"), job.get("content"));
        }
        return texts;
    }

    private List<UUID> find(Caller caller, String further) {
        return polaris.as(caller).column(UUID.class, "select entity_id from public.search_catalog('" + Vectors.at(0) + "'" + further + ") where entity_type <> 'drill'");
    }

    @Test
    void publishedSetIsQueuedWithItsItemsAndTheirVisibleText() {
        UUID item = item(null, "Greeting");
        UUID set = set(false, item);
        assertThat(polaris.count("public.embedding_queue")).as("jobs of a draft set").isZero();

        publish(set);

        assertThat(work()).containsOnly(Map.entry(set, "Set " + set + "\nAbout it\na, b"), Map.entry(item, "Greeting\ntoo\nShown"));
        assertThat(polaris.as(ALICE).rows("select entity_type, title, tags::text, coach_key, difficulty from public.search_catalog('" + Vectors.at(0)
                + "') where entity_type = 'drill_item'"))
                .containsExactly(row("entity_type", "drill_item", "title", "Greeting", "tags", "{a,b}", "coach_key", "demo", "difficulty", 2));
    }

    @Test
    void learnersFindPublishedSetsOfTheirPlanAndTheirItems() {
        UUID open = item(null, null);
        UUID paid = item(null, null);
        UUID set = set(false, open);
        UUID paidSet = set(true, paid);
        publish(set);
        publish(paidSet);
        work();

        assertThat(find(ALICE, "")).containsExactlyInAnyOrder(set, open);
        assertThat(polaris.as(ALICE).rows("select from public.search_catalog_embeddings")).hasSize(2);
        People.tier(owner, ALICE, "pro");
        assertThat(find(ALICE, "")).containsExactlyInAnyOrder(set, open, paidSet, paid);
        assertThat(find(ADMIN, "")).hasSize(4);
        assertThat(find(ALICE, ", coach_filter => 'demo', tag_filter => '{b}', difficulty_filter => 2::smallint")).containsExactlyInAnyOrder(open, paid);
        assertThat(find(ALICE, ", coach_filter => 'other'")).isEmpty();
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.search_catalog_embeddings")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ADMIN).update("delete from public.search_catalog_embeddings")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void withdrawnSetIsNotFound() {
        UUID item = item(null, null);
        UUID set = set(false, item);
        publish(set);
        work();
        owner.update("update public.drill_sets set state = 'deprecated' where id = ?", set);

        assertThat(find(ALICE, "")).isEmpty();
        assertThat(find(ADMIN, "")).doesNotContain(set);
    }

    @Test
    void vectorOfASetWithdrawnMeanwhileIsNotStored() {
        UUID set = set(false, item(null, null));
        publish(set);
        owner.update("update public.drill_sets set state = 'deprecated' where id = ?", set);
        work();

        assertThat(owner.rows("select from public.search_catalog_embeddings where drill_set_id = ?", set)).isEmpty();
    }

    @Test
    void itemIsFoundIfItsDrillIsVisible() {
        UUID open = item(DRILL, null);
        UUID paid = item(PAID_DRILL, null);
        UUID draft = item(DRAFT_DRILL, null);
        UUID alone = item(null, null);

        assertThat(work().keySet()).containsExactlyInAnyOrder(open, paid);
        assertThat(find(ALICE, "")).containsExactly(open);
        People.tier(owner, ALICE, "vip");
        assertThat(find(ALICE, "")).containsExactlyInAnyOrder(open, paid);
        owner.update("update public.drills set state = 'published' where id = ?", DRAFT_DRILL);
        assertThat(work().keySet()).containsExactlyInAnyOrder(DRAFT_DRILL, draft);
        assertThat(find(ALICE, "")).containsExactlyInAnyOrder(open, paid, draft).doesNotContain(alone);
    }

    @Test
    void changedItemIsQueuedAndDeletedItemLosesItsVector() {
        UUID item = item(DRILL, null);
        work();
        owner.update("update public.drill_items set qa_flags = '[1]', answer_key = '{}' where id = ?", item);
        assertThat(polaris.count("public.embedding_queue")).isZero();

        owner.update("update public.drill_items set content = '{\"text\": \"Other\"}' where id = ?", item);
        assertThat(work()).containsOnly(Map.entry(item, "Other"));
        owner.update("delete from public.drill_items where id = ?", item);
        assertThat(polaris.count("public.search_catalog_embeddings")).isZero();
    }

    @Test
    void backfillQueuesSetsAndItems() {
        UUID held = item(null, null);
        UUID set = set(false, held);
        publish(set);
        UUID drills = item(DRILL, null);
        item(null, null);
        owner.update("delete from public.embedding_queue");
        owner.update("delete from public.drills as d where not exists (select from public.drill_items as i where i.drill_id = d.id)");

        assertThat(polaris.as(SERVICE).value(Integer.class, "select public.enqueue_missing_embeddings(100)")).isEqualTo(4);
        assertThat(work().keySet()).containsExactlyInAnyOrder(set, held, DRILL, drills);
        assertThat(polaris.as(SERVICE).value(Integer.class, "select public.enqueue_missing_embeddings(100)")).isZero();
    }
}
