package changelogs.polaris.content;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
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
import changelogs.testing.SqlFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Editorial workflow: permissions for writing, reviewing and publishing; content cannot be published without review. */
class EditorialTest {

    private static final List<String> STATES = List.of("draft", "auto_qa", "in_review", "approved", "published", "deprecated");
    /** The author; {@link People#ADMIN} reviews. */
    private static final Caller WRITER = BOB;

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session writer;
    private Session judge;
    private Session service;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        owner.update("update public.profiles set role = 'admin' where id = ?", WRITER.account());
        writer = polaris.as(WRITER);
        judge = polaris.as(ADMIN);
        service = polaris.as(SERVICE);
    }

    // Read and write access

    @Test
    void learnersAndVisitorsHaveNoEditorialAccess() {
        UUID item = inState("in_review");
        Session alice = polaris.as(ALICE);
        Session anon = polaris.as(ANON);

        for (String table : List.of("editorial_items", "editorial_item_coach_targets", "editorial_versions", "editorial_transitions", "v_editorial_review_queue")) {
            assertThat(alice.rows("select from public." + table)).as(table).isEmpty();
            assertThat(judge.rows("select from public." + table)).as(table).isNotEmpty();
            denied(anon, "select from public." + table);
        }
        denied(alice, "insert into public.editorial_items (kind, title) values ('drill', 'Mine')");
        denied(alice, "insert into public.editorial_item_coach_targets (editorial_item_id, coach_key) values ('" + item + "', 'demo')");
        denied(alice, "insert into public.editorial_flags (editorial_item_id, flag_type) values ('" + item + "', 'other')");
        assertThat(alice.update("delete from public.editorial_items")).isZero();
        assertThat(alice.update("update public.editorial_flags set resolution = 'x'")).isZero();
        for (Session caller : List.of(alice, anon)) {
            for (String move : List.of("'" + item + "', 'approved'", "'" + item + "', 'in_review'", "gen_random_uuid(), 'approved'")) {
                denied(caller, "select public.move_editorial_item(" + move + ")");
            }
            denied(caller, "select public.save_editorial_item('" + item + "', 1, '{\"title\": \"Mine\"}')");
        }
        assertThat(state(item)).isEqualTo("in_review");
    }

    @Test
    void adminsChangeStatesAndVersionsOnlyThroughFunctions() {
        UUID item = draft("drill");

        for (String sql : List.of(
                "update public.editorial_items set state = 'published'",
                "update public.editorial_items set title = 'Past the version'",
                "insert into public.editorial_items (kind, title, state) values ('drill', 'Out at once', 'published')",
                "insert into public.editorial_items (kind, title, created_by) values ('drill', 'By another', '" + ALICE.account() + "')",
                "update public.editorial_item_coach_targets set published_drill_id = '" + People.DRILL + "'",
                "insert into public.editorial_versions (editorial_item_id, version, state, diff) values ('" + item + "', 9, 'draft', '{}')",
                "insert into public.editorial_transitions (editorial_item_id, from_state, to_state, version, actor_role) values ('" + item
                        + "', 'draft', 'approved', 1, 'admin')",
                "delete from public.editorial_transitions",
                "update public.editorial_flags set severity = 'info'",
                "delete from public.editorial_flags")) {
            denied(writer, sql);
        }
    }

    @Test
    void versionsAndTransitionsAreAppendOnlyEvenForTheOwner() {
        inState("in_review");

        for (String table : List.of("editorial_versions", "editorial_transitions")) {
            denied(owner, "update public." + table + " set notes = 'never happened'");
            denied(owner, "delete from public." + table);
            denied(owner, "truncate public." + table);
        }
        for (String sql : List.of("insert into public.editorial_versions (version) values (1)", "delete from public.editorial_versions",
                "insert into public.editorial_transitions (version) values (1)", "update public.editorial_transitions set notes = 'x'")) {
            denied(service, sql);
        }
    }

    @Test
    void kindAuthorAndCreationTimeOfAnItemAreImmutable() {
        UUID item = draft("drill");

        refused(service, CHECK_VIOLATION, "update public.editorial_items set kind = 'copy'");
        refused(service, CHECK_VIOLATION, "update public.editorial_items set created_at = 'epoch'");
        refused(service, CHECK_VIOLATION, "insert into public.editorial_items (kind, title, state) values ('drill', 'Out at once', 'published')");
        service.update("update public.editorial_items set created_by = ?, updated_by = ?, version = 7, state_since = 'epoch'", ALICE.account(), ALICE.account());

        assertThat(service.rows("select created_by, updated_by, version from public.editorial_items where id = ? and state_since > 'epoch'", item))
                .containsExactly(Map.of("created_by", WRITER.account(), "updated_by", WRITER.account(), "version", 1));
    }

    // States

    @Test
    void adminsMoveItemsOnlyAlongTheWorkflow() {
        TreeSet<String> allowed = new TreeSet<>();
        for (String from : STATES) {
            for (String to : STATES) {
                if (!from.equals(to) && attempt(judge, inState(from), to).equals(to)) {
                    allowed.add(from + " " + to);
                }
            }
        }
        assertThat(allowed).containsExactlyInAnyOrder("draft auto_qa", "auto_qa in_review", "in_review approved", "approved published", "published deprecated",
                "auto_qa draft", "in_review draft", "approved draft");
    }

    @Test
    void serviceMovesDraftsToReviewOnly() {
        for (String from : STATES) {
            for (String to : STATES) {
                if (from.equals(to)) {
                    continue;
                }
                UUID item = inState(from);
                boolean pipeline = List.of("draft auto_qa", "auto_qa in_review").contains(from + " " + to);
                assertThat(attempt(service, item, to)).as(from + " " + to).satisfies(outcome ->
                        assertThat(List.of(to, INSUFFICIENT_PRIVILEGE, CHECK_VIOLATION).indexOf(outcome)).isEqualTo(pipeline ? 0 : outcome.equals(CHECK_VIOLATION) ? 2 : 1));
                if (!pipeline) {
                    assertThatThrownBy(() -> service.update("update public.editorial_items set state = ? where id = ?", to, item)).as("past the function: " + from + " " + to)
                            .isInstanceOf(SqlFailed.class);
                    assertThat(state(item)).isEqualTo(from);
                }
            }
        }
    }

    @Test
    void repeatedMoveChangesNothing() {
        UUID item = inState("published");

        assertThat(attempt(judge, item, "published")).isEqualTo("published");

        assertThat(owner.column(String.class, "select to_state from public.editorial_transitions where editorial_item_id = ? order by created_at, xmin::text::bigint", item))
                .containsExactly("auto_qa", "in_review", "approved", "published");
        assertThat(drillsOf(item)).hasSize(1);
    }

    @Test
    void transitionRecordsActorRoleAndNotes() {
        UUID item = draft("drill");
        service.rows("select public.move_editorial_item(?, 'auto_qa', 'checks begin')", item);
        service.rows("select public.move_editorial_item(?, 'in_review')", item);
        judge.rows("select public.move_editorial_item(?, 'draft', 'too long')", item);

        assertThat(judge.rows("select to_state, actor_id, actor_role, notes from public.editorial_transitions where editorial_item_id = ? order by created_at, xmin::text::bigint", item))
                .extracting(row -> row.get("to_state") + " " + row.get("actor_id") + " " + row.get("actor_role") + " " + row.get("notes"))
                .containsExactly("auto_qa null service checks begin", "in_review null service null", "draft " + ADMIN.account() + " admin too long");
    }

    @Test
    void adminApprovesOnlyTheVersionThatWasRead() {
        UUID item = inState("in_review");
        writer.rows("select public.move_editorial_item(?, 'draft')", item);
        assertThat(save(writer, item, "What nobody read")).isEqualTo("2");
        bring(item, "in_review");

        for (String read : List.of("1", "3", "null")) {
            refused(judge, WRONG_STATE, "select public.move_editorial_item('" + item + "', 'approved', p_version => " + read + ")");
        }
        assertThat(state(item)).isEqualTo("in_review");
        judge.rows("select public.move_editorial_item(?, 'approved', p_version => 2)", item);
        assertThat(state(item)).isEqualTo("approved");
    }

    @Test
    void unknownItemsAndStatesAreRejected() {
        refused(judge, NO_DATA_FOUND, "select public.move_editorial_item(gen_random_uuid(), 'auto_qa')");
        refused(judge, NO_DATA_FOUND, "select public.save_editorial_item(gen_random_uuid(), 1, '{}')");
        refused(judge, CHECK_VIOLATION, "select public.move_editorial_item('" + draft("copy") + "', 'famous')");
    }

    // Four-eyes rule

    @Test
    void authorCannotApproveOwnContent() {
        UUID item = inState("in_review");

        assertThat(attempt(writer, item, "approved")).isEqualTo(INSUFFICIENT_PRIVILEGE);
        assertThat(attempt(judge, item, "approved")).isEqualTo("approved");
        assertThat(attempt(writer, item, "published")).as("author publishes after approval by another admin").isEqualTo("published");
    }

    @Test
    void editByTheServiceDoesNotReplaceTheAuthor() {
        UUID item = draft("drill");
        service.rows("select public.save_editorial_item(?, 1, '{\"reading_level\": \"B1\"}')", item);
        bring(item, "in_review");

        assertThat(attempt(writer, item, "approved")).isEqualTo(INSUFFICIENT_PRIVILEGE);
    }

    @Test
    void laterChangeByAnotherAdminDoesNotHideAnAuthor() {
        owner.update("update public.profiles set role = 'admin' where id = ?", ALICE.account());
        UUID item = draft("drill");
        judge.rows("select public.save_editorial_item(?, 1, '{\"summary\": \"A summary\"}')", item);
        bring(item, "in_review");
        service.update("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values (?, 'safety', 'block')", item);

        denied(writer, "update public.editorial_flags set resolution = 'I like it as it is'");
        denied(judge, "update public.editorial_flags set resolution = 'I like it as it is'");
        assertThat(polaris.as(ALICE).update("update public.editorial_flags set resolution = 'a false alarm'")).isOne();
        assertThat(attempt(writer, item, "approved")).isEqualTo(INSUFFICIENT_PRIVILEGE);
        assertThat(attempt(judge, item, "approved")).isEqualTo(INSUFFICIENT_PRIVILEGE);
        assertThat(attempt(polaris.as(ALICE), item, "approved")).isEqualTo("approved");
    }

    @Test
    void onlyAdminMayApproveOwnContentUnlessFourEyesIsSet() {
        owner.update("update public.profiles set role = 'user' where id = ?", ADMIN.account());
        UUID first = inState("in_review");
        assertThat(attempt(writer, first, "approved")).isEqualTo("approved");

        owner.update("insert into public.settings (key, value) values ('editorial_four_eyes', 'true')");
        assertThat(attempt(writer, inState("in_review"), "approved")).isEqualTo(INSUFFICIENT_PRIVILEGE);
    }

    @Test
    void settingDisablesFourEyes() {
        owner.update("insert into public.settings (key, value) values ('editorial_four_eyes', 'false')");

        assertThat(attempt(writer, inState("in_review"), "approved")).isEqualTo("approved");
    }

    // Flags

    @Test
    void openBlockFlagPreventsApprovalAndPublishing() {
        UUID item = inState("in_review");
        service.update("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values (?, 'safety', 'block')", item);
        assertThat(attempt(judge, item, "approved")).isEqualTo(WRONG_STATE);
        assertThat(judge.update("update public.editorial_flags set resolution = 'a false alarm'")).isOne();
        assertThat(attempt(judge, item, "approved")).isEqualTo("approved");

        judge.update("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values (?, 'bias', 'block')", item);
        assertThat(attempt(judge, item, "published")).isEqualTo(WRONG_STATE);
        assertThat(attempt(judge, item, "draft")).as("move back to draft").isEqualTo("draft");
        assertThat(drillsOf(item)).isEmpty();
    }

    @Test
    void warningFlagsDoNotPreventApproval() {
        UUID item = inState("in_review");
        service.update("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values (?, 'accessibility', 'warn')", item);

        assertThat(attempt(judge, item, "approved")).isEqualTo("approved");
    }

    @Test
    void flagIsResolvedOnceByAPermittedCaller() {
        UUID item = inState("in_review");
        judge.update("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values (?, 'accuracy', 'block')", item);

        denied(writer, "update public.editorial_flags set resolution = 'I like it as it is'");
        denied(service, "update public.editorial_flags set resolution = 'checked by a program'");
        denied(judge, "insert into public.editorial_flags (editorial_item_id, flag_type, created_by) values ('" + item + "', 'other', '" + ALICE.account() + "')");
        judge.update("update public.editorial_flags set resolution = 'the number is right'");
        refused(judge, WRONG_STATE, "update public.editorial_flags set resolution = null");
        refused(owner, WRONG_STATE, "update public.editorial_flags set severity = 'info'");

        assertThat(judge.rows("select created_by, resolved_by, resolution from public.editorial_flags where resolved_at is not null"))
                .containsExactly(Map.of("created_by", ADMIN.account(), "resolved_by", ADMIN.account(), "resolution", "the number is right"));
    }

    @Test
    void serviceResolvesItsOwnFlags() {
        UUID item = inState("auto_qa");
        service.update("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values (?, 'reading_level', 'warn')", item);

        assertThat(service.update("update public.editorial_flags set resolution = 'measured again'")).isOne();
    }

    // Content and versions

    @Test
    void savingWritesAVersionWithTheDiff() {
        UUID item = draft("drill");
        writer.rows("select public.save_editorial_item(?, 1, '{\"title\": \"Shorter\", \"difficulty\": 2}', 'read it aloud')", item);
        writer.rows("select public.save_editorial_item(?, 2, '{\"title\": \"Shorter\"}')", item);

        assertThat(judge.rows("select version, diff::text as diff, notes, created_by from public.editorial_versions where editorial_item_id = ? and version > 1", item))
                .containsExactly(Map.of("version", 2, "diff", "{\"title\": [\"Ask for help\", \"Shorter\"], \"difficulty\": [null, 2]}", "notes", "read it aloud",
                        "created_by", WRITER.account()));
        assertThat(judge.value(String.class, "select diff -> 'body' ->> 1 from public.editorial_versions where editorial_item_id = ? and version = 1", item))
                .as("diff of the first version").isEqualTo("{\"prompt\": \"Ask a colleague for help.\"}");
    }

    @Test
    void saveWithAStaleVersionIsRejected() {
        UUID item = draft("drill");
        writer.rows("select public.save_editorial_item(?, 1, '{\"title\": \"First\"}')", item);

        refused(judge, WRONG_STATE, "select public.save_editorial_item('" + item + "', 1, '{\"title\": \"Second\"}')");
        refused(judge, WRONG_STATE, "select public.save_editorial_item('" + item + "', null, '{\"title\": \"Second\"}')");
        assertThat(owner.value(String.class, "select title from public.editorial_items where id = ?", item)).isEqualTo("First");
    }

    @Test
    void saveAcceptsOnlyContentFields() {
        UUID item = draft("drill");

        for (String changes : List.of("{\"state\": \"published\"}", "{\"version\": 9}", "{\"created_by\": null}", "{\"kind\": \"copy\"}", "[]", "{\"nothing\": 1}")) {
            refused(judge, INVALID_PARAMETER, "select public.save_editorial_item('" + item + "', 1, '" + changes + "')");
        }
        for (String changes : List.of("{\"title\": \"\"}", "{\"difficulty\": 9}", "{\"body\": []}", "{\"body\": {\"prompt\": 1}}", "{\"taxonomy\": {\"tags\": \"work\"}}",
                "{\"taxonomy\": {\"tags\": [1]}}", "{\"taxonomy\": {\"topic\": []}}", "{\"slug\": \"No Slug\"}", "{\"language\": \"?\"}")) {
            refused(judge, CHECK_VIOLATION, "select public.save_editorial_item('" + item + "', 1, '" + changes + "')");
        }
    }

    @Test
    void contentIsImmutableFromReviewOn() {
        for (String state : STATES) {
            UUID item = inState(state);
            boolean open = List.of("draft", "auto_qa").contains(state);
            String save = "select public.save_editorial_item('" + item + "', 1, '{\"title\": \"After the fact\"}')";
            String target = "insert into public.editorial_item_coach_targets (editorial_item_id, coach_key) values ('" + item + "', 'second')";
            if (open) {
                judge.rows(save);
                judge.update(target);
            } else {
                refused(judge, WRONG_STATE, save);
                refused(judge, WRONG_STATE, target);
                refused(judge, WRONG_STATE, "delete from public.editorial_item_coach_targets where editorial_item_id = '" + item + "'");
                refused(service, WRONG_STATE, "update public.editorial_items set body = '{\"prompt\": \"Other.\"}' where id = '" + item + "'");
            }
        }
    }

    @Test
    void onlyDraftsCanBeDeletedTogetherWithTheirHistory() {
        UUID published = inState("published");
        UUID draft = inState("in_review");
        judge.rows("select public.move_editorial_item(?, 'draft')", draft);
        judge.update("insert into public.editorial_flags (editorial_item_id, flag_type) values (?, 'other')", draft);

        assertThat(judge.update("delete from public.editorial_items where id = ?", published)).isZero();
        refused(service, WRONG_STATE, "delete from public.editorial_items where id = '" + published + "'");
        assertThat(judge.update("delete from public.editorial_items where id = ?", draft)).isOne();

        assertThat(owner.column(UUID.class, "select distinct editorial_item_id from public.editorial_versions")).containsExactly(published);
        assertThat(owner.column(UUID.class, "select distinct editorial_item_id from public.editorial_transitions")).containsExactly(published);
        assertThat(polaris.count("public.editorial_flags")).isZero();
    }

    @Test
    void deletingAnAccountKeepsItsContentWithoutTheAuthor() {
        UUID item = inState("published");
        judge.update("insert into public.editorial_flags (editorial_item_id, flag_type) values (?, 'other')", item);
        judge.update("update public.editorial_flags set resolution = 'seen'");

        polaris.operator().update("delete from auth.users where id in (?, ?)", WRITER.account(), ADMIN.account());

        assertThat(owner.rows("select from public.editorial_items where created_by is null and updated_by is null and state = 'published'")).hasSize(1);
        assertThat(owner.rows("select from public.editorial_transitions where actor_id is not null")).isEmpty();
        assertThat(owner.rows("select from public.editorial_versions where created_by is not null")).isEmpty();
        assertThat(owner.rows("select from public.editorial_flags where created_by is null and resolved_by is null and resolved_at is not null")).hasSize(1);
    }

    // Publishing

    @Test
    void publishingCreatesADrillPerCoachAndDeprecatingWithdrawsThem() {
        for (Map.Entry<String, String> kind : Map.of("drill", "speaking", "scenario", "scenario", "qbank", "qbank").entrySet()) {
            UUID item = draft(kind.getKey());
            writer.update("insert into public.editorial_item_coach_targets (editorial_item_id, coach_key) values (?, 'second')", item);
            writer.rows("select public.save_editorial_item(?, 1, '{\"difficulty\": 3, \"gating\": true, \"time_estimate_minutes\": 5}')", item);
            bring(item, "published");

            assertThat(owner.rows("""
                    select d.coach_key, d.type, d.title, d.prompt, d.tags::text as tags, d.difficulty, d.gating, d.time_estimate_minutes as minutes, d.state, d.created_by
                    from public.editorial_item_coach_targets as t join public.drills as d on d.id = t.published_drill_id
                    where t.editorial_item_id = ? order by d.coach_key
                    """, item)).hasSize(2).first()
                    .isEqualTo(row("coach_key", "demo", "type", kind.getValue(), "title", "Ask for help", "prompt", "Ask a colleague for help.",
                            "tags", "{requests,work}", "difficulty", 3, "gating", true, "minutes", 5, "state", "published", "created_by", WRITER.account()));
            UUID drill = drillsOf(item).get(0);
            assertThat(polaris.as(ALICE).rows("select from public.drills where id = ?", drill)).as("drills visible to a free learner").isEmpty();

            judge.rows("select public.move_editorial_item(?, 'deprecated')", item);
            assertThat(owner.column(String.class, "select d.state from public.editorial_item_coach_targets as t join public.drills as d on d.id = t.published_drill_id"
                    + " where t.editorial_item_id = ?", item)).containsExactly("deprecated", "deprecated");
        }
    }

    @Test
    void learnerStartsASessionOfAPublishedDrill() {
        UUID item = inState("published");

        assertThat(polaris.as(ALICE).value(UUID.class, "select public.start_session(?, ?)", ALICE.account(), drillsOf(item).get(0))).isNotNull();
    }

    @Test
    void publishingOtherKindsCreatesNoDrill() {
        for (String kind : List.of("rubric", "copy", "tagset")) {
            UUID item = draft(kind);
            bring(item, "published");
            assertThat(drillsOf(item)).isEmpty();
        }
    }

    @Test
    void drillWithoutPromptOrCoachCannotBeApproved() {
        UUID silent = draft("drill");
        writer.rows("select public.save_editorial_item(?, 1, '{\"body\": {}}')", silent);
        UUID homeless = draft("qbank");
        writer.update("delete from public.editorial_item_coach_targets where editorial_item_id = ?", homeless);

        for (UUID item : List.of(silent, homeless)) {
            bring(item, "in_review");
            assertThat(attempt(judge, item, "approved")).isEqualTo(WRONG_STATE);
        }
    }

    @Test
    void failedPublishingLeavesTheItemApproved() {
        UUID item = inState("approved");
        owner.script("create function public.fails() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = 'XX000'; end $$;"
                + " create trigger fails before insert on public.drills execute function public.fails();");

        assertThat(attempt(judge, item, "published")).isEqualTo("XX000");

        assertThat(state(item)).isEqualTo("approved");
        assertThat(owner.rows("select from public.editorial_transitions where editorial_item_id = ? and to_state = 'published'", item)).isEmpty();
    }

    // Concurrency

    @Test
    @OfItsOwn
    void concurrentSavesDoNotOverwriteEachOther() throws Exception {
        UUID item = draft("drill");

        List<String> outcomes = atOnce(
                () -> save(polaris.as(WRITER), item, "One"),
                () -> save(polaris.as(ADMIN), item, "Two"));

        assertThat(outcomes).containsOnlyOnce(WRONG_STATE).containsOnlyOnce("2");
        assertThat(owner.column(Integer.class, "select version from public.editorial_versions where editorial_item_id = ? order by 1", item)).containsExactly(1, 2);
    }

    @Test
    @OfItsOwn
    void concurrentPublishingCreatesOneDrill() throws Exception {
        UUID item = inState("approved");

        List<String> outcomes = atOnce(
                () -> attempt(polaris.as(WRITER), item, "published"),
                () -> attempt(polaris.as(ADMIN), item, "published"));

        assertThat(outcomes).containsExactly("published", "published");
        assertThat(drillsOf(item)).hasSize(1);
        assertThat(owner.rows("select from public.editorial_transitions where editorial_item_id = ? and to_state = 'published'", item)).hasSize(1);
    }

    @Test
    @OfItsOwn
    void learnerWhoRaisesAFlagDoesNotWaitForTheItem() throws Exception {
        UUID item = inState("in_review");
        var editing = polaris.operator().connection();
        editing.setAutoCommit(false);
        try (var statement = editing.createStatement()) {
            statement.execute("select from public.editorial_items where id = '" + item + "' for update");
            Session alice = polaris.as(ALICE);
            CompletableFuture<Void> refused = Meanwhile.run(() ->
                    denied(alice, "insert into public.editorial_flags (editorial_item_id, flag_type) values ('" + item + "', 'other')"));

            refused.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @OfItsOwn
    void approvalSeesABlockFlagInsertedConcurrently() throws Exception {
        UUID item = inState("in_review");
        var raising = service.connection();
        raising.setAutoCommit(false);
        CompletableFuture<String> approval;
        try (var statement = raising.createStatement()) {
            statement.execute("set local role service_role");
            statement.execute("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values ('" + item + "', 'safety', 'block')");
            approval = Meanwhile.get(() -> attempt(polaris.as(ADMIN), item, "approved"));
            polaris.awaitWaiting(1);
            raising.commit();
        }
        assertThat(approval.get(20, TimeUnit.SECONDS)).isEqualTo(WRONG_STATE);
    }

    // Review queue

    @Test
    void reviewQueueIsOrderedByWaitingTimeAndCountsFlags() {
        UUID second = inState("in_review");
        UUID first = inState("in_review");
        inState("approved");
        polaris.operator().script("set session_replication_role = replica; update public.editorial_items set state_since = now() - interval '1 day' where id = '"
                + first + "'; reset session_replication_role");
        service.update("insert into public.editorial_flags (editorial_item_id, flag_type, severity) values (?, 'safety', 'block'), (?, 'other', 'info')", first, first);
        service.update("update public.editorial_flags set resolution = 'fine' where severity = 'info'");

        assertThat(judge.rows("select id, coach_keys::text as coaches, blocks, warnings, infos, resolved from public.v_editorial_review_queue"))
                .extracting(Object::toString).containsExactly(
                        "{id=" + first + ", coaches={demo}, blocks=1, warnings=0, infos=0, resolved=1}",
                        "{id=" + second + ", coaches={demo}, blocks=0, warnings=0, infos=0, resolved=0}");
    }

    @Test
    void queueAndHistoryUseIndexes() {
        polaris.operator().script("""
                set local session_replication_role = replica;
                insert into public.editorial_items (id, kind, title, state, state_since)
                    select md5('i' || i)::uuid, 'copy', 'x', case when i % 200 = 0 then 'in_review' else 'published' end, now() - i * interval '1 minute'
                    from generate_series(1, 10000) as i;
                insert into public.editorial_flags (editorial_item_id, flag_type) select md5('i' || 1 + i % 10000)::uuid, 'other' from generate_series(1, 20000) as i;
                insert into public.editorial_transitions (editorial_item_id, from_state, to_state, version, actor_role)
                    select md5('i' || 1 + i % 10000)::uuid, 'draft', 'auto_qa', 1, 'service' from generate_series(1, 20000) as i;
                """);
        polaris.operator().script("analyze public.editorial_items, public.editorial_flags, public.editorial_transitions, public.editorial_item_coach_targets");
        UUID item = judge.value(UUID.class, "select id from public.v_editorial_review_queue limit 1");

        assertThat(judge.plan("select * from public.v_editorial_review_queue limit 20"))
                .contains("idx_editorial_items_state_state_since").contains("idx_editorial_flags").doesNotContain("Seq Scan on editorial_items").doesNotContain("Seq Scan on editorial_flags");
        assertThat(judge.plan("select * from public.editorial_transitions where editorial_item_id = '" + item + "' order by created_at"))
                .contains("idx_editorial_transitions_editorial_item_id_created_at").doesNotContain("Seq Scan");
        assertThat(judge.plan("select * from public.editorial_versions where editorial_item_id = '" + item + "' order by version desc"))
                .contains("editorial_versions_editorial_item_id_version_key");
    }

    // Helpers

    /** Creates a draft by the author for the coach demo, with everything that a drill needs. */
    private UUID draft(String kind) {
        owner.update("insert into public.coaches (key, display_name) values ('second', 'Second coach') on conflict do nothing");
        UUID item = UUID.randomUUID();
        writer.update("insert into public.editorial_items (id, kind, title, body, taxonomy) values (?, ?, 'Ask for help', ?::jsonb, ?::jsonb)",
                item, kind, "{\"prompt\": \"Ask a colleague for help.\"}", "{\"topic\": \"requests\", \"tags\": [\"work\"]}");
        writer.update("insert into public.editorial_item_coach_targets (editorial_item_id, coach_key) values (?, ?)", item, COACH);
        return item;
    }

    private UUID inState(String state) {
        UUID item = draft("drill");
        bring(item, state);
        return item;
    }

    /** Moves the item along the workflow, each step by a permitted caller. */
    private void bring(UUID item, String state) {
        for (String to : STATES.subList(STATES.indexOf(state(item)) + 1, STATES.indexOf(state) + 1)) {
            Session mover = judge;
            if (to.equals("approved") && !owner.value(String.class, "select role from public.profiles where id = ?", ADMIN.account()).equals("admin")) {
                mover = writer;
            } else if (List.of("auto_qa", "in_review").contains(to)) {
                mover = service;
            }
            assertThat(attempt(mover, item, to)).isEqualTo(to);
        }
    }

    private String state(UUID item) {
        return owner.value(String.class, "select state from public.editorial_items where id = ?", item);
    }

    private List<UUID> drillsOf(UUID item) {
        return owner.column(UUID.class, "select t.published_drill_id from public.editorial_item_coach_targets as t join public.drills as d on d.id = t.published_drill_id"
                + " where t.editorial_item_id = ? order by t.coach_key", item);
    }

    /** Returns the state of the item after the move, or the SQLSTATE of the error. */
    private static String attempt(Session caller, UUID item, String to) {
        return outcome(() -> caller.value(String.class, "select (public.move_editorial_item(p_item => i.id, p_to => ?, p_version => i.version)).state from public.editorial_items as i where i.id = ?", to, item));
    }

    /** Returns the version of the item after the save, or the SQLSTATE of the error. */
    private static String save(Session caller, UUID item, String title) {
        return outcome(() -> caller.value(Integer.class, "select (public.save_editorial_item(?, 1, jsonb_build_object('title', ?::text))).version", item, title).toString());
    }

    private static String outcome(Supplier<String> call) {
        try {
            return call.get();
        } catch (SqlFailed e) {
            return e.state();
        }
    }

    private static List<String> atOnce(Supplier<String> first, Supplier<String> second) throws Exception {
        List<CompletableFuture<String>> running = List.of(Meanwhile.get(first), Meanwhile.get(second));
        List<String> outcomes = new ArrayList<>();
        for (CompletableFuture<String> each : running) {
            outcomes.add(each.get(20, TimeUnit.SECONDS));
        }
        return outcomes;
    }

    private static void denied(Session caller, String sql) {
        refused(caller, INSUFFICIENT_PRIVILEGE, sql);
    }

    private static void refused(Session caller, String state, String sql) {
        assertThatThrownBy(() -> caller.update(sql)).as(sql).is(sqlState(state));
    }
}
