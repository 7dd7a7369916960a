package changelogs.polaris.practice;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Diagnostic tests: questions are served one by one with a time limit, and only the service scores answers. */
class DiagnosticsTest {

    private static final UUID FORM = UUID.fromString("00df0000-0000-4000-8000-000000000001");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session bob;
    private Session admin;
    private Session service;

    /** Creates a test of three questions: two on greetings with a time limit, the second with triple weight, and a drill on requests. */
    @BeforeEach
    void publishATest() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
        bob = polaris.as(BOB);
        admin = polaris.as(ADMIN);
        service = polaris.as(SERVICE);
        // Lower plans limit how many runs a learner may start.
        People.tier(owner, ALICE, "vip");
        People.tier(owner, BOB, "vip");
        admin.update("insert into public.diagnostic_forms (id, coach_key, code, title) values (?, ?, 'placement', 'Where you stand')", FORM, COACH);
        admin.update("insert into public.diagnostic_form_sections (form_id, idx, title, target_topics, time_limit_sec) values (?, 1, 'Greetings', '{greetings}', 60),"
                + " (?, 2, 'Requests', '{requests}', null)", FORM, FORM);
        admin.update("""
                insert into public.diagnostic_form_items (form_id, section_id, idx, kind, drill_id, payload, rubric, weight)
                select s.form_id, s.id, q.idx, q.kind, q.drill_id::uuid, q.payload::jsonb, '{"answer": "a secret"}', q.weight
                from (values (1, 1, 'inline', null, '{"prompt": "Greet me."}', 1), (1, 2, 'inline', null, '{"prompt": "Take leave."}', 3),
                    (2, 1, 'reference', ?, '{}', 1)) as q (section, idx, kind, drill_id, payload, weight)
                join public.diagnostic_form_sections as s on s.idx = q.section
                """, People.DRILL.toString());
        admin.update("update public.diagnostic_forms set state = 'published'");
    }

    // Read and write access

    @Test
    void learnersSeePublishedTestsButNotTheirQuestions() {
        admin.update("insert into public.diagnostic_forms (coach_key, code, title) values (?, 'draft', 'In the making')", COACH);
        owner.update("insert into public.diagnostic_form_sections (form_id, idx, title) select id, 1, 'Hidden' from public.diagnostic_forms where code = 'draft'");

        assertThat(alice.column(String.class, "select code from public.diagnostic_forms")).containsExactly("placement");
        assertThat(alice.column(String.class, "select title from public.diagnostic_form_sections")).containsExactlyInAnyOrder("Greetings", "Requests");
        assertThat(alice.rows("select from public.diagnostic_form_items")).isEmpty();
        assertThat(admin.rows("select from public.diagnostic_forms")).hasSize(2);
        assertThat(admin.rows("select from public.diagnostic_form_sections")).hasSize(3);
        assertThat(admin.rows("select from public.diagnostic_form_items")).hasSize(3);
        for (String table : List.of("diagnostic_forms", "diagnostic_form_sections", "diagnostic_form_items", "diagnostic_runs", "diagnostic_run_items")) {
            denied(polaris.as(ANON), "select from public." + table);
        }
        refused(alice, NO_DATA_FOUND, start(ALICE, "draft"));
        refused(alice, NO_DATA_FOUND, start(ALICE, "nothing"));
    }

    @Test
    void runsAndItemsAreInsertedOnlyInTheirInitialState() {
        UUID run = started(alice, ALICE);
        String item = "insert into public.diagnostic_run_items (run_id, user_id, section_id, form_item_id, idx, %1$s)"
                + " select run_id, user_id, section_id, form_item_id, 90 + idx, %2$s from public.diagnostic_run_items where run_id = '" + run + "' limit 1";
        String other = "insert into public.diagnostic_runs (user_id, form_id, %1$s) values ('" + BOB.account() + "', '" + FORM + "', %2$s)";

        for (String sql : List.of(
                other.formatted("state, started_at", "'in_progress', now()"),
                other.formatted("state, completed_at", "'cancelled', now()"),
                other.formatted("state, started_at, completed_at, scored_at, score_total", "'completed', now(), now(), now(), 100"),
                other.formatted("started_at", "now()"),
                other.formatted("duration_sec", "1"),
                item.formatted("status", "'skipped'"),
                item.formatted("status, served_at, payload, submitted_at, response_text, score", "'scored', now(), '{}', now(), 'x', 100"),
                item.formatted("duration_sec", "1"),
                item.formatted("feedback", "'{}'"))) {
            for (Session writer : new Session[] {service, owner}) {
                assertThatThrownBy(() -> writer.update(sql)).as(sql).is(sqlState(CHECK_VIOLATION)).hasMessageContaining("must have stat");
            }
        }
        assertThat(service.update(other.formatted("state", "'created'"))).isOne();
    }

    @Test
    void eachStartedRunCountsAgainstThePlan() {
        People.tier(owner, ALICE, "free");
        UUID run = started(alice, ALICE);
        assertThat(started(alice, ALICE)).as("the open run again").isEqualTo(run);
        assertThat(alice.value(Integer.class, "select used::integer from public.v_user_limits where key = 'diagnostics_30d'")).isOne();

        alice.rows("select public.cancel_diagnostic_run(?)", run);

        refused(alice, WRONG_STATE, start(ALICE, "placement"));
        assertThat(polaris.count("public.diagnostic_runs")).isOne();
        assertThat(started(service, BOB)).isNotNull();
        assertThat(owner.value(Integer.class, "select used::integer from public.limit_usage where user_id = ?", BOB.account())).as("also where the service starts it").isOne();
        People.tier(owner, ALICE, "vip");
        assertThat(started(alice, ALICE)).isNotEqualTo(run);
    }

    @Test
    void learnersUpdateOnlyTheirNotes() {
        UUID run = started(alice, ALICE);
        UUID item = next(alice, run);

        assertThat(alice.update("update public.diagnostic_runs set notes = 'nervous'")).isOne();
        assertThat(bob.update("update public.diagnostic_runs set notes = 'x'")).isZero();
        for (String sql : List.of(
                "update public.diagnostic_runs set score_total = 100",
                "update public.diagnostic_runs set state = 'completed'",
                "insert into public.diagnostic_runs (user_id, form_id) values (auth.uid(), '" + FORM + "')",
                "update public.diagnostic_run_items set score = 100",
                "update public.diagnostic_run_items set status = 'pending'",
                "insert into public.diagnostic_run_items (run_id, user_id, section_id, form_item_id, idx) select run_id, user_id, section_id, form_item_id, 9"
                        + " from public.diagnostic_run_items",
                "delete from public.diagnostic_runs",
                "select public.score_diagnostic_item('" + item + "', 100)",
                "select public.diagnostic_submit_item('" + item + "', 100, 1, 'Hello')",
                "insert into public.diagnostic_forms (coach_key, code, title) values ('demo', 'mine', 'Mine')",
                "insert into public.diagnostic_form_sections (form_id, idx, title) values ('" + FORM + "', 9, 'Mine')")) {
            denied(alice, sql);
        }
        assertThat(alice.update("update public.diagnostic_forms set title = 'Mine'")).isZero();
        assertThat(alice.update("delete from public.diagnostic_form_sections")).isZero();
    }

    @Test
    void runIsAccessibleOnlyToItsLearner() {
        UUID run = started(alice, ALICE);
        UUID item = next(alice, run);

        denied(bob, start(ALICE, "placement"));
        denied(polaris.as(ANON), start(ALICE, "placement"));
        for (String call : List.of("serve_next_diagnostic_item('" + run + "')", "diagnostic_complete_run('" + run + "')", "cancel_diagnostic_run('" + run + "')",
                "diagnostic_submit_item('" + item + "', null, 1, 'Hello')")) {
            refused(bob, NO_DATA_FOUND, "select public." + call);
            refused(bob, NO_DATA_FOUND, "select public." + call.replaceAll("'[0-9a-f-]{36}'", "gen_random_uuid()"));
            denied(polaris.as(ANON), "select public." + call);
        }
        assertThat(bob.rows("select from public.diagnostic_runs")).isEmpty();
        assertThat(bob.rows("select from public.diagnostic_run_items")).isEmpty();
        assertThat(admin.rows("select from public.diagnostic_run_items")).hasSize(3);
        assertThat(service.value(UUID.class, "select public.diagnostic_start(?, 'placement')", ALICE.account())).as("run started by the service for Alice").isEqualTo(run);
    }

    // Runs

    @Test
    void questionsAreServedInOrderAndHiddenUntilServed() {
        UUID run = started(alice, ALICE);
        List<String> asked = new ArrayList<>();
        for (int turn = 1; turn <= 3; turn++) {
            UUID item = next(alice, run);
            assertThat(next(alice, run)).as("current question until it is answered").isEqualTo(item);
            asked.add(alice.value(String.class, "select payload ->> 'prompt' from public.diagnostic_run_items where id = ?", item));
            assertThat(alice.column(Integer.class, "select idx from public.diagnostic_run_items where payload is not null order by idx")).hasSize(turn);
            assertThat(alice.rows("select from public.diagnostic_run_items where drill_id is not null")).hasSize(turn == 3 ? 1 : 0);
            answer(alice, item);
        }
        assertThat(asked).containsExactly("Greet me.", "Take leave.", "Say it.");
        assertThat(next(alice, run)).isNull();
        assertThat(alice.rows("select * from public.diagnostic_run_items").toString()).doesNotContain("secret");
    }

    @Test
    void unservedQuestionCannotBeAnswered() {
        started(alice, ALICE);
        UUID last = alice.value(UUID.class, "select id from public.diagnostic_run_items where idx = 3");

        refused(alice, NO_DATA_FOUND, "select public.diagnostic_submit_item('" + last + "', null, 1, 'Hello')");
    }

    @Test
    void answerIsAcceptedOnceAndImmutable() {
        UUID item = next(alice, started(alice, ALICE));
        alice.rows("select public.diagnostic_submit_item(?, null, 5000, 'Hello')", item);
        alice.rows("select public.diagnostic_submit_item(?, null, 5000, 'Hello')", item);

        refused(alice, WRONG_STATE, "select public.diagnostic_submit_item('" + item + "', null, 1, 'Something better')");
        refused(service, CHECK_VIOLATION, "update public.diagnostic_run_items set response_text = 'x' where id = '" + item + "'");
        assertThat(alice.rows("select response_text, status from public.diagnostic_run_items where duration_sec < 60"))
                .as("time spent is capped by the elapsed time").containsExactly(Map.of("response_text", "Hello", "status", "submitted"));
    }

    @Test
    void recordingBelongsToTheLearner() {
        UUID item = next(alice, started(alice, ALICE));

        for (String url : List.of(BOB.account() + "/a.webm", ALICE.account() + "/../x", "file:///etc/passwd", "http://x.example/a", "javascript:alert(1)")) {
            refused(alice, CHECK_VIOLATION, "select public.diagnostic_submit_item('" + item + "', null, 1, null, '" + url + "')");
        }
        alice.rows("select public.diagnostic_submit_item(?, null, 1, null, ?)", item, ALICE.account() + "/a.webm");
    }

    @Test
    void questionsPastTheTimeLimitAreSkipped() {
        UUID run = started(alice, ALICE);
        UUID item = next(alice, run);
        owner.update("update public.diagnostic_run_items set served_at = now() - interval '71 seconds' where id = ?", item);

        refused(alice, WRONG_STATE, "select public.diagnostic_submit_item('" + item + "', null, 1, 'Too late')");
        UUID third = next(alice, run);

        assertThat(alice.column(String.class, "select status from public.diagnostic_run_items order by idx")).containsExactly("skipped", "skipped", "served");
        owner.update("update public.diagnostic_run_items set served_at = now() - interval '1 day' where id = ?", third);
        answer(alice, third);
    }

    @Test
    void resultIsTheWeightedMeanAndSkippedQuestionsScoreZero() {
        UUID run = started(alice, ALICE);
        UUID first = next(alice, run);
        answer(alice, first);
        UUID second = next(alice, run);
        alice.rows("select public.diagnostic_submit_item(?)", second);
        UUID third = next(alice, run);
        answer(alice, third);
        alice.rows("select public.diagnostic_complete_run(?)", run);
        assertThat(total(run)).as("result before all answers are scored").isNull();

        service.rows("select public.score_diagnostic_item(?, 80, '{\"clear\": \"yes\"}')", first);
        assertThat(total(run)).isNull();
        service.rows("select public.score_diagnostic_item(?, 45)", third);

        assertThat(total(run)).isEqualByComparingTo("25");
        assertThat(levels(ALICE)).containsExactly("greetings 0.2000 0.7000 0", "requests 0.4500 0.7000 0");
        assertThat(alice.value(String.class, "select feedback ->> 'clear' from public.diagnostic_run_items where id = ?", first)).isEqualTo("yes");
        refused(service, WRONG_STATE, "select public.score_diagnostic_item('" + first + "', 100)");
        service.rows("select public.score_diagnostic_item(?, 80)", first);
        alice.rows("select public.diagnostic_complete_run(?)", run);
        assertThat(total(run)).isEqualByComparingTo("25");
        assertThat(levels(ALICE)).as("levels after the result").containsExactly("greetings 0.2000 0.7000 0", "requests 0.4500 0.7000 0");
        assertThat(alice.column(String.class, "select name from public.events where name like 'diagnostic%' order by 1")).containsExactly("diagnostic_completed", "diagnostic_started");
    }

    @Test
    void testResultIsAveragedWithTheLevelFromPractice() {
        owner.update("insert into public.adaptive_user_skill (user_id, coach_key, topic, level_score, confidence, exposures) values (?, ?, 'greetings', 0.6, 0.9, 5)",
                ALICE.account(), COACH);
        UUID run = started(alice, ALICE);
        service.rows("select public.diagnostic_submit_item(?, 100, 5, 'Hello')", next(alice, run));
        service.rows("select public.diagnostic_submit_item(?, 100, 5, 'Bye')", next(alice, run));
        alice.rows("select public.diagnostic_complete_run(?)", run);

        assertThat(total(run)).isEqualByComparingTo("80");
        assertThat(levels(ALICE)).containsExactly("greetings 0.8000 0.9000 5", "requests 0.0000 0.7000 0");
    }

    @Test
    void completedRunIsClosedAndANewOneStarts() {
        UUID run = started(alice, ALICE);
        refused(alice, WRONG_STATE, "select public.diagnostic_complete_run('" + run + "')");
        UUID item = next(alice, run);
        assertThat(started(alice, ALICE)).as("run that is still open").isEqualTo(run);
        alice.rows("select public.diagnostic_complete_run(?)", run);

        refused(alice, WRONG_STATE, "select public.diagnostic_submit_item('" + item + "', null, 1, 'Too late')");
        refused(alice, WRONG_STATE, "select public.serve_next_diagnostic_item('" + run + "')");
        refused(alice, CHECK_VIOLATION, "select public.cancel_diagnostic_run('" + run + "')");
        assertThat(total(run)).as("result without answers").isEqualByComparingTo("0");
        assertThat(started(alice, ALICE)).isNotEqualTo(run);
    }

    @Test
    void cancelledRunHasNoResult() {
        UUID run = started(alice, ALICE);
        UUID item = next(alice, run);
        answer(alice, item);
        alice.rows("select public.cancel_diagnostic_run(?)", run);
        alice.rows("select public.cancel_diagnostic_run(?)", run);

        refused(alice, WRONG_STATE, "select public.diagnostic_complete_run('" + run + "')");
        refused(service, WRONG_STATE, "select public.score_diagnostic_item('" + item + "', 80)");
        assertThat(levels(ALICE)).isEmpty();
        assertThat(started(alice, ALICE)).isNotEqualTo(run);
    }

    @Test
    void stateRulesApplyToTheServiceToo() {
        List<String> states = List.of("created", "in_progress", "completed", "cancelled");
        TreeSet<String> allowed = new TreeSet<>();
        for (String from : states) {
            for (String to : states) {
                UUID run = started(alice, ALICE);
                if (!from.equals("created")) {
                    next(alice, run);
                }
                if (List.of("completed", "cancelled").contains(from)) {
                    alice.rows("select public." + (from.equals("completed") ? "diagnostic_complete_run" : "cancel_diagnostic_run") + "(?)", run);
                }
                if (!from.equals(to) && changes(service, "update public.diagnostic_runs set state = ?, started_at = coalesce(started_at, now()),"
                        + " completed_at = case when ? in ('completed', 'cancelled') then now() end where id = ?", to, to, run)) {
                    allowed.add(from + " " + to);
                }
                owner.update("delete from public.diagnostic_runs");
            }
        }
        assertThat(allowed).containsExactlyInAnyOrder("created in_progress", "created cancelled", "in_progress completed", "in_progress cancelled");
        UUID item = next(alice, started(alice, ALICE));
        for (String sql : List.of("set user_id = '" + BOB.account() + "'", "set idx = 9", "set status = 'pending', served_at = null, payload = null",
                "set score = 50", "set status = 'scored'")) {
            refused(service, CHECK_VIOLATION, "update public.diagnostic_run_items " + sql + " where id = '" + item + "'");
        }
        refused(service, CHECK_VIOLATION, "update public.diagnostic_runs set user_id = '" + BOB.account() + "'");
        refused(service, WRONG_STATE, "select public.score_diagnostic_item('" + item + "', 50)");
        refused(service, "22023", "select public.score_diagnostic_item('" + item + "', null)");
        refused(service, NO_DATA_FOUND, "select public.score_diagnostic_item(gen_random_uuid(), 50)");
        answer(alice, item);
        refused(service, CHECK_VIOLATION, "select public.score_diagnostic_item('" + item + "', 101)");
    }

    // Drafts of tests

    @Test
    void publishedTestIsImmutable() {
        for (Session session : List.of(admin, service)) {
            for (String sql : List.of(
                    "insert into public.diagnostic_form_sections (form_id, idx, title) values ('" + FORM + "', 3, 'More')",
                    "update public.diagnostic_form_sections set time_limit_sec = 10",
                    "delete from public.diagnostic_form_items",
                    "update public.diagnostic_form_items set rubric = '{}'")) {
                refused(session, WRONG_STATE, sql);
            }
            refused(session, CHECK_VIOLATION, "update public.diagnostic_forms set code = 'other'");
            refused(session, CHECK_VIOLATION, "update public.diagnostic_forms set state = 'draft'");
        }
        started(alice, ALICE);
        refused(admin, FOREIGN_KEY_VIOLATION, "delete from public.diagnostic_forms");
        assertThat(admin.update("update public.diagnostic_forms set state = 'retired', title = 'Where you stood'")).isOne();
        refused(bob, NO_DATA_FOUND, start(BOB, "placement"));
        assertThat(alice.column(String.class, "select title from public.diagnostic_forms")).containsExactly("Where you stood");
    }

    @Test
    void testStartsAsADraftAndNeedsQuestionsToBePublished() {
        refused(service, CHECK_VIOLATION, "insert into public.diagnostic_forms (coach_key, code, title, state) values ('demo', 'x1', 'x', 'published')");
        admin.update("insert into public.diagnostic_forms (coach_key, code, title) values ('demo', 'empty', 'Empty')");
        refused(admin, WRONG_STATE, "update public.diagnostic_forms set state = 'published' where code = 'empty'");
        refused(admin, CHECK_VIOLATION, "update public.diagnostic_forms set state = 'retired' where code = 'empty'");
        assertThat(admin.value(UUID.class, "select created_by from public.diagnostic_forms where code = 'empty'")).isEqualTo(ADMIN.account());
        owner.update("insert into public.diagnostic_form_sections (form_id, idx, title) select id, 1, 'x' from public.diagnostic_forms where code = 'empty'");
        assertThat(admin.update("delete from public.diagnostic_forms where code = 'empty'")).as("deletion of a draft with its sections").isOne();
    }

    @Test
    void deletingAnAccountDeletesItsRuns() {
        next(alice, started(alice, ALICE));

        polaris.operator().update("delete from auth.users where id in (?, ?)", ALICE.account(), ADMIN.account());

        assertThat(polaris.count("public.diagnostic_runs")).isZero();
        assertThat(polaris.count("public.diagnostic_run_items")).isZero();
        assertThat(owner.rows("select from public.diagnostic_forms where created_by is null")).hasSize(1);
    }

    // Concurrency and query plans

    @Test
    @OfItsOwn
    void concurrentStartsReturnOneRun() throws Exception {
        var one = Meanwhile.get(() -> started(polaris.as(ALICE), ALICE));
        var two = Meanwhile.get(() -> started(polaris.as(ALICE), ALICE));

        assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(two.get(20, TimeUnit.SECONDS));
        assertThat(polaris.count("public.diagnostic_run_items")).isEqualTo(3);
    }

    @Test
    @OfItsOwn
    void concurrentScoresStillComputeTheResult() throws Exception {
        UUID run = started(alice, ALICE);
        List<UUID> items = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            UUID item = next(alice, run);
            answer(alice, item);
            items.add(item);
        }
        alice.rows("select public.diagnostic_complete_run(?)", run);
        List<CompletableFuture<Void>> scoring = items.stream()
                .map(item -> Meanwhile.run(() -> polaris.as(SERVICE).rows("select public.score_diagnostic_item(?, 60)", item))).toList();
        for (CompletableFuture<Void> each : scoring) {
            each.get(20, TimeUnit.SECONDS);
        }
        assertThat(total(run)).isEqualByComparingTo("60");
    }

    @Test
    void readsUseIndexesWithManyRuns() {
        polaris.operator().script("""
                set local session_replication_role = replica;
                insert into public.diagnostic_runs (id, user_id, form_id, state, started_at, completed_at, created_at)
                    select md5('r' || i)::uuid, md5('person' || i %% 2000)::uuid, '%s', 'completed', now(), now(), now() - i * interval '1 minute'
                    from generate_series(1, 10000) as i;
                insert into public.diagnostic_run_items (run_id, user_id, section_id, form_item_id, idx, status)
                    select md5('r' || i)::uuid, md5('person' || i %% 2000)::uuid, '%s', '%s', j, 'skipped' from generate_series(1, 10000) as i, generate_series(1, 3) as j;
                """.formatted(FORM, FORM, FORM));
        polaris.operator().script("analyze public.diagnostic_runs, public.diagnostic_run_items");
        UUID run = started(alice, ALICE);

        for (Map.Entry<String, String> read : Map.of(
                "select * from public.diagnostic_runs order by created_at desc limit 20", "idx_diagnostic_runs_user_id_created_at",
                "select * from public.diagnostic_run_items", "idx_diagnostic_run_items_user_id_created_at",
                "select * from public.diagnostic_run_items where run_id = '" + run + "' order by idx", "diagnostic_run_items_run_id").entrySet()) {
            assertThat(alice.plan(read.getKey())).as(read.getKey()).contains(read.getValue()).doesNotContain("Seq Scan on");
        }
    }

    // Helpers

    private static String start(Caller who, String code) {
        return "select public.diagnostic_start('" + who.account() + "', '" + code + "')";
    }

    private static UUID started(Session session, Caller who) {
        return session.value(UUID.class, start(who, "placement"));
    }

    private static UUID next(Session session, UUID run) {
        return session.value(UUID.class, "select (public.serve_next_diagnostic_item(?)).id", run);
    }

    private static void answer(Session session, UUID item) {
        session.rows("select public.diagnostic_submit_item(?, null, null, 'Hello')", item);
    }

    private BigDecimal total(UUID run) {
        return alice.value(BigDecimal.class, "select score_total from public.diagnostic_runs where id = ?", run);
    }

    private List<String> levels(Caller who) {
        return owner.column(String.class, "select concat_ws(' ', topic, level_score, confidence, exposures) from public.adaptive_user_skill where user_id = ? order by topic",
                who.account());
    }

    private static boolean changes(Session session, String sql, Object... arguments) {
        try {
            return session.update(sql, arguments) == 1;
        } catch (SqlFailed e) {
            assertThat(e.state()).isEqualTo(CHECK_VIOLATION);
            return false;
        }
    }

    private static void denied(Session caller, String sql) {
        refused(caller, INSUFFICIENT_PRIVILEGE, sql);
    }

    private static void refused(Session caller, String state, String sql) {
        assertThatThrownBy(() -> caller.update(sql)).as(sql).is(sqlState(state));
    }
}
