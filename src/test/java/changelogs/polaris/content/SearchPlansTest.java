package changelogs.polaris.content;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With 20,000 drills and 5,000 items, catalog search uses the vector index and library search the index on the user. */
class SearchPlansTest {

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    @BeforeAll
    static void needPgvector() {
        Vectors.needPgvector();
    }

    @Test
    void searchesUseIndexes() {
        Session owner = People.signUp(polaris);
        crowd(polaris.operator());
        Session alice = polaris.as(ALICE);

        PlannedQuery.of("polaris", "search").forEach(query -> query.assertPlan(polaris));
        assertThat(alice.rows("select * from public.search_catalog('" + Vectors.at(0) + "', 100)")).hasSize(100);
        assertThat(alice.rows("select * from public.search_catalog('" + Vectors.at(0) + "', 50, '" + COACH + "')")).as("results with a filter that matches one row in twenty")
                .hasSize(50);
        assertThat(polaris.as(SERVICE).rows("select * from public.claim_embedding_jobs(10, 'w')")).hasSize(10);
    }

    /** Loads vectors in 2,000 directions with triggers and foreign keys disabled and creates the indexes afterwards, for speed. */
    private static void crowd(Session operator) {
        operator.script("""
                set local session_replication_role = replica;
                set local maintenance_work_mem = '128MB';
                drop index public.idx_drills_embedding;
                create temp table direction on commit drop as
                    select i, (select array_agg((hashint4(i * 1000 + j) %% 1000) / 1000.0 order by j) from generate_series(1, 768) as j)::extensions.vector(768) as embedding
                    from generate_series(0, 1999) as i;
                insert into public.drills (coach_key, type, title, prompt, state, embedding)
                    select case when n %% 20 = 0 then '%1$s' else 'other' end, 'speaking', 'x', 'x', 'published', d.embedding
                    from generate_series(1, 20000) as n join direction as d on d.i = n %% 1999;
                create index idx_drills_embedding on public.drills using hnsw (embedding extensions.vector_cosine_ops);
                insert into public.drill_sets (id, coach_key, section, title, state, published_at)
                    select md5('set' || n)::uuid, '%1$s', 'speaking', 'Set ' || n, 'published', now() from generate_series(1, 500) as n;
                insert into public.drill_items (id, kind, content) select md5('item' || n)::uuid, 'prompt', '{}' from generate_series(1, 5000) as n;
                insert into public.set_members (set_id, item_id, position)
                    select md5('set' || 1 + n %% 500)::uuid, md5('item' || n)::uuid, n from generate_series(1, 5000) as n;
                insert into public.search_catalog_embeddings (drill_item_id, title, coach_keys, embedding)
                    select md5('item' || n)::uuid, 'x', '{%1$s}', d.embedding from generate_series(1, 5000) as n join direction as d on d.i = n %% 1999;
                insert into public.search_user_embeddings (user_id, source_type, source_id, content, embedding)
                    select md5('person' || n %% 500)::uuid, 'goal', gen_random_uuid(), 'x', d.embedding
                    from generate_series(1, 10000) as n join direction as d on d.i = n %% 1999;
                insert into public.embedding_queue (entity_type, entity_id, reason) select 'drill', gen_random_uuid(), 'missing' from generate_series(1, 20000);
                """.formatted(COACH));
        operator.script("analyze public.drills, public.drill_sets, public.drill_items, public.set_members, public.search_catalog_embeddings, public.search_user_embeddings, public.embedding_queue");
    }
}
