package changelogs.polaris.shop;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NOT_NULL_VIOLATION;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The product cache converges to the newest data from Shopify in any order of updates, and shows visitors only published products. */
class ShopifyCacheTest {

    private static final String MONDAY = "2026-01-05T00:00:00Z";
    private static final String TUESDAY = "2026-01-06T00:00:00Z";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session service;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        service = polaris.as(SERVICE);
    }

    private static String product(String id, String updatedAt, String more) {
        return "{\"shopify_id\": \"" + id + "\", \"handle\": \"" + id + "\", \"title\": \"" + id + "\", \"available\": true, \"is_published\": true, \"updated_at\": \""
                + updatedAt + "\"" + more + "}";
    }

    private static String collection(String id, String updatedAt, String more) {
        return "{\"shopify_id\": \"" + id + "\", \"handle\": \"" + id + "\", \"title\": \"" + id + "\", \"is_published\": true, \"updated_at\": \"" + updatedAt + "\"" + more + "}";
    }

    private String products(String... items) {
        return service.value(Object.class, "select public.upsert_shopify_products(?::jsonb)", "[" + String.join(", ", items) + "]").toString();
    }

    private void collections(String... items) {
        service.rows("select public.upsert_shopify_collections(?::jsonb)", "[" + String.join(", ", items) + "]");
    }

    private List<String> shown(Caller caller) {
        return polaris.as(caller).column(String.class, "select shopify_id from public.v_shopify_products_public order by shopify_id");
    }

    private List<String> inside(Caller caller, String collection) {
        return polaris.as(caller).column(String.class, """
                select p.shopify_id
                from public.shopify_product_collections as l
                join public.shopify_products_cache as p on p.id = l.product_id
                join public.shopify_collections_cache as c on c.id = l.collection_id
                where c.shopify_id = ?
                order by l.position
                """, collection);
    }

    @Test
    void visitorsSeePublishedProductsOnly() {
        products(product("headset", MONDAY, ", \"price_min_minor\": 199900, \"price_max_minor\": 249900, \"currency_code\": \"PHP\", \"tags\": [\"sound\"], \"raw\": {\"cost\": 1}"),
                product("soldout", MONDAY, ", \"available\": false"), product("draft", MONDAY, ", \"is_published\": false"), product("hidden", MONDAY, ""));
        assertThat(polaris.as(ADMIN).update("update public.shopify_products_cache set is_hidden = true where shopify_id = 'hidden'")).isOne();

        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThat(shown(caller)).as(caller.role()).containsExactly("headset");
        }
        Map<String, Object> headset = polaris.as(ANON).rows("select * from public.v_shopify_products_public").get(0);
        assertThat(headset).containsEntry("price_min_minor", 199900L).containsEntry("currency_code", "PHP").containsEntry("market", "GLOBAL").doesNotContainKey("raw");
        assertThat(polaris.as(ANON).column(String.class, "select shopify_id from public.shopify_products_cache order by 1")).containsExactly("headset", "soldout");
        assertThat(polaris.as(ALICE).column(String.class, "select shopify_id from public.shopify_products_cache order by 1")).containsExactly("headset", "soldout");
        assertThat(polaris.as(ADMIN).rows("select shopify_id from public.shopify_products_cache")).hasSize(4);
    }

    @Test
    void onlyTheServiceReadsRawShopifyData() {
        products(product("headset", MONDAY, ", \"raw\": {\"cost\": 1}"));

        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select raw from public.shopify_products_cache")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> polaris.as(caller).rows("select raw from public.shopify_collections_cache")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(service.rows("select raw from public.shopify_products_cache")).hasSize(1);
    }

    @Test
    void onlyTheServiceWritesAndAdminsOnlyHide() {
        products(product("headset", MONDAY, ""));
        collections(collection("sound", MONDAY, ""));

        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            Session session = polaris.as(caller);
            for (String write : List.of("insert into public.shopify_products_cache (shopify_id, handle, title) values ('x', 'x', 'x')",
                    "update public.shopify_products_cache set price_min_minor = 1", "update public.shopify_products_cache set url = 'https://example.com/'",
                    "delete from public.shopify_products_cache", "truncate public.shopify_collections_cache",
                    "update public.shopify_collections_cache set description_html = 'x'", "delete from public.shopify_product_collections",
                    "insert into public.shopify_sync_state (source) values ('other')", "update public.shopify_sync_state set cursor = null",
                    "select public.upsert_shopify_products('[]')", "select public.upsert_shopify_collections('[]')", "select public.begin_shopify_full_sync()",
                    "select public.finish_shopify_full_sync(gen_random_uuid(), 0, 0)")) {
                assertThatThrownBy(() -> session.update(write)).as(caller.role() + " " + write).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> polaris.as(ANON).update("update public.shopify_products_cache set is_hidden = true")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (String table : List.of("shopify_products_cache", "shopify_collections_cache")) {
            assertThat(polaris.as(ALICE).update("update public." + table + " set is_hidden = true")).isZero();
            assertThat(polaris.as(ADMIN).update("update public." + table + " set is_hidden = true")).isOne();
        }
        products(product("headset", TUESDAY, ""));
        assertThat(shown(ANON)).as("product hidden by an admin stays hidden after a sync").isEmpty();
        assertThat(polaris.as(ALICE).rows("select from public.shopify_sync_state")).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select from public.shopify_sync_state")).hasSize(1);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.shopify_sync_state")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void repeatedUpdateChangesNothing() {
        assertThat(products(product("headset", MONDAY, ", \"tags\": [\"sound\"]"))).contains("\"written\": 1", "\"unchanged\": 0");
        assertThat(products(product("headset", MONDAY, ", \"tags\": [\"sound\"]"))).contains("\"written\": 0", "\"unchanged\": 1");
        assertThat(polaris.count("public.shopify_products_cache")).isOne();
    }

    @Test
    void olderUpdatesDoNotOverwriteNewerOnes() {
        products(product("headset", TUESDAY, ", \"title\": \"New\""));
        assertThat(products(product("headset", MONDAY, ", \"title\": \"Old\""))).contains("\"written\": 0");
        assertThat(owner.value(String.class, "select title from public.shopify_products_cache")).isEqualTo("New");

        products(product("lamp", TUESDAY, ", \"title\": \"New\""), product("lamp", MONDAY, ", \"title\": \"Old\""));
        assertThat(owner.value(String.class, "select title from public.shopify_products_cache where shopify_id = 'lamp'")).as("both versions in one batch").isEqualTo("New");
    }

    @Test
    void batchOfAnotherShopDoesNotOverwriteAProduct() {
        products(product("headset", MONDAY, ""));
        service.rows("select public.upsert_shopify_products(?::jsonb, 'outlet')", "[" + product("headset", TUESDAY, ", \"title\": \"Theirs\"") + "]");

        assertThat(owner.value(String.class, "select source || ' ' || title from public.shopify_products_cache")).isEqualTo("shopify headset");
        assertThatThrownBy(() -> service.update("delete from public.shopify_sync_state where source = 'shopify'")).is(sqlState(FOREIGN_KEY_VIOLATION));
    }

    @Test
    void malformedBatchIsRejected() {
        for (String batch : List.of("{}", "[]", "null", "[1]", "[{\"shopify_id\": \"x\"}]", "[{\"updated_at\": \"2026-01-05T00:00:00Z\"}]",
            "[{\"shopify_id\": \"x\", \"updated_at\": \"infinity\"}]", "[{\"shopify_id\": \"x\", \"updated_at\": \"2999-01-01T00:00:00Z\"}]")) {
            for (String what : List.of("products", "collections")) {
                assertThatThrownBy(() -> service.rows("select public.upsert_shopify_" + what + "(?::jsonb)", batch)).is(sqlState(INVALID_PARAMETER));
            }
        }
    }

    @Test
    void batchSizeAndSyncKindAreChecked() {
        String many = IntStream.rangeClosed(0, 1000).mapToObj(i -> product("p" + i, MONDAY, "")).collect(Collectors.joining(", ", "[", "]"));
        assertThatThrownBy(() -> service.rows("select public.upsert_shopify_products(?::jsonb)", many)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> service.rows("select public.upsert_shopify_products(?::jsonb, 'shopify', 'rumour')", "[" + product("x", MONDAY, "") + "]")).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> service.rows("select public.upsert_shopify_products(?::jsonb, 'shopify', null)", "[" + product("x", MONDAY, "") + "]")).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> service.rows("select public.upsert_shopify_products(null)")).is(sqlState(INVALID_PARAMETER));
    }

    @Test
    void invalidProductIsRejected() {
        for (String more : List.of("\"url\": \"javascript:alert(1)\"", "\"url\": \"http://example.com/\"", "\"image_url\": \"https://\"", "\"image_url\": \"https://a b\"", "\"url\": \"https://a\\nb\"",
            "\"price_min_minor\": 1", "\"price_min_minor\": 2, \"price_max_minor\": 1, \"currency_code\": \"PHP\"",
            "\"price_min_minor\": -1, \"price_max_minor\": 1, \"currency_code\": \"PHP\"", "\"price_min_minor\": 1, \"price_max_minor\": 1, \"currency_code\": \"php\"",
            "\"market\": \"global\"", "\"title\": \"\"", "\"tags\": [null]", "\"raw\": []")) {
            assertThatThrownBy(() -> products(product("x", MONDAY, ", " + more))).as(more).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void productWithoutIsPublishedIsRejected() {
        assertThatThrownBy(() -> products(product("x", MONDAY, ", \"is_published\": null"))).is(sqlState(NOT_NULL_VIOLATION));
    }

    @Test
    void collectionContainsTheProductsOfItsLatestUpdate() {
        products(product("a", MONDAY, ""), product("b", MONDAY, ""), product("c", MONDAY, ", \"is_published\": false"));
        collections(collection("sound", MONDAY, ", \"products\": [\"b\", \"c\", \"a\", \"b\", \"unknown\"]"), collection("next", MONDAY, ", \"is_published\": false, \"products\": [\"a\"]"));

        assertThat(inside(SERVICE, "sound")).containsExactly("b", "c", "a");
        for (Caller caller : List.of(ANON, ALICE)) {
            assertThat(inside(caller, "sound")).as(caller.role()).containsExactly("b", "a");
            assertThat(polaris.as(caller).rows("select from public.shopify_product_collections")).as(caller.role()).hasSize(2);
            assertThat(polaris.as(caller).column(String.class, "select shopify_id from public.v_shopify_collections_public")).containsExactly("sound");
        }
        assertThat(polaris.as(ADMIN).rows("select from public.shopify_product_collections")).hasSize(4);

        collections(collection("sound", TUESDAY, ", \"products\": [\"a\", \"b\"]"));
        assertThat(inside(ANON, "sound")).containsExactly("a", "b");
        collections(collection("sound", MONDAY, ", \"products\": []"));
        assertThat(inside(ANON, "sound")).as("older update").containsExactly("a", "b");
        collections(collection("sound", TUESDAY, ""));
        assertThat(inside(ANON, "sound")).as("update without products").containsExactly("a", "b");
        collections(collection("sound", TUESDAY, ", \"products\": [\"a\"]"));
        assertThat(inside(ANON, "sound")).containsExactly("a");
    }

    private UUID begin() {
        return service.value(UUID.class, "select public.begin_shopify_full_sync()");
    }

    private String finish(UUID run, Integer products, Integer collections) {
        return service.value(Object.class, "select public.finish_shopify_full_sync(?, ?, ?)", run, products, collections).toString();
    }

    @Test
    void fullSyncUnpublishesProductsItDidNotSee() {
        products(product("kept", MONDAY, ""), product("gone", MONDAY, ""));
        collections(collection("kept", MONDAY, ""), collection("gone", MONDAY, ""));
        UUID run = begin();
        products(product("kept", MONDAY, ""), product("added", MONDAY, ""));
        collections(collection("kept", MONDAY, ""));

        String answer = finish(run, 2, 1);
        assertThat(answer).contains("\"products_unpublished\": 1", "\"collections_unpublished\": 1", "\"products_seen\": 2");
        assertThat(shown(ANON)).containsExactly("added", "kept");
        assertThat(polaris.as(ANON).column(String.class, "select shopify_id from public.v_shopify_collections_public")).containsExactly("kept");
        assertThat(finish(run, 2, 1)).as("repeated finish").isEqualTo(answer);

        UUID next = begin();
        products(product("kept", MONDAY, ""), product("added", MONDAY, ""), product("gone", MONDAY, ""));
        collections(collection("kept", MONDAY, ""));
        finish(next, 3, 1);
        assertThat(shown(ANON)).as("product seen again without changes").containsExactly("added", "gone", "kept");
    }

    @Test
    void incompleteFullSyncUnpublishesNothing() {
        products(product("a", MONDAY, ""), product("b", MONDAY, ""));
        UUID run = begin();
        products(product("a", MONDAY, ""));

        assertThatThrownBy(() -> finish(run, 2, 0)).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> finish(run, null, 0)).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> finish(run, 1, 1)).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> finish(run, -1, 0)).is(sqlState(WRONG_STATE));
        assertThat(shown(ANON)).containsExactly("a", "b");
    }

    @Test
    void onlyTheLatestFullSyncCanFinish() {
        UUID first = begin();
        UUID second = begin();

        assertThatThrownBy(() -> finish(first, 0, 0)).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> finish(null, 0, 0)).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> finish(UUID.randomUUID(), 0, 0)).is(sqlState(WRONG_STATE));
        finish(second, 0, 0);
        assertThatThrownBy(() -> service.rows("select public.finish_shopify_full_sync(?, 0, 0, 'nowhere')", second)).is(sqlState(WRONG_STATE));
    }

    @Test
    void syncStateRecordsTheTimeOfEachKindOfSync() {
        products(product("a", MONDAY, ""));
        assertThat(owner.rows("select from public.shopify_sync_state where last_delta_sync_at is not null and last_webhook_at is null and last_full_sync_at is null")).hasSize(1);
        service.rows("select public.upsert_shopify_products(?::jsonb, 'shopify', 'webhook')", "[" + product("a", TUESDAY, "") + "]");
        service.rows("select public.upsert_shopify_products(?::jsonb, 'shopify', 'full')", "[" + product("a", TUESDAY, "") + "]");
        assertThat(owner.rows("select from public.shopify_sync_state where last_delta_sync_at is not null and last_webhook_at is not null and last_full_sync_at is null")).hasSize(1);
        finish(begin(), 0, 0);
        assertThat(owner.rows("select from public.shopify_sync_state where last_full_sync_at >= full_sync_started_at")).hasSize(1);
    }

    @Test
    @OfItsOwn
    void concurrentBatchesEndWithTheNewestData() throws Exception {
        List<CompletableFuture<Void>> runs = IntStream.range(0, 6).mapToObj(i -> {
            Session worker = polaris.as(SERVICE);
            String day = i % 2 == 0 ? TUESDAY : MONDAY;
            List<String> items = IntStream.range(0, 100).mapToObj(p -> product("p" + (i % 3 == 0 ? p : 99 - p), day, ", \"title\": \"" + day + "\"")).toList();
            return Meanwhile.run(() -> worker.rows("select public.upsert_shopify_products(?::jsonb)", "[" + String.join(", ", items) + "]"));
        }).toList();
        for (CompletableFuture<Void> run : runs) {
            run.get();
        }

        assertThat(owner.column(Long.class, "select count(*) from public.shopify_products_cache where title = ?", TUESDAY)).containsExactly(100L);
    }
}
