package changelogs.polaris.content;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters return only visible drills, saved filters are private to their owner, and invalid criteria are rejected. */
class FiltersTest {

    private static final String KEEP = "insert into public.saved_filters (user_id, name, criteria) values (?, ?, ?::jsonb) returning id";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        owner.update("delete from public.drills");
    }

    private void drill(String title, String coach, String type, Integer difficulty, String createdAt, boolean gating, String state) {
        owner.update("insert into public.coaches (key, display_name) values (?, 'Coach') on conflict do nothing", coach);
        owner.update("insert into public.drills (title, prompt, coach_key, type, difficulty, created_at, gating, state) values (?, 'x', ?, ?, ?::smallint, ?::timestamptz, ?, ?)",
                title, coach, type, difficulty, createdAt, gating, state);
    }

    /** Inserts drills whose titles state coach, type and difficulty. */
    private void someDrills() {
        drill("demo speaking 1", "demo", "speaking", 1, "2026-01-05 00:00+08", false, "published");
        drill("demo scenario 3", "demo", "scenario", 3, "2026-01-05 23:59+08", false, "approved");
        drill("other qbank 5", "other", "qbank", 5, "2026-01-06 00:00+08", false, "published");
        drill("other speaking", "other", "speaking", null, "2026-02-01 12:00+08", false, "published");
        drill("demo paid 3", "demo", "speaking", 3, "2026-02-02 12:00+08", true, "published");
        drill("demo draft 3", "demo", "speaking", 3, "2026-02-03 12:00+08", false, "draft");
    }

    private List<String> found(Caller caller, String call) {
        return polaris.as(caller).column(String.class, "select d.title from public." + call + " as f join public.drills as d on d.id = f.drill_id");
    }

    private List<String> found(String criteria) {
        return found(ALICE, "filter_drills_json('" + criteria + "')");
    }

    @Test
    void filterMatchesAllCriteriaAndSortsNewestFirst() {
        someDrills();
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("{}", List.of("other speaking", "other qbank 5", "demo scenario 3", "demo speaking 1"));
        cases.put("{\"coach_keys\": []}", List.of("other speaking", "other qbank 5", "demo scenario 3", "demo speaking 1"));
        cases.put("{\"coach_keys\": [\"demo\"]}", List.of("demo scenario 3", "demo speaking 1"));
        cases.put("{\"coach_keys\": [\"demo\", \"other\"], \"types\": [\"speaking\"]}", List.of("other speaking", "demo speaking 1"));
        cases.put("{\"difficulties\": [3, 5]}", List.of("other qbank 5", "demo scenario 3"));
        cases.put("{\"date_from\": \"2026-01-06\"}", List.of("other speaking", "other qbank 5"));
        cases.put("{\"date_from\": \"2026-01-05\", \"date_to\": \"2026-01-05\"}", List.of("demo scenario 3", "demo speaking 1"));
        cases.put("{\"date_to\": \"2026-01-05T23:59:00+08:00\"}", List.of("demo speaking 1"));
        cases.put("{\"date_from\": \"2026-01-05T15:59:00Z\", \"date_to\": \"2026-01-05T16:00:00.5Z\"}", List.of("other qbank 5", "demo scenario 3"));
        cases.put("{\"types\": [\"rubric\"]}", List.of());
        cases.put("{\"date_from\": \"2026-02-02\", \"date_to\": \"2026-02-01\"}", List.of());

        cases.forEach((criteria, titles) -> assertThat(found(criteria)).as(criteria).containsExactlyElementsOf(titles));
        assertThat(found(ALICE, "filter_drills()")).isEqualTo(cases.get("{}"));
        assertThat(found(ALICE, "filter_drills(array['demo'], array['speaking'], array[1]::smallint[], '2026-01-05 00:00+08', '2026-01-05 00:01+08')")).containsExactly("demo speaking 1");
        assertThat(found(ALICE, "filter_drills(p_date_to => '2026-01-05 00:00+08')")).isEmpty();
    }

    @Test
    void filterFindsOnlyDrillsVisibleToTheCaller() {
        someDrills();
        People.tier(owner, BOB, "pro");

        assertThat(found(BOB, "filter_drills(p_difficulties => '{3}')")).containsExactly("demo paid 3", "demo scenario 3");
        assertThat(found(ADMIN, "filter_drills(p_difficulties => '{3}')")).containsExactly("demo draft 3", "demo paid 3", "demo scenario 3");
        assertThat(found(SERVICE, "filter_drills_json('{\"difficulties\": [3]}')")).hasSize(3);
        for (String call : List.of("filter_drills()", "filter_drills_json('{}')", "find_drill_filter_error('{}')", "set_default_filter(null)")) {
            assertThatThrownBy(() -> polaris.as(ANON).rows("select public." + call)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void pagesHaveNoGapsOrDuplicates() {
        owner.update("""
                insert into public.drills (title, prompt, coach_key, type, state, created_at)
                select 'x', 'x', 'demo', 'speaking', 'published', '2026-01-05'::timestamptz + i / 10 * interval '1 hour' from generate_series(1, 95) as i
                """);
        Session alice = polaris.as(ALICE);
        List<UUID> all = alice.column(UUID.class, "select id from public.drills order by created_at desc, id desc");
        List<UUID> paged = new ArrayList<>();
        List<UUID> page;
        do {
            UUID last = paged.isEmpty() ? null : paged.get(paged.size() - 1);
            page = alice.column(UUID.class, "select drill_id from public.filter_drills_json('{}', 10, ?::uuid)", last);
            paged.addAll(page);
        } while (!page.isEmpty());

        assertThat(paged).isEqualTo(all).hasSize(95);
        for (String limit : List.of("0", "1001", "null", "-1")) {
            assertThatThrownBy(() -> alice.rows("select public.filter_drills(p_limit => " + limit + ")")).as(limit).is(sqlState(INVALID_PARAMETER));
        }
        assertThatThrownBy(() -> alice.rows("select public.filter_drills(array_fill('demo'::text, array[51]))")).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> alice.rows("select public.filter_drills(p_after => gen_random_uuid())")).is(sqlState(NO_DATA_FOUND));
        drill("draft", "demo", "speaking", null, "2026-01-01 00:00Z", false, "draft");
        assertThatThrownBy(() -> alice.rows("select public.filter_drills(p_after => ?)", owner.value(UUID.class, "select id from public.drills where state = 'draft'")))
                .as("same error for a missing and an invisible drill").is(sqlState(NO_DATA_FOUND));
    }

    private static final List<String> NO_FILTERS = List.of("null", "[]", "\"x\"", "1", "{\"coach\": [\"demo\"]}", "{\"coach_keys\": \"demo\"}", "{\"coach_keys\": null}", "{\"coach_keys\": [1]}",
            "{\"coach_keys\": [\"Demo\"]}", "{\"coach_keys\": [null]}", "{\"types\": [\"dance\"]}", "{\"types\": [[\"speaking\"]]}", "{\"difficulties\": [\"1\"]}", "{\"difficulties\": [1.0]}",
            "{\"difficulties\": [6]}", "{\"difficulties\": {\"a\": 1}}", "{\"date_from\": 20260105}", "{\"date_from\": \"today\"}", "{\"date_from\": \"infinity\"}", "{\"date_from\": \"2026-02-30\"}",
            "{\"date_from\": \"0000-01-01\"}", "{\"date_to\": \"2026-01-05T00:00\"}", "{\"date_to\": \"2026-01-05T25:00Z\"}", "{\"date_to\": null}", "{\"date_to\": \"2026-01-05\\n\"}",
            "{\"coach_keys\": [" + "\"demo\",".repeat(50) + "\"demo\"]}");

    @Test
    void invalidCriteriaAreRejectedAndNotSaved() {
        for (String criteria : NO_FILTERS) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.filter_drills_json(?::jsonb)", criteria)).as(criteria).is(sqlState(INVALID_PARAMETER));
            assertThatThrownBy(() -> polaris.as(ALICE).rows(KEEP, ALICE.account(), "Mine", criteria)).as(criteria).is(sqlState(CHECK_VIOLATION));
        }
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.filter_drills_json(null)")).is(sqlState(INVALID_PARAMETER));
        assertThat(polaris.as(ALICE).value(String.class, "select public.find_drill_filter_error('{\"date_from\": \"2026-02-30\"}')")).isEqualTo("date_from is not a valid date");
        assertThat(polaris.as(ALICE).rows("select where public.find_drill_filter_error('{\"date_to\": \"2028-02-29\", \"difficulties\": [1, 5]}') is null")).hasSize(1);
    }

    @Test
    void usersSaveReadAndChangeOnlyTheirFilters() {
        Session alice = polaris.as(ALICE);
        UUID mine = alice.value(UUID.class, KEEP, ALICE.account(), "Mine", "{\"types\": [\"speaking\"]}");
        polaris.as(BOB).rows(KEEP, BOB.account(), "Mine", "{}");

        assertThat(alice.column(UUID.class, "select id from public.saved_filters")).containsExactly(mine);
        assertThat(polaris.as(ADMIN).rows("select from public.saved_filters")).hasSize(2);
        assertThat(alice.update("update public.saved_filters set name = 'Ours', criteria = '{}' where id = ?", mine)).isOne();
        assertThatThrownBy(() -> alice.rows(KEEP, ALICE.account(), "Ours", "{}")).is(sqlState(UNIQUE_VIOLATION));
        assertThatThrownBy(() -> alice.rows(KEEP, ALICE.account(), "", "{}")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> alice.rows(KEEP, BOB.account(), "His", "{}")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("insert into public.saved_filters (user_id, name, criteria) values (?, 'His', '{}')", BOB.account()))
                .as("insert without returning").is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("update public.saved_filters set user_id = ?", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.saved_filters")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(BOB).update("update public.saved_filters set name = 'His' where id = ?", mine)).isZero();
        assertThat(polaris.as(BOB).update("delete from public.saved_filters where id = ?", mine)).isZero();
        assertThat(polaris.as(ADMIN).update("delete from public.saved_filters where id = ?", mine)).as("filters deleted by an admin").isZero();
        assertThat(alice.update("delete from public.saved_filters where id = ?", mine)).isOne();
        polaris.operator().update("delete from auth.users where id = ?", BOB.account());
        assertThat(polaris.count("public.saved_filters")).isZero();
    }

    @Test
    void userSavesAtMostOneHundredFilters() {
        Session alice = polaris.as(ALICE);
        alice.update("insert into public.saved_filters (user_id, name) select auth.uid(), i::text from generate_series(1, 100) as i");
        assertThatThrownBy(() -> alice.rows(KEEP, ALICE.account(), "One more", "{}")).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> polaris.as(BOB).rows(KEEP, ALICE.account(), "For her", "{}")).as("error does not reveal how many filters Alice has").is(sqlState(INSUFFICIENT_PRIVILEGE));
        polaris.as(BOB).rows(KEEP, BOB.account(), "His", "{}");
    }

    private List<String> defaults() {
        return owner.column(String.class, "select name from public.saved_filters where is_default order by name");
    }

    @Test
    void onlyOneFilterIsTheDefault() {
        Session alice = polaris.as(ALICE);
        UUID first = alice.value(UUID.class, KEEP, ALICE.account(), "First", "{}");
        UUID second = alice.value(UUID.class, KEEP, ALICE.account(), "Second", "{}");
        UUID his = polaris.as(BOB).value(UUID.class, KEEP, BOB.account(), "His", "{}");
        polaris.as(BOB).rows("select public.set_default_filter(?)", his);

        for (int i = 0; i < 2; i++) {
            alice.rows("select public.set_default_filter(?)", first);
            assertThat(defaults()).containsExactly("First", "His");
        }
        alice.rows("select public.set_default_filter(?)", second);
        assertThat(defaults()).containsExactly("His", "Second");
        assertThatThrownBy(() -> alice.update("update public.saved_filters set is_default = true where id = ?", first)).is(sqlState(UNIQUE_VIOLATION));
        for (Caller caller : List.of(ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select public.set_default_filter(?)", his)).is(sqlState(NO_DATA_FOUND));
        }
        assertThatThrownBy(() -> alice.rows("select public.set_default_filter(gen_random_uuid())")).is(sqlState(NO_DATA_FOUND));
        assertThat(defaults()).containsExactly("His", "Second");
        alice.rows("select public.set_default_filter(null)");
        assertThat(defaults()).containsExactly("His");
    }

    @Test
    @OfItsOwn
    void concurrentDefaultsLeaveOneDefault() throws Exception {
        Session alice = polaris.as(ALICE);
        List<UUID> filters = IntStream.range(0, 4).mapToObj(i -> alice.value(UUID.class, KEEP, ALICE.account(), "Filter " + i, "{}")).toList();
        List<CompletableFuture<Void>> tabs = filters.stream().map(filter -> {
            Session tab = polaris.as(ALICE);
            return Meanwhile.run(() -> IntStream.range(0, 10).forEach(n -> tab.rows("select public.set_default_filter(?)", filter)));
        }).toList();
        for (CompletableFuture<Void> tab : tabs) {
            tab.get();
        }

        assertThat(defaults()).hasSize(1);
    }

    @Test
    void facetsCountOnlyVisibleDrills() {
        someDrills();
        Map<String, String> alice = new LinkedHashMap<>();
        alice.put("select coach_key || ' ' || drills from public.v_drill_facets_coach order by 1", "demo 2, other 2");
        alice.put("select type || ' ' || drills from public.v_drill_facets_type order by 1", "qbank 1, scenario 1, speaking 2");
        alice.put("select coalesce(difficulty::text, 'none') || ' ' || drills from public.v_drill_facets_difficulty order by 1", "1 1, 3 1, 5 1, none 1");
        alice.put("select d || ' ' || drills from public.v_drill_facets_date_daily order by 1", "2026-01-05 2, 2026-01-06 1, 2026-02-01 1");
        alice.put("select week_start || ' ' || drills from public.v_drill_facets_date_weekly order by 1", "2026-01-05 3, 2026-01-26 1");
        alice.put("select month_start || ' ' || drills from public.v_drill_facets_date_monthly order by 1", "2026-01-01 3, 2026-02-01 1");
        alice.put("select concat_ws(' ', drills, coaches, types, rated, first_d, last_d) from public.v_drill_facets_overview", "4 2 3 3 2026-01-05 2026-02-01");

        alice.forEach((read, facets) -> {
            assertThat(String.join(", ", polaris.as(ALICE).column(String.class, read))).as(read).isEqualTo(facets);
            assertThatThrownBy(() -> polaris.as(ANON).rows(read)).as(read).is(sqlState(INSUFFICIENT_PRIVILEGE));
        });
        assertThat(polaris.as(ADMIN).value(Long.class, "select drills from public.v_drill_facets_overview")).isEqualTo(6);
        assertThat(polaris.as(SERVICE).value(Long.class, "select drills from public.v_drill_facets_overview")).isEqualTo(6);
        owner.update("update public.coaches set is_active = false where key = 'other'");
        assertThat(polaris.as(ALICE).rows("select from public.v_drill_facets_coach where coach_key = 'other' and display_name is null and drills = 2")).hasSize(1);
    }

    /** Loads rows with triggers and foreign keys disabled, for speed. */
    @Test
    @OfItsOwn
    void filtersUseIndexesWithOneHundredThousandDrills() {
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.drills (coach_key, type, title, prompt, state, difficulty, created_at)
                    select 'coach' || i % 200, (array['speaking', 'scenario', 'qbank', 'feedback', 'rubric'])[1 + i % 5], 'x', 'x', 'published', 1 + i % 4, now() - i * interval '1 minute'
                    from generate_series(1, 100000) as i;
                insert into public.saved_filters (user_id, name) select md5('person' || i % 2000)::uuid, i::text from generate_series(1, 50000) as i;
                """);
        operator.script("analyze public.drills, public.saved_filters");
        Session alice = polaris.as(ALICE);

        for (String call : List.of("filter_drills()", "filter_drills(array['coach7'])", "filter_drills(array['coach7', 'coach8'], array['qbank'])",
                "filter_drills(p_date_from => now() - interval '1 day')", "filter_drills_json('{\"types\": [\"rubric\"], \"difficulties\": [2]}')",
                "filter_drills(p_after => (select id from public.drills order by created_at limit 1))")) {
            assertThat(alice.value(Long.class, "select pg_stat_get_xact_numscans(f.drills) from (select ('public.drills' || left(count(*)::text, 0))::regclass as drills from public."
                    + call + ") as f")).as("whole reads of drills by " + call).isZero();
        }
        assertThat(alice.plan("select * from public.saved_filters")).contains("saved_filters_user_id_name_key").doesNotContain("Seq Scan on saved_filters");
        assertThat(alice.value(Long.class, "select drills from public.v_drill_facets_overview")).isEqualTo(100000);
    }
}
