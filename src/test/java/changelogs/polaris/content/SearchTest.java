package changelogs.polaris.content;

import static changelogs.polaris.People.COACH;
import static changelogs.polaris.People.DRAFT_DRILL;
import static changelogs.polaris.People.DRILL;
import static changelogs.polaris.People.PAID_DRILL;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantic search returns published content readable by the caller, nearest first. */
class SearchTest {

    private static final String WRONG_SIZE = "22000";

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
    }

    private void embed(UUID drill, int degrees) {
        owner.update("update public.drills set embedding = ?::extensions.vector where id = ?", Vectors.at(degrees), drill);
    }

    private UUID drill(String coach, String tags, Integer difficulty, int degrees) {
        UUID drill = UUID.randomUUID();
        owner.update("insert into public.drills (id, coach_key, type, title, prompt, tags, difficulty, state, embedding)"
                + " values (?, ?, 'speaking', 'A drill', 'Say it.', ?::text[], ?, 'published', ?::extensions.vector)", drill, coach, tags, difficulty, Vectors.at(degrees));
        return drill;
    }

    private List<UUID> find(Caller caller, String further, Object... arguments) {
        return polaris.as(caller).column(UUID.class, "select entity_id from public.search_catalog('" + Vectors.at(0) + "'" + further + ")", arguments);
    }

    @Test
    void resultsAreSortedByDistance() {
        UUID far = drill(COACH, "{}", null, 170);
        UUID near = drill(COACH, "{}", null, 10);
        UUID between = drill(COACH, "{}", null, 60);

        assertThat(find(ALICE, "")).containsExactly(near, between, far);
        assertThat(polaris.as(ALICE).rows("select entity_type, entity_id, title, tags::text, coach_key, difficulty, distance from public.search_catalog('" + Vectors.at(10) + "', 1)"))
                .containsExactly(row("entity_type", "drill", "entity_id", near, "title", "A drill", "tags", "{}", "coach_key", "demo", "difficulty", null,
                        "distance", 0.0f));
    }

    @Test
    void searchFindsOnlyPublishedContentReadableByTheCaller() {
        embed(DRILL, 5);
        embed(PAID_DRILL, 4);
        embed(DRAFT_DRILL, 0);
        UUID hidden = drill(COACH, "{}", null, 1);
        owner.update("update public.drills set is_public = false where id = ?", hidden);

        assertThat(find(ALICE, "")).containsExactly(DRILL);
        People.tier(owner, ALICE, "pro");
        assertThat(find(ALICE, "")).containsExactly(PAID_DRILL, DRILL);
        assertThat(find(SERVICE, "")).as("drafts are not found by the service").containsExactly(PAID_DRILL, DRILL);
        assertThat(find(ADMIN, "")).containsExactly(PAID_DRILL, DRILL);
        assertThatThrownBy(() -> find(ANON, "")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        owner.update("update public.drills set state = 'deprecated' where id = ?", DRILL);
        assertThat(find(ALICE, "")).containsExactly(PAID_DRILL);
    }

    @Test
    void searchFiltersNarrowTheResults() {
        owner.update("insert into public.coaches (key, display_name) values ('other', 'Other coach')");
        UUID first = drill(COACH, "{a,b}", 1, 10);
        UUID second = drill(COACH, "{b}", 2, 20);
        UUID third = drill("other", "{a,b,c}", 1, 30);

        assertThat(find(ALICE, ", coach_filter => 'demo'")).containsExactly(first, second);
        assertThat(find(ALICE, ", tag_filter => '{a,b}'")).containsExactly(first, third);
        assertThat(find(ALICE, ", difficulty_filter => 1::smallint")).containsExactly(first, third);
        assertThat(find(ALICE, ", 1, 'other', '{c}', 1::smallint")).containsExactly(third);
        assertThat(find(ALICE, ", coach_filter => 'nobody'")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0, 1", "-5, 1", "null, 20", "100, 100", "1000000, 100"})
    void limitIsCapped(String limit, int rows) {
        owner.update("insert into public.drills (coach_key, type, title, prompt, state, embedding)"
                + " select ?, 'speaking', 'A drill', 'Say it.', 'published', ?::extensions.vector from generate_series(1, 120)", COACH, Vectors.at(3));
        owner.update("insert into public.search_user_embeddings (user_id, source_type, source_id, content, embedding)"
                + " select ?, 'goal', gen_random_uuid(), 'x', ?::extensions.vector from generate_series(1, 120)", ALICE.account(), Vectors.at(3));

        assertThat(find(ALICE, ", " + limit)).hasSize(rows);
        assertThat(polaris.as(ALICE).rows("select * from public.search_user_library(?::extensions.vector, " + limit + ")", Vectors.at(0))).hasSize(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "'[1,2,3]'", "array_fill(0, array[768])::extensions.vector"})
    void searchForNothingIsRefused(String vector) {
        for (String search : List.of("search_catalog", "search_user_library")) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select * from public." + search + "(" + vector + ")")).is(sqlState(INVALID_PARAMETER));
        }
    }

    @Test
    void vectorsOfWrongSizeOrZeroLengthAreRejected() {
        assertThatThrownBy(() -> owner.update("update public.drills set embedding = '[1,2,3]' where id = ?", DRILL)).is(sqlState(WRONG_SIZE));
        assertThatThrownBy(() -> owner.update("update public.drills set embedding = array_fill(0, array[768])::extensions.vector where id = ?", DRILL))
                .is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> own(ALICE, "goal", "x", "array_fill(0, array[768])::extensions.vector")).is(sqlState(CHECK_VIOLATION));
    }

    private UUID own(Caller learner, String type, String content, String vector) {
        UUID source = UUID.randomUUID();
        owner.update("insert into public.search_user_embeddings (user_id, source_type, source_id, coach_key, content, embedding) values (?, ?, ?, ?, ?, " + vector + ")",
                learner.account(), type, source, COACH, content);
        return source;
    }

    private static String vector(int degrees) {
        return "'" + Vectors.at(degrees) + "'";
    }

    @Test
    void librarySearchReturnsOnlyOwnTextsEvenForAdmins() {
        UUID near = own(ALICE, "goal", "near", vector(10));
        UUID far = own(ALICE, "transcript", "far", vector(90));
        own(BOB, "goal", "of Bob", vector(0));
        String search = "select content from public.search_user_library(" + vector(0) + "%s)";

        assertThat(polaris.as(ALICE).column(String.class, search.formatted(""))).containsExactly("near", "far");
        assertThat(polaris.as(ALICE).column(UUID.class, "select source_id from public.search_user_library(" + vector(0) + ")")).containsExactly(near, far);
        assertThat(polaris.as(ALICE).column(String.class, search.formatted(", source_type_filter => 'transcript'"))).containsExactly("far");
        assertThat(polaris.as(ALICE).column(String.class, search.formatted(", coach_filter => 'other'"))).isEmpty();
        assertThat(polaris.as(BOB).column(String.class, search.formatted(""))).containsExactly("of Bob");
        assertThat(polaris.as(STRANGER).rows(search.formatted(""))).isEmpty();
        assertThat(polaris.as(ADMIN).rows(search.formatted(""))).as("texts found by an admin").isEmpty();
        assertThat(polaris.as(ADMIN).rows("select from public.search_user_embeddings")).as("texts read by an admin").hasSize(3);
        assertThatThrownBy(() -> polaris.as(ANON).rows(search.formatted(""))).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void learnersDeleteTheirTextsButCannotWriteThem() {
        own(ALICE, "goal", "mine", vector(10));
        own(BOB, "goal", "of Bob", vector(20));
        Session alice = polaris.as(ALICE);

        assertThatThrownBy(() -> alice.update("update public.search_user_embeddings set user_id = ?", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("insert into public.search_user_embeddings (user_id, source_type, source_id, content, embedding)"
                + " values (?, 'goal', gen_random_uuid(), 'x', " + vector(0) + ")", ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(alice.update("delete from public.search_user_embeddings")).isEqualTo(1);
        assertThat(owner.column(String.class, "select content from public.search_user_embeddings")).containsExactly("of Bob");
    }

    @Test
    void textIsUniquePerSourceAndDeletedWithTheAccount() {
        UUID source = own(ALICE, "goal", "mine", vector(10));
        assertThatThrownBy(() -> owner.update("insert into public.search_user_embeddings (user_id, source_type, source_id, content, embedding)"
                + " values (?, 'goal', ?, 'again', " + vector(0) + ")", ALICE.account(), source)).is(sqlState(UNIQUE_VIOLATION));
        assertThatThrownBy(() -> own(ALICE, "diary", "x", vector(0))).is(sqlState(CHECK_VIOLATION));

        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(polaris.count("public.search_user_embeddings")).isZero();
    }

    @Test
    void clientsCannotChangeVectorsOfDrills() {
        embed(DRILL, 5);

        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.drills set embedding = null")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(find(ALICE, "")).containsExactly(DRILL);
    }
}
