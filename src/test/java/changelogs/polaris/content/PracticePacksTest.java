package changelogs.polaris.content;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
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
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Practice packs are private until the owner offers them and an admin publishes them without the owner's name. */
class PracticePacksTest {

    private static final List<String> STATES = List.of("private_user", "candidate_exemplar", "published_exemplar", "deprecated");
    /** Callers allowed for each state transition. */
    private static final Map<String, Set<Caller>> STEPS = Map.of(
            "private_user candidate_exemplar", Set.of(ALICE),
            "candidate_exemplar private_user", Set.of(ALICE, ADMIN, SERVICE),
            "candidate_exemplar published_exemplar", Set.of(ADMIN),
            "published_exemplar deprecated", Set.of(ADMIN));

    private static final String STEP = "select public.set_pack_state(?, ?, ?)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session bob;
    private Session admin;
    private UUID pack;
    private UUID shown;
    private UUID hidden;

    @BeforeEach
    void alicesPackOfTwoItems() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
        bob = polaris.as(BOB);
        admin = polaris.as(ADMIN);
        pack = pack();
        shown = item(pack, 0, false);
        hidden = item(pack, 1, true);
    }

    @Test
    void packIsVisibleToOwnerAndAdminsOnly() {
        for (String table : List.of("practice_packs", "practice_pack_items")) {
            assertThat(alice.rows("select * from public." + table)).isNotEmpty();
            assertThat(admin.rows("select * from public." + table)).isNotEmpty();
            assertThat(bob.rows("select * from public." + table)).isEmpty();
            assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public." + table)).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThat(bob.update("delete from public." + table)).isZero();
        }
        assertThat(bob.update("update public.practice_packs set title = 'Mine'")).isZero();
        assertThat(bob.update("update public.practice_pack_items set notes = 'Mine'")).isZero();
        assertThat(admin.update("update public.practice_packs set title = 'Mine'")).as("packs updated by an admin").isZero();
        assertThat(alice.update("update public.practice_packs set title = 'Better', topics = '{work}'")).isOne();
        assertThat(alice.update("update public.practice_pack_items set notes = 'Better' where id = ?", shown)).isOne();
    }

    @Test
    void packCannotNameAMissingOrHiddenCoach() {
        owner.update("insert into public.coaches (key, display_name, is_active) values ('hidden', 'Not announced', false)");
        String add = "insert into public.practice_packs (user_id, coach_key) values (auth.uid(), ?)";
        for (String coach : List.of("nobody", "hidden")) {
            assertThatThrownBy(() -> alice.update(add, coach)).as(coach).is(sqlState(NO_DATA_FOUND)).hasMessageContaining("no coach " + coach);
        }

        owner.update("update public.profiles set active_coach_key = 'hidden' where id = ?", ALICE.account());
        assertThat(alice.update(add, "hidden")).as("of her own coach").isOne();
    }

    @Test
    void usersCannotWritePacksForOthers() {
        assertThatThrownBy(() -> bob.update("insert into public.practice_packs (user_id) values (?)", ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> bob.update("insert into public.practice_pack_items (pack_id, user_id, kind, notes, order_index) values (?, ?, 'note', 'x', 9)", pack, ALICE.account()))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> bob.update("insert into public.practice_pack_items (pack_id, user_id, kind, notes, order_index) values (?, auth.uid(), 'note', 'x', 9)", pack))
                .as("Bob's item in Alice's pack").is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> bob.update("insert into public.practice_pack_items (pack_id, user_id, kind, notes, order_index) values (?, auth.uid(), 'note', 'x', 1)", pack))
                .as("at a place where Alice's pack has an item").is(sqlState(INSUFFICIENT_PRIVILEGE));
        UUID offered = pack();
        reach(offered, "candidate_exemplar");
        assertThatThrownBy(() -> bob.update("insert into public.practice_pack_items (pack_id, user_id, kind, notes, order_index) values (?, ?, 'note', 'x', 9)", offered, ALICE.account()))
                .as("same error as for a private pack").is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("update public.practice_packs set user_id = ?", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(SERVICE).update("update public.practice_packs set user_id = ?", BOB.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> polaris.as(SERVICE).update("update public.practice_pack_items set pack_id = ?", pack())).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void ownersCannotWriteStatesOrScores() {
        for (String change : List.of("practice_packs set state = 'published_exemplar'", "practice_packs set ai_scores = '{\"all\": 100}'", "practice_packs set flags = '{}'",
                "practice_packs set published_at = now()", "practice_pack_items set risk_flags = '{}'")) {
            assertThatThrownBy(() -> alice.update("update public." + change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> alice.update("insert into public.practice_packs (user_id, state) values (auth.uid(), 'published_exemplar')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(SERVICE).update("insert into public.practice_packs (user_id, state, published_at) values (?, 'published_exemplar', now())", ALICE.account()))
                .is(sqlState(CHECK_VIOLATION));
        for (String table : List.of("exemplar_packs", "exemplar_pack_items")) {
            for (Caller caller : new Caller[] {ALICE, ADMIN, SERVICE}) {
                assertThatThrownBy(() -> polaris.as(caller).update("delete from public." + table)).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
    }

    @Test
    void packReferencesASessionOfItsOwner() {
        UUID bobs = bob.value(UUID.class, "select public.start_session(?)", BOB.account());
        UUID hers = alice.value(UUID.class, "select public.start_session(?)", ALICE.account());

        assertThatThrownBy(() -> alice.update("insert into public.practice_packs (user_id, session_id) values (auth.uid(), ?)", bobs)).is(sqlState(NO_DATA_FOUND));
        assertThat(alice.update("insert into public.practice_packs (user_id, session_id) values (auth.uid(), ?)", hers)).isOne();
        assertThatThrownBy(() -> polaris.as(SERVICE).update("update public.practice_packs set session_id = ? where user_id = ?", bobs, ALICE.account())).is(sqlState(NO_DATA_FOUND));
        owner.update("delete from public.sessions where id = ?", hers);
        assertThat(owner.value(Long.class, "select count(*) from public.practice_packs where session_id is null")).isEqualTo(2);
    }

    @Test
    void stateTransitionsAreLimitedToPermittedCallers() {
        Map<Caller, Session> callers = Map.of(ALICE, alice, BOB, bob, ADMIN, admin, SERVICE, polaris.as(SERVICE));
        for (String from : STATES) {
            for (String to : STATES) {
                for (Caller caller : callers.keySet()) {
                    if (from.equals(to)) {
                        continue;
                    }
                    UUID one = pack();
                    reach(one, from);
                    Set<Caller> makers = STEPS.get(from + " " + to);
                    String step = "%s to %s by %s".formatted(from, to, caller);
                    if (makers != null && makers.contains(caller)) {
                        callers.get(caller).rows(STEP, one, to, offers(one));
                        assertThat(state(one)).as(step).isEqualTo(to);
                    } else {
                        String refused = caller == BOB ? NO_DATA_FOUND : makers == null ? CHECK_VIOLATION : INSUFFICIENT_PRIVILEGE;
                        assertThatThrownBy(() -> callers.get(caller).rows(STEP, one, to, offers(one))).as(step).is(sqlState(refused));
                        assertThat(state(one)).as(step).isEqualTo(from);
                    }
                }
            }
        }
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.set_pack_state(?, 'candidate_exemplar')", pack)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(SERVICE).update("update public.practice_packs set state = 'candidate_exemplar' where id = ?", pack))
                .as("direct update of the state").is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select public.set_pack_state(?, 'banana')", pack)).is(sqlState(CHECK_VIOLATION));
    }

    /** The function in this test checks no caller, so only the trigger does. */
    @Test
    void triggerLimitsStateTransitionsToPermittedCallers() {
        owner.script("""
                create function public.move_pack(p_pack uuid, p_state text) returns void language sql security definer set search_path = ''
                    as $$ update public.practice_packs set state = p_state where id = p_pack $$;
                grant execute on function public.move_pack(uuid, text) to authenticated;
                """);
        String move = "select public.move_pack(?, ?)";

        assertThatThrownBy(() -> bob.rows(move, pack, "candidate_exemplar")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (Session permitted : new Session[] {alice, admin}) {
            alice.rows(move, pack, "candidate_exemplar");
            assertThatThrownBy(() -> bob.rows(move, pack, "private_user")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThat(state(pack)).isEqualTo("candidate_exemplar");
            permitted.rows(move, pack, "private_user");
            assertThat(state(pack)).isEqualTo("private_user");
        }
    }

    @Test
    void publishedPackIsReadableWithoutOwnerAndHiddenItems() {
        owner.update("update public.practice_pack_items set audio_url = user_id || '/1.mp3'");
        reach(pack, "published_exemplar");

        for (Caller reader : new Caller[] {STRANGER, BOB}) {
            Session session = polaris.as(reader);
            assertThat(session.column(UUID.class, "select pack_id from public.exemplar_packs")).containsExactly(pack);
            assertThat(session.column(UUID.class, "select item_id from public.exemplar_pack_items")).containsExactly(shown);
            assertThat(session.rows("select * from public.practice_packs")).isEmpty();
            assertThat(session.column(String.class, "select to_jsonb(p)::text from public.exemplar_packs as p union all select to_jsonb(i)::text from public.exemplar_pack_items as i"))
                    .noneMatch(row -> row.contains(ALICE.account().toString()));
        }
        assertThat(owner.column(String.class, "select attname::text from pg_attribute where attrelid in ('public.exemplar_packs'::regclass, 'public.exemplar_pack_items'::regclass)"))
                .doesNotContain("user_id", "session_id", "audio_url");
        assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public.exemplar_packs")).is(sqlState(INSUFFICIENT_PRIVILEGE));

        admin.rows("select public.set_pack_state(?, 'deprecated')", pack);
        assertThat(bob.rows("select * from public.exemplar_packs")).isEmpty();
        assertThat(bob.rows("select * from public.exemplar_pack_items")).isEmpty();
        assertThat(owner.column(UUID.class, "select actor_user_id from public.audit_logs where table_name = 'public.practice_packs' order by created_at, xmin::text::bigint"))
                .containsExactly(ALICE.account(), ADMIN.account(), ADMIN.account());
    }

    @Test
    void unpublishedPacksAreHiddenFromOthers() {
        for (String state : List.of("private_user", "candidate_exemplar")) {
            reach(pack, state);
            assertThat(bob.rows("select * from public.exemplar_packs")).as(state).isEmpty();
            assertThat(bob.rows("select * from public.exemplar_pack_items")).as(state).isEmpty();
        }
    }

    @Test
    void offeredPacksAreImmutable() {
        for (String state : STATES.subList(1, 4)) {
            reach(pack, state);
            for (Session writer : new Session[] {alice, polaris.as(SERVICE)}) {
                for (String change : List.of("update public.practice_packs set title = 'Other' where id = '%s'".formatted(pack),
                        "update public.practice_pack_items set revised_text = 'Other' where id = '%s'".formatted(shown),
                        "delete from public.practice_pack_items where id = '%s'".formatted(shown),
                        "insert into public.practice_pack_items (pack_id, user_id, kind, notes, order_index) values ('%s', '%s', 'note', 'x', 7)".formatted(pack, ALICE.account()))) {
                    assertThatThrownBy(() -> writer.script(change)).as("%s while %s", change, state).is(sqlState(WRONG_STATE));
                }
            }
            assertThatThrownBy(() -> alice.update("update public.practice_pack_items set is_hidden = false where id = ?", hidden)).is(sqlState(WRONG_STATE));
            assertThat(polaris.as(SERVICE).update("update public.practice_pack_items set risk_flags = '{name}' where id = ?", shown)).isOne();
        }
    }

    @Test
    void withdrawnOfferCanBeChangedAndOfferedAgain() {
        reach(pack, "candidate_exemplar");
        alice.rows("select public.set_pack_state(?, 'private_user')", pack);

        assertThat(alice.update("update public.practice_pack_items set revised_text = 'Mended' where id = ?", shown)).isOne();
        reach(pack, "published_exemplar");
        assertThat(bob.value(String.class, "select revised_text from public.exemplar_pack_items")).isEqualTo("Mended");
    }

    @Test
    void adminPublishesOnlyTheOfferThatWasRead() {
        reach(pack, "candidate_exemplar");
        int read = offers(pack);
        alice.rows("select public.set_pack_state(?, 'private_user')", pack);
        alice.update("update public.practice_pack_items set revised_text = 'What nobody read' where id = ?", shown);
        reach(pack, "candidate_exemplar");

        for (Integer offer : new Integer[] {read, null, read + 2}) {
            assertThatThrownBy(() -> admin.rows(STEP, pack, "published_exemplar", offer)).as("offer %s", offer).is(sqlState(WRONG_STATE));
        }
        assertThat(bob.rows("select from public.exemplar_pack_items")).isEmpty();
        assertThatThrownBy(() -> alice.update("update public.practice_packs set offers = ?", read)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        polaris.as(SERVICE).update("update public.practice_packs set offers = ?", read);

        admin.rows(STEP, pack, "published_exemplar", read + 1);
        assertThat(bob.column(String.class, "select revised_text from public.exemplar_pack_items")).containsExactly("What nobody read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"B/1.mp3", "A/../B/1.mp3", "A/%2e%2e/B/1.mp3", "A/..\\B/1.mp3", "A/\t../B/1.mp3", "A//1.mp3", "/A/1.mp3", "A", "javascript:alert(1)",
            "http://example.com/1.mp3", "https://example.com/ x", "https://example.com\\@evil.example/x"})
    void recordingIsInTheOwnersFolderOrAtAnHttpsUrl(String path) {
        String tricky = path.replace("A", ALICE.account().toString()).replace("B", BOB.account().toString());

        assertThatThrownBy(() -> alice.update("update public.practice_pack_items set audio_url = ?", tricky)).is(sqlState(CHECK_VIOLATION));
        assertThat(alice.update("update public.practice_pack_items set audio_url = ? || '/1.mp3'", ALICE.account().toString())).isEqualTo(2);
        assertThat(alice.update("update public.practice_pack_items set audio_url = 'https://example.com/1.mp3'")).isEqualTo(2);
    }

    @Test
    void adminsHideAndShowItemsOfPublishedPacks() {
        reach(pack, "published_exemplar");

        admin.rows("select public.hide_pack_item(?, true)", shown);
        assertThat(bob.rows("select * from public.exemplar_pack_items")).isEmpty();
        admin.rows("select public.hide_pack_item(?, false)", hidden);
        assertThat(bob.column(UUID.class, "select item_id from public.exemplar_pack_items")).containsExactly(hidden);
        for (Session caller : new Session[] {alice, bob}) {
            assertThatThrownBy(() -> caller.rows("select public.hide_pack_item(?, false)", shown)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> admin.rows("select public.hide_pack_item(?, null)", shown)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> admin.rows("select public.hide_pack_item(?, true)", UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void hidingAnItemOfAPrivatePackPublishesNothing() {
        alice.update("update public.practice_pack_items set is_hidden = not is_hidden");

        assertThat(polaris.count("public.exemplar_pack_items")).isZero();
    }

    @Test
    void itemPositionsAreUniqueAndCanBeSwapped() {
        assertThatThrownBy(() -> item(pack, 1, false)).is(sqlState(UNIQUE_VIOLATION));
        assertThat(alice.update("update public.practice_pack_items set order_index = 1 - order_index where pack_id = ?", pack)).isEqualTo(2);
        assertThat(alice.column(UUID.class, "select id from public.practice_pack_items order by order_index")).containsExactly(hidden, shown);
    }

    @Test
    void ownerDeletesUnpublishedPacksAndDeletingTheAccountDeletesAll() {
        reach(pack, "published_exemplar");
        assertThat(alice.update("delete from public.practice_packs")).isZero();
        UUID other = pack();
        item(other, 0, false);
        assertThat(alice.update("delete from public.practice_packs where id = ?", other)).isOne();

        owner.update("delete from auth.users where id = ?", ALICE.account());

        for (String table : List.of("practice_packs", "practice_pack_items", "exemplar_packs", "exemplar_pack_items")) {
            assertThat(polaris.count("public." + table)).as(table).isZero();
        }
    }

    @Test
    void readsUseIndexesWithManyRows() {
        reach(pack, "published_exemplar");
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.practice_packs (id, user_id, state, published_at)
                    select md5('p' || i)::uuid, md5('u' || i %% 10000)::uuid, 'published_exemplar', now() from generate_series(1, 50000) as i;
                insert into public.practice_pack_items (id, pack_id, user_id, kind, notes, order_index)
                    select md5('i' || i)::uuid, md5('p' || i %% 50000)::uuid, md5('u' || i %% 10000)::uuid, 'note', 'x', i from generate_series(1, 40000) as i;
                insert into public.exemplar_packs (pack_id, coach_key, title, topics, published_at)
                    select id, 'coach' || row_number() over () %% 50, title, topics, now() - row_number() over () * interval '1 second' from public.practice_packs where id <> '%s';
                insert into public.exemplar_pack_items (item_id, pack_id, kind, notes, tags, order_index)
                    select id, pack_id, kind, notes, tags, order_index from public.practice_pack_items where notes = 'x';
                """.formatted(pack));
        operator.script("analyze public.practice_packs, public.practice_pack_items, public.exemplar_packs, public.exemplar_pack_items");

        for (String read : List.of("select * from public.practice_packs order by created_at desc limit 20", "select * from public.practice_pack_items",
                "select * from public.practice_pack_items where pack_id = '" + pack + "' order by order_index",
                "select * from public.exemplar_packs order by published_at desc limit 20",
                "select * from public.exemplar_packs where coach_key = 'coach7' order by published_at desc limit 20",
                "select * from public.exemplar_pack_items where pack_id = '" + pack + "' order by order_index")) {
            assertThat(alice.plan(read)).as(read).contains("Index").doesNotContain("Seq Scan");
        }
    }

    private UUID pack() {
        return alice.value(UUID.class, "insert into public.practice_packs (user_id, title) values (auth.uid(), 'My week') returning id");
    }

    private UUID item(UUID in, int place, boolean isHidden) {
        return alice.value(UUID.class, "insert into public.practice_pack_items (pack_id, user_id, kind, original_text, revised_text, order_index, is_hidden)"
                + " values (?, auth.uid(), 'corrected', 'I go yesterday', 'I went yesterday', ?, ?) returning id", in, place, isHidden);
    }

    /** Moves the pack step by step to the state, each step by a permitted caller. */
    private void reach(UUID which, String to) {
        for (String state : STATES.subList(STATES.indexOf(state(which)) + 1, STATES.indexOf(to) + 1)) {
            ("candidate_exemplar".equals(state) ? alice : admin).rows(STEP, which, state, offers(which));
        }
    }

    private int offers(UUID which) {
        return owner.value(Integer.class, "select offers from public.practice_packs where id = ?", which);
    }

    private String state(UUID which) {
        return owner.value(String.class, "select state from public.practice_packs where id = ?", which);
    }
}
