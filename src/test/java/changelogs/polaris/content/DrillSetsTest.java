package changelogs.polaris.content;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
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
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drill sets: read and write access, the publishing workflow, and immutability after approval. */
class DrillSetsTest {

    private static final List<String> STATES = List.of("draft", "auto_qa", "in_review", "approved", "published", "deprecated");
    private static final List<String> MOVES = List.of("draft auto_qa", "auto_qa in_review", "in_review approved", "approved published",
            "published deprecated", "auto_qa draft", "in_review draft", "approved draft");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session admin;
    private Session alice;
    private UUID set;
    private UUID first;
    private UUID second;

    @BeforeEach
    void aSetOfTwoItems() {
        owner = People.signUp(polaris);
        admin = polaris.as(ADMIN);
        alice = polaris.as(ALICE);
        set = set("Greetings");
        first = item(null);
        second = item(null);
        put(set, first);
        put(set, second);
    }

    @Test
    void learnersSeeOnlyPublishedSetsAndTheirItems() {
        for (String state : STATES) {
            move(set, state);
            long seen = "published".equals(state) ? 1 : 0;

            assertThat(count(alice, "public.drill_sets")).as("sets while %s", state).isEqualTo(seen);
            assertThat(count(alice, "public.set_members")).as("members while %s", state).isEqualTo(2 * seen);
            assertThat(count(alice, "public.drill_items")).as("items while %s", state).isEqualTo(2 * seen);
            assertThat(count(admin, "public.drill_items")).as("items for admins while %s", state).isEqualTo(2);
        }
        assertThatThrownBy(() -> count(polaris.as(ANON), "public.drill_sets")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void gatedSetsAndTheirItemsAreHiddenFromFreeUsers() {
        owner.update("update public.drill_sets set gating = true where id = ?", set);
        move(set, "published");

        assertThat(count(alice, "public.drill_items")).isZero();
        People.tier(owner, ALICE, "pro");
        assertThat(count(alice, "public.drill_items")).isEqualTo(2);
        assertThat(alice.column(String.class, "select title from public.v_catalog_flat where source = 'set'")).containsExactly("Greetings");
    }

    @Test
    void itemOfAVisibleDrillIsVisibleUnlessItsSetIsUnpublished() {
        UUID shown = item(People.DRILL);
        UUID draft = item(People.DRAFT_DRILL);
        UUID paid = item(People.PAID_DRILL);

        assertThat(alice.column(UUID.class, "select id from public.drill_items")).containsExactly(shown).doesNotContain(draft, paid);
        put(set, shown);
        assertThat(count(alice, "public.drill_items")).as("items in a draft set").isZero();
    }

    @Test
    void onlyEditorsReadAnswerKeysThroughTheFunction() {
        move(set, "published");

        for (String column : List.of("answer_key", "qa_flags", "source_ref", "*")) {
            assertThatThrownBy(() -> alice.rows("select " + column + " from public.drill_items")).as(column).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> alice.rows("select id from public.drill_items order by answer_key")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select id from public.drill_items where answer_key ->> 'right' = 'b'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select to_jsonb(i) from public.drill_items as i")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows("select * from public.get_drill_item(?)", first)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.get_drill_item(?)", first)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (Caller editor : new Caller[] {ADMIN, SERVICE}) {
            assertThat(polaris.as(editor).value(String.class, "select answer_key ->> 'right' from public.get_drill_item(?)", first)).isEqualTo("b");
        }
        assertThatThrownBy(() -> admin.rows("select public.get_drill_item(?)", UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void learnersCannotWriteSetsItemsOrMembers() {
        move(set, "published");

        assertThatThrownBy(() -> alice.update("insert into public.drill_sets (coach_key, section, title) values (?, 'qbank', 'Mine')", COACH))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("insert into public.drill_items (kind, content) values ('prompt', '{}')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("insert into public.set_members (set_id, item_id) values (?, ?)", set, item(null)))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(alice.update("update public.drill_sets set state = 'deprecated'")).isZero();
        assertThat(alice.update("update public.drill_items set content = '{}'")).isZero();
        assertThat(alice.update("update public.set_members set position = 7")).isZero();
        for (String table : List.of("drill_sets", "drill_items", "set_members")) {
            assertThat(alice.update("delete from public." + table)).as(table).isZero();
        }
        admin.rows("select public.create_set_version(?)", set);
        for (UUID id : List.of(set, UUID.randomUUID())) {
            assertThatThrownBy(() -> alice.rows("select public.create_set_version(?)", id)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> alice.rows("select public.reorder_set(?, ?)", set, ids(first, second))).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void setStatesFollowTheWorkflow() {
        for (String from : STATES) {
            for (String to : STATES) {
                UUID one = set(from + " " + to);
                put(one, first);
                move(one, from);
                if (from.equals(to) || MOVES.contains(from + " " + to)) {
                    assertThat(admin.update("update public.drill_sets set state = ? where id = ?", to, one)).isOne();
                } else {
                    assertThatThrownBy(() -> polaris.as(SERVICE).update("update public.drill_sets set state = ? where id = ?", to, one))
                            .as("%s to %s", from, to).is(sqlState(CHECK_VIOLATION));
                }
            }
        }
        assertThatThrownBy(() -> owner.update("insert into public.drill_sets (coach_key, section, title, state) values (?, 'qbank', 'At once', 'published')", COACH))
                .is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void databaseSetsPublishedAtAndApprovedBy() {
        assertThatThrownBy(() -> admin.update("update public.drill_sets set published_at = '1999-01-01' where id = ?", set)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> admin.update("update public.drill_sets set approved_by = ? where id = ?", ALICE.account(), set)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        move(set, "deprecated");
        assertThat(owner.rows("select created_by, approved_by, published_at > now() - interval '1 minute' as out, deprecated_at is not null as away from public.drill_sets where id = ?", set))
                .singleElement().satisfies(row -> assertThat(row).containsEntry("created_by", ADMIN.account()).containsEntry("approved_by", ADMIN.account())
                        .containsEntry("out", true).containsEntry("away", true));
        owner.update("update public.drill_sets set published_at = '1999-01-01', approved_by = ? where id = ?", ALICE.account(), set);
        assertThat(owner.value(Long.class, "select count(*) from public.drill_sets where published_at < '2000-01-01' or approved_by = ?", ALICE.account())).isZero();

        UUID back = set("Taken back");
        put(back, first);
        move(back, "approved");
        admin.update("update public.drill_sets set state = 'draft' where id = ?", back);
        assertThat(owner.value(Long.class, "select count(*) from public.drill_sets where id = ? and approved_by is null", back)).isOne();
    }

    @Test
    void emptySetCannotBeApproved() {
        UUID empty = set("Empty");
        move(empty, "in_review");

        assertThatThrownBy(() -> move(empty, "approved")).is(sqlState(WRONG_STATE));
    }

    @Test
    void approvedSetsAreImmutableForEveryRole() {
        UUID other = item(null);
        for (String state : List.of("approved", "published", "deprecated")) {
            move(set, state);
            for (Session writer : new Session[] {admin, polaris.as(SERVICE), owner}) {
                refusedInThisState(writer, "update public.drill_sets set title = 'Other' where id = '%s'".formatted(set));
                refusedInThisState(writer, "update public.drill_items set content = '{\"text\": \"Other\"}' where id = '%s'".formatted(first));
                refusedInThisState(writer, "update public.drill_items set answer_key = '{}' where id = '%s'".formatted(first));
                refusedInThisState(writer, "delete from public.drill_items where id = '%s'".formatted(first));
                refusedInThisState(writer, "update public.set_members set weight = 2 where set_id = '%s'".formatted(set));
                refusedInThisState(writer, "delete from public.set_members where set_id = '%s'".formatted(set));
                refusedInThisState(writer, "insert into public.set_members (set_id, item_id) values ('%s', '%s')".formatted(set, other));
                if (!"approved".equals(state)) {
                    refusedInThisState(writer, "delete from public.drill_sets where id = '%s'".formatted(set));
                }
            }
            refusedInThisState(admin, "select public.reorder_set('%s', '{%s,%s}')".formatted(set, second, first));
        }
        assertThat(owner.update("update public.drill_items set qa_flags = '[\"typo\"]' where id = ?", first)).as("update of the editors' notes").isOne();
    }

    @Test
    void drillsAndAccountsOfPublishedSetsCanBeDeleted() {
        UUID drill = UUID.randomUUID();
        People.drill(owner, drill, false, "published");
        owner.update("update public.drill_items set drill_id = ? where id = ?", drill, first);
        move(set, "published");

        owner.update("delete from public.drills where id = ?", drill);
        owner.update("delete from auth.users where id = ?", ADMIN.account());

        assertThat(owner.value(Long.class, "select count(*) from public.drill_sets where state = 'published' and created_by is null and approved_by is null")).isOne();
        assertThat(owner.value(Long.class, "select count(*) from public.set_members where added_by is null")).isEqualTo(2);
        assertThat(owner.value(Long.class, "select count(*) from public.drill_items where id = ? and drill_id is null", first)).isOne();
    }

    @Test
    void deletingADraftSetDeletesMembersAndKeepsItems() {
        assertThat(admin.update("delete from public.drill_sets where id = ?", set)).isOne();

        assertThat(polaris.count("public.set_members")).isZero();
        assertThat(polaris.count("public.drill_items")).isEqualTo(2);
    }

    @Test
    void nextVersionCopiesItemsAndKeepsTheOldVersion() {
        owner.update("update public.set_members set weight = 2, pinned = true where item_id = ?", second);
        move(set, "published");

        UUID next = admin.value(UUID.class, "select public.create_set_version(?)", set);

        assertThat(admin.rows("select version, state, created_by from public.drill_sets where id = ?", next)).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("version", 2).containsEntry("state", "draft").containsEntry("created_by", ADMIN.account()));
        assertThat(admin.column(UUID.class, "select item_id from public.set_members where set_id = ? order by position", next)).containsExactly(first, second);
        assertThat(admin.value(Long.class, "select count(*) from public.set_members where set_id = ? and weight = 2 and pinned", next)).isOne();
        admin.update("delete from public.set_members where set_id = ? and item_id = ?", next, first);
        assertThat(alice.column(UUID.class, "select item_id from public.set_members where set_id = ? order by position", set)).containsExactly(first, second);
        assertThat(admin.value(UUID.class, "select public.create_set_version(?)", set)).as("second call").isEqualTo(next);
        assertThatThrownBy(() -> admin.rows("select public.create_set_version(?)", UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void onlyPublishedOrDeprecatedSetsGetANextVersion() {
        for (String state : STATES) {
            UUID one = set("next after " + state);
            put(one, first);
            move(one, state);
            if (List.of("published", "deprecated").contains(state)) {
                assertThat(admin.rows("select public.create_set_version(?)", one)).as(state).hasSize(1);
            } else {
                assertThatThrownBy(() -> admin.rows("select public.create_set_version(?)", one)).as(state).is(sqlState(WRONG_STATE));
                assertThat(owner.value(Long.class, "select count(*) from public.drill_sets where title = ?", "next after " + state)).as(state).isOne();
            }
        }
    }

    @Test
    @OfItsOwn
    void concurrentCallsOfCreateSetVersionReturnTheSameDraft() {
        move(set, "published");
        Session other = polaris.as(SERVICE);

        var one = Meanwhile.get(() -> admin.value(UUID.class, "select public.create_set_version(?)", set));
        var two = Meanwhile.get(() -> other.value(UUID.class, "select public.create_set_version(?)", set));

        assertThat(one.join()).isEqualTo(two.join());
        assertThat(polaris.count("public.drill_sets")).isEqualTo(2);
    }

    @Test
    void reorderSetNeedsTheCompleteListOfItems() {
        UUID third = item(null);
        put(set, third);

        admin.rows("select public.reorder_set(?, ?)", set, ids(third, first, second));
        assertThat(order()).containsExactly(third, first, second);
        for (Array wrong : List.of(ids(third, first), ids(third, first, first), ids(third, first, second, UUID.randomUUID()), ids())) {
            assertThatThrownBy(() -> admin.rows("select public.reorder_set(?, ?)", set, wrong)).is(sqlState(INVALID_PARAMETER));
        }
        assertThatThrownBy(() -> admin.rows("select public.reorder_set(?, null)", set)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> admin.rows("select public.reorder_set(?, ?)", UUID.randomUUID(), ids())).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> owner.update("update public.set_members set position = 1 where set_id = ?", set)).is(sqlState(UNIQUE_VIOLATION));
        assertThat(order()).containsExactly(third, first, second);
    }

    @Test
    @OfItsOwn
    void concurrentlyAddedItemsGetDifferentPositions() {
        List<Session> editors = List.of(polaris.as(ADMIN), polaris.as(ADMIN), polaris.as(ADMIN));
        List<UUID> items = List.of(item(null), item(null), item(null));

        var added = new ArrayList<java.util.concurrent.CompletableFuture<Integer>>();
        for (int i = 0; i < 3; i++) {
            Session editor = editors.get(i);
            UUID item = items.get(i);
            added.add(Meanwhile.get(() -> editor.update("insert into public.set_members (set_id, item_id, position) values (?, ?, null)", set, item)));
        }

        assertThat(added).allSatisfy(one -> assertThat(one.join()).isOne());
        assertThat(owner.column(Integer.class, "select position from public.set_members order by 1")).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    @OfItsOwn
    void approvalAndConcurrentEditOfAnItemAreSerialized() throws SQLException {
        move(set, "in_review");
        Session editor = polaris.owner();
        Session operator = polaris.operator();
        editor.connection().setAutoCommit(false);
        try (var edit = editor.connection().createStatement()) {
            edit.executeUpdate("update public.drill_items set content = '{\"text\": \"late\"}' where id = '" + first + "'");
            var approval = Meanwhile.get(() -> admin.update("update public.drill_sets set state = 'approved' where id = ?", set));
            while (operator.value(Long.class, "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0) {
                Thread.onSpinWait();
                assertThat(approval).as("approval while an item is being changed").isNotDone();
            }
            editor.connection().commit();
            assertThat(approval.join()).isOne();
        }
        refusedInThisState(owner, "update public.drill_items set content = '{}' where id = '%s'".formatted(first));
        assertThat(owner.value(String.class, "select content ->> 'text' from public.drill_items where id = ?", first)).isEqualTo("late");
    }

    @Test
    void memberCannotMoveToAnotherSet() {
        assertThatThrownBy(() -> owner.update("update public.set_members set set_id = ? where item_id = ?", set("Other"), first)).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> admin.update("insert into public.set_members (set_id, item_id, added_by) values (?, ?, ?)", set, item(null), ALICE.account()))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void flatCatalogShowsOnlyRowsVisibleToTheCaller() {
        move(set, "published");

        assertThat(alice.column(String.class, "select source || ' ' || section || ' ' || title from public.v_catalog_flat where coach_key = 'demo' order by 1"))
                .containsExactly("drill speaking A drill", "set speaking Greetings");
        assertThat(admin.value(Long.class, "select count(*) from public.v_catalog_flat where coach_key = 'demo'")).isEqualTo(4);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public.v_catalog_flat")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void learnerReadsUseIndexesWithManySets() {
        move(set, "published");
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.drill_items (id, kind, content) select md5('i' || i)::uuid, 'prompt', '{}' from generate_series(1, 60000) as i;
                insert into public.drill_sets (id, coach_key, section, title, state, published_at)
                    select md5('s' || i)::uuid, 'coach' || i % 50, 'qbank', 'Set ' || i, 'published', now() from generate_series(1, 20000) as i;
                insert into public.set_members (set_id, item_id, position)
                    select md5('s' || (1 + i % 20000))::uuid, md5('i' || i)::uuid, i from generate_series(1, 60000) as i;
                insert into public.drills (id, coach_key, type, title, prompt, state)
                    select md5('d' || i)::uuid, 'coach' || i % 50, 'qbank', 'Drill', 'Say it.', 'published' from generate_series(1, 20000) as i;
                """);
        operator.script("analyze public.drill_items, public.drill_sets, public.set_members, public.drills");

        for (String read : List.of(
                "select i.id, i.content from public.set_members as m join public.drill_items as i on i.id = m.item_id where m.set_id = '" + set + "' order by m.position",
                "select * from public.drill_sets where id = '" + set + "'",
                "select id, content from public.drill_items where id = '" + first + "'",
                "select id, content from public.drill_items where drill_id = '" + People.DRILL + "'",
                "select * from public.v_catalog_flat where coach_key = 'coach7' and state = 'published' order by title limit 20")) {
            assertThat(alice.plan(read)).as(read).contains("Index").doesNotContainPattern("(?m)^ *(->)? *Seq Scan on (drill|set)\\w* (?!.*never)");
        }
    }

    private UUID set(String title) {
        UUID id = UUID.randomUUID();
        admin.update("insert into public.drill_sets (id, coach_key, section, title) values (?, ?, 'speaking', ?)", id, COACH, title);
        return id;
    }

    private UUID item(UUID drill) {
        UUID id = UUID.randomUUID();
        admin.update("insert into public.drill_items (id, drill_id, kind, content, answer_key) values (?, ?, 'multiple_choice', '{\"text\": \"a or b?\"}', '{\"right\": \"b\"}')",
                id, drill);
        return id;
    }

    private void put(UUID into, UUID item) {
        admin.update("insert into public.set_members (set_id, item_id, position) values (?, ?, null)", into, item);
    }

    /** Moves the set step by step from its current state to the given one. */
    private void move(UUID which, String to) {
        String now = owner.value(String.class, "select state from public.drill_sets where id = ?", which);
        for (String state : STATES.subList(STATES.indexOf(now) + 1, STATES.indexOf(to) + 1)) {
            admin.update("update public.drill_sets set state = ? where id = ?", state, which);
        }
    }

    private List<UUID> order() {
        return owner.column(UUID.class, "select item_id from public.set_members where set_id = ? order by position", set);
    }

    private static void refusedInThisState(Session writer, String sql) {
        assertThatThrownBy(() -> writer.script(sql)).as(sql).is(sqlState(WRONG_STATE));
    }

    private static long count(Session session, String table) {
        return session.value(Long.class, "select count(*) from " + table);
    }

    private Array ids(UUID... ids) {
        return owner.arrayOf("uuid", (Object[]) ids);
    }
}
