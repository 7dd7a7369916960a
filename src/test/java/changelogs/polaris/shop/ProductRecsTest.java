package changelogs.polaris.shop;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Product recommendations: targeting and order of items, and events with a snapshot of the user and a rate limit. */
class ProductRecsTest {

    private static final String RECORD = "select public.record_product_rec_event(?, 'home', ?)";
    private static final String INTO_SLOT = "select public.record_product_rec_event('click', ?, ?, ?)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
    }

    private UUID item(String title, String columns, String values) {
        return owner.value(UUID.class, "insert into public.product_rec_items (title" + columns + ") values (?" + values + ") returning id", title);
    }

    private UUID item(String title) {
        return item(title, "", "");
    }

    private UUID rule(String columns, String values) {
        return owner.value(UUID.class, "insert into public.product_rec_rules (name, surface" + columns + ") values ('A rule', 'home'" + values + ") returning id");
    }

    private UUID slot(String column, UUID filling, int position) {
        return owner.value(UUID.class, "insert into public.product_rec_slots (surface, position, " + column + ") values ('home', ?, ?) returning id", position, filling);
    }

    private UUID slot(UUID item, int position) {
        return slot("item_id", item, position);
    }

    private List<String> shown(Caller caller) {
        return polaris.as(caller).column(String.class, "select title from public." + (caller == ANON ? "v_product_recs_public" : "v_product_recs_for_user"));
    }

    /**
     * Each case sets a column of an item and names the callers who see it: a visitor; Alice, a free user without country and coach; Bob, a
     * VIP in PH with the demo coach.
     */
    @Test
    void itemIsShownOnlyToItsAudience() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("weight = 1", "anon alice bob");
        cases.put("is_active = false", "");
        cases.put("available = false", "");
        cases.put("starts_at = now() + interval '1 minute'", "");
        cases.put("starts_at = now() - interval '1 minute'", "anon alice bob");
        cases.put("ends_at = now() - interval '1 second'", "");
        cases.put("ends_at = now() + interval '1 minute'", "anon alice bob");
        cases.put("tiers = '{vip}'", "bob");
        cases.put("tiers = '{free}'", "anon alice");
        cases.put("tiers = '{pro}'", "");
        cases.put("markets = '{PH}'", "bob");
        cases.put("markets = '{PH,GLOBAL}'", "anon alice bob");
        cases.put("markets = '{US}'", "");
        cases.put("coach_keys = '{demo}'", "bob");
        cases.put("coach_keys = '{demo,other}'", "bob");
        cases.put("coach_keys = '{other}'", "");
        cases.put("topics = '{negotiation}'", "anon alice bob");
        letBobBeSomebody();

        cases.forEach((change, who) -> {
            slot(item("A course"), 1);
            owner.update("update public.product_rec_items set " + change);
            assertShownTo(who, change);
            owner.update("delete from public.product_rec_items");
        });
    }

    @Test
    void ruleShowsMatchingItemsOnlyToItsAudience() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("is_active = false", "");
        cases.put("starts_at = now() + interval '1 minute'", "");
        cases.put("ends_at = now() - interval '1 second'", "");
        cases.put("tiers = '{vip}'", "bob");
        cases.put("markets = '{PH}'", "bob");
        cases.put("coach_keys = '{demo}'", "bob");
        cases.put("topics = '{listening}'", "");
        cases.put("topics = '{speaking,listening}'", "anon alice bob");
        cases.put("difficulties = '{1}'", "");
        cases.put("difficulties = '{3}'", "anon alice bob");
        letBobBeSomebody();
        item("A course", ", topics, difficulties", ", '{speaking}', '{2,3}'");

        cases.forEach((change, who) -> {
            slot("rule_id", rule("", ""), 1);
            owner.update("update public.product_rec_rules set " + change);
            assertShownTo(who, change);
            owner.update("delete from public.product_rec_rules");
        });
    }

    private void letBobBeSomebody() {
        owner.update("update public.profiles set country_code = 'PH', active_coach_key = 'demo' where id = ?", BOB.account());
        People.tier(owner, BOB, "vip");
    }

    private void assertShownTo(String who, String why) {
        Map.of("anon", ANON, "alice", ALICE, "bob", BOB).forEach((name, caller) -> assertThat(shown(caller)).as("%s with %s", name, why).hasSize(who.contains(name) ? 1 : 0));
    }

    @Test
    void inactiveSlotShowsNothing() {
        slot(item("A course"), 1);
        for (String change : List.of("is_active = false", "is_active = true, starts_at = now() + interval '1 minute'", "starts_at = null, ends_at = now() - interval '1 second'")) {
            owner.update("update public.product_rec_slots set " + change);
            assertShownTo("", change);
        }
    }

    @Test
    void slotsAreSortedByPositionAndThenByWeight() {
        slot(item("Second"), 2);
        slot(item("First, heavy"), 1);
        owner.update("update public.product_rec_slots set weight = 20 where position = 1");
        slot(item("First, light"), 1);
        UUID rule = rule(", topics, max_items", ", '{x}', 2");
        item("By rule, 1", ", topics, weight", ", '{x}', 1");
        item("By rule, 3", ", topics, weight", ", '{x}', 3");
        item("By rule, 2", ", topics, weight", ", '{x}', 2");
        owner.update("update public.product_rec_items set topics = '{other}' where title not like 'By rule%'");
        slot("rule_id", rule, 3);

        for (Caller caller : List.of(ANON, ALICE)) {
            assertThat(shown(caller)).containsExactly("First, heavy", "First, light", "Second", "By rule, 3", "By rule, 2");
        }
    }

    @Test
    void priceAndAvailabilityOfShopItemsComeFromShopify() {
        polaris.as(SERVICE).rows("""
                select public.upsert_shopify_products('[{"shopify_id": "1", "handle": "headset", "title": "Headset", "available": true, "is_published": true,
                    "price_min_minor": 1, "price_max_minor": 2, "currency_code": "PHP", "url": "https://shop.example.com/1", "updated_at": "2026-01-05T00:00:00Z"}]')""");
        slot(item("A headset", ", source, shopify_product_id", ", 'shopify', (select id from public.shopify_products_cache)"), 1);

        for (Caller caller : List.of(ANON, ALICE)) {
            assertThat(polaris.as(caller).rows("select * from public." + (caller == ANON ? "v_product_recs_public" : "v_product_recs_for_user")).get(0))
                    .containsEntry("price_max_minor", 2L).containsEntry("currency_code", "PHP").containsEntry("url", "https://shop.example.com/1");
        }
        assertThatThrownBy(() -> owner.update("update public.product_rec_items set price_min_minor = 1, price_max_minor = 1, currency_code = 'PHP'")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("delete from public.shopify_products_cache")).is(sqlState(FOREIGN_KEY_VIOLATION));
        for (String change : List.of("available = false", "available = true, is_published = false", "is_published = true, is_hidden = true")) {
            owner.update("update public.shopify_products_cache set " + change);
            assertShownTo("", change);
        }
    }

    @Test
    void invalidItemIsRejected() {
        item("A course");
        for (String change : List.of("affiliate_url = 'javascript:x'", "url = 'http://example.com'", "markets = '{}'", "markets = '{ph}'", "markets = array[null]::text[]", "tiers = '{FREE}'", "tiers = '{}'",
            "tiers = array[null]::text[]", "coach_keys = '{Demo}'", "coach_keys = array[null]::text[]", "difficulties = '{6}'", "difficulties = array[null]::smallint[]", "weight = -1", "source = 'shopify'",
            "price_min_minor = 1", "starts_at = now(), ends_at = now()", "raw = '[]'", "topics = array[null]::text[]", "topics = array_fill('x'::text, array[51])")) {
            assertThatThrownBy(() -> owner.update("update public.product_rec_items set " + change)).as(change).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void slotHasOneItemOrOneRuleOfItsSurface() {
        UUID rule = rule("", "");
        UUID item = item("A course");
        assertThatThrownBy(() -> owner.update("insert into public.product_rec_slots (surface) values ('home')")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("insert into public.product_rec_slots (surface, item_id, rule_id) values ('home', ?, ?)", item, rule)).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("insert into public.product_rec_slots (surface, rule_id) values ('pricing', ?)", rule)).is(sqlState(FOREIGN_KEY_VIOLATION));
    }

    @Test
    void onlyAdminsWriteRecommendationsAndTheirNameIsRecorded() {
        Session admin = polaris.as(ADMIN);
        UUID item = admin.value(UUID.class, "insert into public.product_rec_items (title) values ('A course') returning id");
        UUID rule = admin.value(UUID.class, "insert into public.product_rec_rules (name, surface) values ('A rule', 'home') returning id");
        UUID slot = admin.value(UUID.class, "insert into public.product_rec_slots (surface, item_id) values ('home', ?) returning id", item);
        assertThat(owner.value(UUID.class, "select created_by from public.product_rec_items")).isEqualTo(ADMIN.account());
        assertThat(owner.value(UUID.class, "select updated_by from public.product_rec_rules")).isEqualTo(ADMIN.account());
        assertThatThrownBy(() -> admin.update("update public.product_rec_items set created_by = ?", ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(admin.update("update public.product_rec_items set title = 'Another' where id = ?", item)).isOne();
        assertThat(admin.update("update public.product_rec_slots set position = 2 where id = ?", slot)).isOne();
        assertThat(admin.update("update public.product_rec_rules set name = 'Another' where id = ?", rule)).isOne();

        for (String table : List.of("product_rec_items", "product_rec_rules", "product_rec_slots")) {
            assertThat(polaris.as(ALICE).update("update public." + table + " set is_active = false")).isZero();
            assertThat(polaris.as(ALICE).update("delete from public." + table)).isZero();
            assertThatThrownBy(() -> polaris.as(ANON).update("update public." + table + " set is_active = false")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> polaris.as(ANON).update("delete from public." + table)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String write : List.of("insert into public.product_rec_items (title) values ('Mine')", "insert into public.product_rec_rules (name, surface) values ('Mine', 'home')",
                "insert into public.product_rec_slots (surface, item_id) values ('home', '" + item + "')", "update public.product_rec_items set raw = '{}'",
                "update public.product_rec_items set updated_by = null", "insert into public.product_rec_events (event_type, surface, item_id) values ('click', 'home', '" + item + "')",
                "update public.product_rec_events set tier = 'vip'", "delete from public.product_rec_events")) {
            assertThatThrownBy(() -> polaris.as(ALICE).update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> polaris.as(ANON).update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(admin.update("delete from public.product_rec_items where id = ?", item)).as("deletion of an item with its slot").isOne();
        assertThat(polaris.count("public.product_rec_slots")).isZero();
    }

    @Test
    void tablesShowOnlyRowsThatTheViewsShow() {
        slot(item("For everyone"), 1);
        item("For VIPs", ", tiers", ", '{vip}'");
        item("In PH", ", markets", ", '{PH}'");
        item("Off", ", is_active", ", false");
        rule(", tiers", ", '{vip}'");
        owner.update("insert into public.product_rec_slots (surface, item_id, is_active) select 'home', item_id, false from public.product_rec_slots");

        assertThat(polaris.as(ANON).column(String.class, "select title from public.product_rec_items")).containsExactly("For everyone");
        assertThat(polaris.as(ALICE).column(String.class, "select title from public.product_rec_items order by title")).containsExactly("For everyone", "In PH");
        assertThat(polaris.as(ADMIN).rows("select title from public.product_rec_items")).hasSize(4);
        assertThat(polaris.as(ALICE).rows("select id from public.product_rec_rules")).isEmpty();
        assertThat(polaris.as(ANON).rows("select id from public.product_rec_rules")).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select name from public.product_rec_rules")).hasSize(1);
        assertThat(polaris.as(ANON).rows("select id from public.product_rec_slots")).hasSize(1);
        assertThat(polaris.as(ALICE).rows("select id from public.product_rec_slots")).hasSize(1);
        for (String read : List.of("select raw from public.product_rec_items", "select meta from public.product_rec_rules")) {
            for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
                assertThatThrownBy(() -> polaris.as(caller).rows(read)).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> polaris.as(ANON).rows("select name from public.product_rec_rules")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.v_product_recs_for_user")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void eventRecordsTierCountryAndCoachOfTheUser() {
        owner.update("update public.profiles set country_code = 'PH', active_coach_key = 'demo' where id = ?", ALICE.account());
        People.tier(owner, ALICE, "pro");
        UUID item = item("A course", ", topics", ", '{speaking}'");
        UUID rule = rule(", topics", ", '{speaking}'");
        UUID slot = slot("rule_id", rule, 1);
        UUID session = polaris.as(ALICE).value(UUID.class, "select public.start_session(?, ?)", ALICE.account(), People.DRILL);
        assertThat(polaris.as(ALICE).value(Boolean.class, "select public.record_product_rec_event('click', 'home', ?, ?, ?, 'speaking', 2::smallint, '{\"variant\": \"b\"}')", item, slot, session)).isTrue();

        assertThat(polaris.as(ALICE).rows("select * from public.product_rec_events").get(0)).containsEntry("user_id", ALICE.account()).containsEntry("country_code", "PH")
                .containsEntry("tier", "pro").containsEntry("coach_key", "demo").containsEntry("rule_id", rule).containsEntry("session_id", session).containsEntry("topic", "speaking");
        assertThat(polaris.as(BOB).rows("select from public.product_rec_events")).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select from public.product_rec_events")).hasSize(1);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.product_rec_events")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void eventsOfVisitorsAreRecordedByTheService() {
        UUID item = item("A course", ", is_active", ", false");
        for (Caller visitor : List.of(ANON, new Caller("authenticated", null))) {
            assertThatThrownBy(() -> polaris.as(visitor).rows(RECORD, "click", item)).as(visitor.role()).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(polaris.as(SERVICE).value(Boolean.class, RECORD, "click", item)).isTrue();
        assertThat(owner.rows("select from public.product_rec_events where user_id is null and tier is null and country_code is null")).hasSize(1);
        assertThat(polaris.as(ALICE).rows("select from public.product_rec_events")).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select from public.product_rec_events")).hasSize(1);
    }

    @Test
    void eventNeedsAnItemVisibleToTheCaller() {
        UUID off = item("Off", ", is_active", ", false");
        UUID vip = item("For VIPs", ", tiers", ", '{vip}'");
        UUID here = item("Here", ", topics", ", '{speaking}'");
        UUID slot = slot(item("Elsewhere"), 1);
        UUID rule = slot("rule_id", rule(", topics", ", '{listening}'"), 2);
        UUID session = polaris.as(BOB).value(UUID.class, "select public.start_session(?, ?)", BOB.account(), People.DRILL);
        Session alice = polaris.as(ALICE);

        for (UUID item : List.of(off, vip, UUID.randomUUID())) {
            assertThatThrownBy(() -> alice.rows(RECORD, "click", item)).is(sqlState(NO_DATA_FOUND));
        }
        assertThatThrownBy(() -> alice.rows(INTO_SLOT, "home", here, slot)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> alice.rows(INTO_SLOT, "home", here, rule)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> alice.rows(INTO_SLOT, "home", here, UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> alice.rows("select public.record_product_rec_event('click', 'home', ?, p_session_id => ?)", here, session)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> alice.rows(RECORD, "bought", here)).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> alice.rows("select public.record_product_rec_event('click', 'home', ?, p_topic => repeat('x', 101))", here)).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> alice.rows("select public.record_product_rec_event('click', 'home', ?, p_meta => jsonb_build_object('x', repeat('x', 5000)))", here)).is(sqlState(CHECK_VIOLATION));
        assertThat(polaris.count("public.product_rec_events")).isZero();
    }

    @Test
    @OfItsOwn
    void eventsPerUserAndMinuteAreLimitedAcrossTabs() throws Exception {
        UUID item = item("A course");
        Session alice = polaris.as(ALICE);
        alice.rows("select public.record_product_rec_event('impression', 'home', ?) from generate_series(1, 110)", item);
        List<CompletableFuture<Boolean>> tabs = IntStream.range(0, 4).mapToObj(i -> {
            Session tab = polaris.as(ALICE);
            return Meanwhile.get(() -> {
                boolean last = true;
                for (int n = 0; n < 5; n++) {
                    last = tab.value(Boolean.class, RECORD, "impression", item);
                }
                return last;
            });
        }).toList();
        for (CompletableFuture<Boolean> tab : tabs) {
            tab.get();
        }

        assertThat(polaris.count("public.product_rec_events")).isEqualTo(120);
        assertThat(alice.value(Boolean.class, RECORD, "click", item)).isFalse();
        assertThat(polaris.as(BOB).value(Boolean.class, RECORD, "click", item)).as("limit of one user does not affect another").isTrue();
        polaris.operator().script("set local session_replication_role = replica; update public.product_rec_events set created_at = created_at - interval '1 minute'");
        assertThat(alice.value(Boolean.class, RECORD, "click", item)).isTrue();
    }

    @Test
    void deletingAnAccountKeepsItsEventsWithoutTheUser() {
        UUID item = item("A course");
        UUID slot = slot("rule_id", rule("", ""), 1);
        UUID session = polaris.as(ALICE).value(UUID.class, "select public.start_session(?, ?)", ALICE.account(), People.DRILL);
        polaris.as(ALICE).rows("select public.record_product_rec_event('click', 'home', ?, ?, ?)", item, slot, session);
        assertThatThrownBy(() -> owner.update("delete from public.product_rec_items")).is(sqlState(FOREIGN_KEY_VIOLATION));
        for (String change : List.of("event_type = 'impression'", "user_id = '" + BOB.account() + "'", "tier = 'vip'", "slot_id = gen_random_uuid()")) {
            assertThatThrownBy(() -> owner.update("update public.product_rec_events set " + change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        owner.update("delete from public.product_rec_rules");
        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(owner.rows("select from public.product_rec_events where user_id is null and session_id is null and rule_id is null and slot_id is null and item_id = ?", item)).hasSize(1);
    }

    @Test
    void deletingAnAdminKeepsTheirRecommendations() {
        polaris.as(ADMIN).update("insert into public.product_rec_items (title) values ('A course')");
        polaris.operator().update("delete from auth.users where id = ?", ADMIN.account());

        assertThat(owner.rows("select from public.product_rec_items where created_by is null and updated_by is null")).hasSize(1);
    }

    /** Loads rows with triggers and foreign keys disabled, for speed. */
    @Test
    void readsUseIndexesWithManyEvents() {
        UUID item = item("A course");
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.product_rec_events (user_id, event_type, surface, item_id, created_at)
                    select case when i %% 3 > 0 then md5('person' || i %% 2000)::uuid end, 'impression', 'home', '%s', now() - i * interval '1 second'
                    from generate_series(1, 40000) as i;
                insert into public.product_rec_items (title, topics, weight) select 'x', array['topic ' || i %% 100], i %% 100 from generate_series(1, 2000) as i;
                insert into public.product_rec_rules (name, surface, topics) select 'x', 'home', array['topic ' || i] from generate_series(1, 20) as i;
                insert into public.product_rec_slots (surface, position, rule_id) select r.surface, row_number() over (), r.id from public.product_rec_rules as r;
                """.formatted(item));
        operator.script("analyze public.product_rec_events, public.product_rec_items, public.product_rec_rules, public.product_rec_slots");
        Session alice = polaris.as(ALICE);

        assertThat(alice.plan("select * from public.product_rec_events order by created_at desc limit 20")).contains("idx_product_rec_events_visible").doesNotContain("Seq Scan on product_rec_events");
        assertThat(operator.plan("select from public.product_rec_events as e where e.user_id = '" + ALICE.account() + "' and e.created_at > now() - interval '1 minute' limit 120"))
                .contains("idx_product_rec_events_user_id_created_at");
        assertThat(alice.rows("select * from public.v_product_recs_for_user")).hasSize(200);
    }
}
