package changelogs.polaris.content;

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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Favorites, reviews, exemplars and reports of expressions. Alice has a private and a published expression, Bob a private one. */
class ExpressionsTest {

    private static final String KEEP = "select (public.keep_expression(?)).step";
    private static final String REVIEW = "select r.step, r.due_on - (now() at time zone 'Asia/Manila')::date as days, r.reviews, r.lapses, r.learned_at is not null as learned"
            + " from public.record_review(?, ?) as r";
    private static final String MARK = "insert into public.expression_favorites (user_id, item_id) values (auth.uid(), ?)";
    private static final String PROMOTE = "select public.admin_promote_expressions(?, array[?]::uuid[], p_state => ?)";
    private static final String REPORT = "select public.report_expression(?, ?)";
    private static final UUID NOTHING = UUID.fromString("00000000-0000-4000-8000-00000000dead");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session bob;
    private Session admin;
    private UUID hers;
    private UUID published;
    private UUID his;

    @BeforeEach
    void expressions() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
        bob = polaris.as(BOB);
        admin = polaris.as(ADMIN);
        hers = item(ALICE, "I went yesterday");
        his = item(BOB, "Do sit down");
        published = item(ALICE, "Do come in");
        publish(published);
    }

    // Favorites

    @Test
    void usersFavoriteOnlyOwnAndPublishedExpressions() {
        for (UUID item : List.of(hers, published)) {
            assertThat(alice.update(MARK, item)).isOne();
        }
        assertThat(bob.update(MARK, published)).isOne();
        for (UUID item : List.of(hers, NOTHING)) {
            assertThatThrownBy(() -> bob.update(MARK, item)).as("same error for a private and a missing expression").is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> bob.update("insert into public.expression_favorites (user_id, item_id) values (?, ?)", ALICE.account(), published)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> bob.update("insert into public.expression_favorites (user_id, item_id, favored_at) values (auth.uid(), ?, '2020-01-01')", published))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> bob.update("update public.expression_favorites set item_id = ?", hers)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> bob.update(MARK, published)).is(sqlState(UNIQUE_VIOLATION));
        assertThat(bob.rows("select * from public.expression_favorites")).hasSize(1);
        assertThat(admin.rows("select * from public.expression_favorites")).hasSize(3);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public.expression_favorites")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ANON).update(MARK, published)).is(sqlState(INSUFFICIENT_PRIVILEGE));

        assertThat(bob.update("delete from public.expression_favorites")).as("deletes only Bob's favorite").isOne();
        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(polaris.count("public.expression_favorites")).isZero();
    }

    @Test
    void libraryContainsOwnAndFavoriteExpressions() {
        bob.update(MARK, published);
        bob.rows(KEEP, published);
        bob.update(MARK, his);
        assertThat(bob.rows("select item_id, revised_text, is_own, favored_at is not null as marked, review_step from public.v_expressions_library order by is_own"))
                .containsExactly(row("item_id", published, "revised_text", "Do come in", "is_own", false, "marked", true, "review_step", 1),
                        row("item_id", his, "revised_text", "Do sit down", "is_own", true, "marked", true, "review_step", null));
        alice.update(MARK, published);
        assertThat(alice.column(UUID.class, "select item_id from public.v_expressions_library")).as("own published expression is listed once").containsExactlyInAnyOrder(hers, published);
        assertThat(admin.rows("select * from public.v_expressions_library where user_id = ?", BOB.account())).hasSize(2);
        assertThat(polaris.as(STRANGER).rows("select * from public.v_expressions_library")).isEmpty();
        assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public.v_expressions_library")).is(sqlState(INSUFFICIENT_PRIVILEGE));

        withdraw(published);
        assertThat(bob.column(UUID.class, "select item_id from public.v_expressions_library")).as("withdrawn expressions are not listed").containsExactly(his);
    }

    // Review

    @Test
    void expressionIsKeptOnceAndDueTomorrow() {
        alice.rows(KEEP, hers);
        alice.rows(KEEP, hers);
        bob.rows(KEEP, published);

        assertThat(alice.rows("select item_id, step, due_on - (now() at time zone 'Asia/Manila')::date as days, reviews, is_suspended from public.expression_reviews"))
                .containsExactly(row("item_id", hers, "step", 1, "days", 1, "reviews", 0, "is_suspended", false));
        assertThat(alice.value(Integer.class, "select expressions_saved from public.daily_usage")).isOne();
        assertThat(alice.column(String.class, "select name from public.events")).containsExactly("expression_kept");
        for (UUID item : new UUID[] {hers, NOTHING, null}) {
            assertThatThrownBy(() -> bob.rows(KEEP, item)).is(sqlState(NO_DATA_FOUND));
        }
        assertThatThrownBy(() -> polaris.as(ANON).rows(KEEP, published)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(bob.rows("select * from public.expression_reviews")).hasSize(1);
        assertThat(admin.rows("select * from public.expression_reviews")).hasSize(2);
    }

    @Test
    void keepingAgainReturnsAndResumesTheReviewOfTheCaller() {
        for (Session user : List.of(alice, bob)) {
            user.rows(KEEP, published);
            user.update("update public.expression_reviews set is_suspended = true");
        }

        assertThat(bob.value(UUID.class, "select (public.keep_expression(?)).user_id", published)).isEqualTo(BOB.account());
        assertThat(owner.column(UUID.class, "select user_id from public.expression_reviews where is_suspended")).containsExactly(ALICE.account());
        assertThat(alice.value(UUID.class, "select (public.keep_expression(?)).user_id", published)).isEqualTo(ALICE.account());
    }

    @Test
    void reviewIntervalsGrowFromOneToFourteenDays() {
        alice.rows(KEEP, hers);
        for (Map<String, Object> after : List.of(row("step", 2, "days", 3, "reviews", 1, "lapses", 0, "learned", false),
                row("step", 3, "days", 7, "reviews", 2, "lapses", 0, "learned", false),
                row("step", 4, "days", 14, "reviews", 3, "lapses", 0, "learned", false),
                row("step", 4, "days", null, "reviews", 4, "lapses", 0, "learned", true))) {
            due(0);
            assertThat(alice.rows(REVIEW, hers, true)).containsExactly(after);
            assertThat(alice.rows(REVIEW, hers, true)).as("same review from another tab").containsExactly(after);
        }
        assertThat(alice.rows("select * from public.v_review_due")).isEmpty();
        alice.rows(KEEP, hers);
        assertThat(alice.rows("select step, learned_at, due_on is not null as due from public.expression_reviews")).as("keeping again restarts at step 1")
                .containsExactly(row("step", 1, "learned_at", null, "due", true));
        assertThat(alice.value(Integer.class, "select expressions_saved from public.daily_usage")).as("expressions_saved is counted once").isOne();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4"})
    void whatIsForgottenBeginsAgain(int step) {
        alice.rows(KEEP, hers);
        owner.update("update public.expression_reviews set step = ?, due_on = (now() at time zone 'Asia/Manila')::date - 30", step);
        assertThat(alice.rows(REVIEW, hers, false)).containsExactly(row("step", 1, "days", 1, "reviews", 1, "lapses", 1, "learned", false));
        assertThat(alice.rows(REVIEW, hers, false)).as("tomorrow")
                .containsExactly(row("step", 1, "days", 1, "reviews", 1, "lapses", 1, "learned", false));
    }

    @Test
    void dueReviewsAreListedOnTheirDay() {
        alice.rows(KEEP, hers);
        bob.rows(KEEP, published);
        assertThat(alice.rows("select * from public.v_review_due")).as("tomorrow").isEmpty();
        due(0);
        assertThat(alice.rows("select item_id, step, kind, revised_text from public.v_review_due"))
                .containsExactly(row("item_id", hers, "step", 1, "kind", "upgrade", "revised_text", "I went yesterday"));
        assertThat(bob.column(String.class, "select revised_text from public.v_review_due")).as("Alice's published expression").containsExactly("Do come in");
        assertThat(admin.rows("select * from public.v_review_due")).hasSize(2);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public.v_review_due")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        withdraw(published);
        assertThat(bob.rows("select * from public.v_review_due")).as("withdrawn expressions are not due").isEmpty();
        assertThat(admin.rows("select * from public.v_review_due where user_id = ?", BOB.account())).isEmpty();
    }

    @Test
    void suspendedReviewsAreNotDue() {
        alice.rows(KEEP, hers);
        due(0);
        assertThat(alice.update("update public.expression_reviews set is_suspended = true")).isOne();
        assertThat(bob.update("update public.expression_reviews set is_suspended = false")).isZero();
        assertThat(alice.rows("select * from public.v_review_due")).isEmpty();
        assertThat(alice.rows(REVIEW, hers, true)).containsExactly(row("step", 1, "days", 0, "reviews", 0, "lapses", 0, "learned", false));
        alice.rows(KEEP, hers);
        assertThat(alice.rows("select * from public.v_review_due")).as("keeping again resumes the review").hasSize(1);
    }

    @Test
    void reviewsAreWrittenOnlyThroughFunctions() {
        alice.rows(KEEP, hers);
        for (Caller caller : new Caller[] {ALICE, BOB, ADMIN, SERVICE}) {
            for (String change : List.of("update public.expression_reviews set step = 4", "update public.expression_reviews set due_on = '2030-01-01'", "delete from public.expression_reviews",
                    "insert into public.expression_reviews (user_id, item_id, due_on) values ('" + BOB.account() + "', '" + his + "', '2026-01-01')")) {
                assertThatThrownBy(() -> polaris.as(caller).update(change)).as("%s by %s", change, caller).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> bob.rows(REVIEW, hers, true)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> alice.rows(REVIEW, NOTHING, true)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> alice.rows(REVIEW, hers, null)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> polaris.as(ANON).rows(REVIEW, hers, true)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (String wrong : List.of("step = 5", "due_on = null", "learned_at = now()", "lapses = 1", "reviews = 1")) {
            assertThatThrownBy(() -> owner.update("update public.expression_reviews set " + wrong)).as(wrong).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    @OfItsOwn
    void concurrentReviewsCountOnce() throws SQLException {
        alice.rows(KEEP, hers);
        due(0);
        Connection first = polaris.operator().connection();
        first.setAutoCommit(false);
        try (Statement statement = first.createStatement()) {
            statement.execute("set local request.jwt.claims = '" + ALICE.claims() + "'");
            statement.execute("select public.record_review('" + hers + "', true)");
            Session tab = polaris.as(ALICE);
            CompletableFuture<List<Map<String, Object>>> second = Meanwhile.get(() -> tab.rows(REVIEW, hers, true));
            polaris.awaitWaiting(1);
            first.commit();
            assertThat(second.join()).containsExactly(row("step", 2, "days", 3, "reviews", 1, "lapses", 0, "learned", false));
        }
    }

    // Exemplars

    @Test
    void adminsPromotePublishedExpressionsToExemplars() {
        assertThat(admin.value(Integer.class, PROMOTE, People.COACH, published, "candidate_exemplar")).isOne();
        assertThat(admin.value(Integer.class, PROMOTE, People.COACH, published, "candidate_exemplar")).as("repeated promotion").isZero();
        assertThat(bob.rows("select * from public.v_exemplars_catalog")).as("catalog while the exemplar is a candidate").isEmpty();
        assertThat(admin.value(Integer.class, PROMOTE, People.COACH, published, "published_exemplar")).isOne();
        assertThat(admin.value(Integer.class, PROMOTE, People.COACH, published, "published_exemplar")).isZero();

        assertThat(bob.rows("select item_id, coach_name, upgraded_text, published_at is not null as out from public.v_exemplars_catalog"))
                .containsExactly(row("item_id", published, "coach_name", "Demo coach", "upgraded_text", "Do come in", "out", true));
        assertThat(owner.column(UUID.class, "select created_by from public.expression_exemplars")).containsExactly(ADMIN.account());
        assertThat(owner.column(String.class, "select patch #>> '{state,1}' from public.audit_logs where table_name = 'public.expression_exemplars' order by created_at, xmin::text::bigint"))
                .containsExactly("candidate_exemplar", "published_exemplar");
        owner.update("update public.coaches set is_active = false");
        assertThat(bob.rows("select * from public.v_exemplars_catalog")).as("catalog after the coach is deactivated").isEmpty();
    }

    @Test
    void onlyPublishedExpressionsArePromoted() {
        UUID note = item(ALICE, null);
        publish(note);
        for (UUID item : List.of(hers, NOTHING, note)) {
            assertThatThrownBy(() -> admin.rows("select public.admin_promote_expressions(?, array[?, ?]::uuid[])", People.COACH, published, item)).is(sqlState(NO_DATA_FOUND));
        }
        assertThat(polaris.count("public.expression_exemplars")).as("exemplars after a partly invalid call").isZero();
        assertThatThrownBy(() -> admin.rows(PROMOTE, "nobody", published, "candidate_exemplar")).is(sqlState(NO_DATA_FOUND));
        for (String state : new String[] {"deprecated", "private_user", null}) {
            assertThatThrownBy(() -> admin.rows(PROMOTE, People.COACH, published, state)).as(state).is(sqlState(INVALID_PARAMETER));
        }
        assertThatThrownBy(() -> admin.rows("select public.admin_promote_expressions('demo', '{}')")).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> admin.rows("select public.admin_promote_expressions('demo', null)")).is(sqlState(INVALID_PARAMETER));
        for (Caller caller : new Caller[] {ALICE, BOB, ANON}) {
            assertThatThrownBy(() -> polaris.as(caller).rows(PROMOTE, People.COACH, published, "candidate_exemplar")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(polaris.as(SERVICE).value(Integer.class, PROMOTE, People.COACH, published, "candidate_exemplar")).as("promotion by the service").isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdrawn", "hidden", "account"})
    void anExemplarGoesWithWhatItWasTakenFrom(String how) {
        admin.rows(PROMOTE, People.COACH, published, "published_exemplar");
        switch (how) {
            case "withdrawn" -> withdraw(published);
            case "hidden" -> admin.rows("select public.hide_pack_item(?, true)", published);
            default -> owner.update("delete from auth.users where id = ?", ALICE.account());
        }
        assertThat(polaris.count("public.expression_exemplars")).isZero();
    }

    @Test
    void learnersReadPublishedExemplarsAndCannotWrite() {
        UUID written = exemplar("candidate_exemplar");
        for (Caller caller : new Caller[] {ALICE, BOB}) {
            Session session = polaris.as(caller);
            assertThat(session.rows("select * from public.expression_exemplars")).isEmpty();
            assertThat(session.update("update public.expression_exemplars set state = 'published_exemplar'")).isZero();
            assertThat(session.update("delete from public.expression_exemplars")).isZero();
            assertThatThrownBy(() -> session.update("insert into public.expression_exemplars (coach_key, upgraded_text) values ('demo', 'x')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public.v_exemplars_catalog")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> admin.update("update public.expression_exemplars set created_by = ?", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> admin.update("insert into public.expression_exemplars (coach_key, upgraded_text, source_item_id) values ('demo', 'x', ?)", hers)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(admin.update("update public.expression_exemplars set state = 'published_exemplar' where id = ?", written)).isOne();
        assertThat(bob.rows("select * from public.expression_exemplars")).hasSize(1);
        assertThat(admin.update("delete from public.expression_exemplars")).as("deletion of a published exemplar").isZero();
        exemplar("candidate_exemplar");
        assertThat(admin.update("delete from public.expression_exemplars")).isOne();
    }

    @Test
    void exemplarStatesOnlyMoveForward() {
        List<String> states = List.of("candidate_exemplar", "published_exemplar", "deprecated");
        Map<String, Set<String>> steps = Map.of("candidate_exemplar", Set.of("published_exemplar", "deprecated"), "published_exemplar", Set.of("deprecated"), "deprecated", Set.of());
        for (String from : states) {
            for (String to : states) {
                UUID one = exemplar("candidate_exemplar");
                if (!from.equals("candidate_exemplar")) {
                    owner.update("update public.expression_exemplars set state = ? where id = ?", from, one);
                }
                if (from.equals(to) || steps.get(from).contains(to)) {
                    assertThat(admin.update("update public.expression_exemplars set state = ? where id = ?", to, one)).isOne();
                } else {
                    assertThatThrownBy(() -> polaris.as(SERVICE).update("update public.expression_exemplars set state = ? where id = ?", to, one)).as("%s to %s", from, to)
                            .is(sqlState(CHECK_VIOLATION));
                }
            }
        }
        assertThatThrownBy(() -> exemplar("deprecated")).is(sqlState(CHECK_VIOLATION));
        UUID out = exemplar("published_exemplar");
        assertThatThrownBy(() -> admin.update("update public.expression_exemplars set upgraded_text = 'y' where id = ?", out)).is(sqlState(WRONG_STATE));
        UUID candidate = exemplar("candidate_exemplar");
        assertThat(admin.update("update public.expression_exemplars set upgraded_text = 'y', tags = '{a}' where id = ?", candidate)).isOne();
        for (String moved : List.of("id = gen_random_uuid()", "created_at = now() - interval '1 year'", "source_item_id = '" + published + "'", "created_by = '" + BOB.account() + "'")) {
            assertThatThrownBy(() -> polaris.as(SERVICE).update("update public.expression_exemplars set " + moved + " where id = ?", candidate)).as(moved).is(sqlState(CHECK_VIOLATION));
        }
        admin.update("insert into public.expression_exemplars (coach_key, upgraded_text) values ('demo', 'Mine')");
        assertThat(owner.value(UUID.class, "select created_by from public.expression_exemplars where upgraded_text = 'Mine'")).isEqualTo(ADMIN.account());
        owner.update("delete from auth.users where id = ?", ADMIN.account());
        assertThat(owner.value(Long.class, "select count(*) from public.expression_exemplars where created_by is null")).as("exemplars after the editor's account is deleted")
                .isEqualTo(polaris.count("public.expression_exemplars"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgraded_text = ''", "difficulty = 6", "state = 'private_user'", "tags = array_fill('x'::text, array[51])", "skill = repeat('x', 101)",
        "topic = repeat('x', 201)", "language = repeat('x', 36)", "example_prompt = repeat('x', 4001)"})
    void exemplarsStayOnTheirScale(String wrong) {
        exemplar("candidate_exemplar");
        assertThatThrownBy(() -> admin.update("update public.expression_exemplars set " + wrong)).is(sqlState(CHECK_VIOLATION));
    }

    // Reports

    @Test
    void usersReportVisibleExpressionsOnceWhileOpen() {
        UUID report = bob.value(UUID.class, REPORT, published, "  Too stiff. ");
        assertThat(bob.value(UUID.class, REPORT, published, "Again.")).isEqualTo(report);
        UUID exemplar = exemplar("published_exemplar");
        alice.rows(REPORT, exemplar, "A typo.");

        assertThat(bob.rows("select id, reporter_id, target_table, text, reason, status from public.v_expression_reports"))
                .containsExactly(row("id", report, "reporter_id", BOB.account(), "target_table", "exemplar_pack_items", "text", "Do come in", "reason", "Too stiff.", "status", "open"));
        assertThat(admin.column(String.class, "select text from public.v_expression_reports order by target_table")).containsExactly("Do come in", "Better");
        assertThat(admin.update("update public.reports set status = 'handled' where id = ?", report)).isOne();
        assertThat(bob.value(UUID.class, REPORT, published, "Still.")).as("new report after the first was handled").isNotEqualTo(report);

        UUID candidate = exemplar("candidate_exemplar");
        for (UUID unseen : new UUID[] {hers, his, candidate, NOTHING, null}) {
            assertThatThrownBy(() -> bob.rows(REPORT, unseen, "x")).is(sqlState(NO_DATA_FOUND));
        }
        for (String reason : new String[] {null, "", "  ", "x".repeat(4001)}) {
            assertThatThrownBy(() -> bob.rows(REPORT, published, reason)).is(sqlState(INVALID_PARAMETER));
        }
        assertThatThrownBy(() -> polaris.as(ANON).rows(REPORT, published, "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public.v_expression_reports")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        withdraw(published);
        assertThat(bob.column(UUID.class, "select id from public.v_expression_reports where text is null")).as("reports whose withdrawn expression is hidden").hasSize(2);
    }

    @Test
    void eachUserReportsAnExpression() {
        UUID report = bob.value(UUID.class, REPORT, published, "Too stiff.");

        assertThat(alice.value(UUID.class, REPORT, published, "A typo.")).isNotEqualTo(report);
        assertThat(owner.column(UUID.class, "select user_id from public.reports")).containsExactlyInAnyOrder(ALICE.account(), BOB.account());
    }

    @Test
    @OfItsOwn
    void reportDoesNotWaitForAnotherUser() throws Exception {
        try (Connection other = polaris.operator().connection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from public.profiles where id = '" + ALICE.account() + "' for update");
            CompletableFuture<UUID> report = Meanwhile.get(() -> bob.value(UUID.class, REPORT, published, "Too stiff."));

            assertThat(report.get(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    @OfItsOwn
    void updateKeepsExistingDuplicateReports() {
        polaris.changelog().rollbackToTag("0024");
        for (String table : List.of("exemplar_pack_items", "expression_exemplars")) {
            for (int i = 0; i < 2; i++) {
                owner.update("insert into public.reports (user_id, target_table, target_id, reason) values (?, ?, ?, 'x')", BOB.account(), table, published);
            }
        }
        polaris.changelog().update();

        List<UUID> waiting = bob.column(UUID.class, "select id from public.reports where target_table = 'exemplar_pack_items' order by created_at, id");
        assertThat(bob.value(UUID.class, REPORT, published, "Again.")).as("oldest open report").isEqualTo(waiting.get(0));
        assertThat(waiting).hasSize(2);
    }

    @Test
    @OfItsOwn
    void concurrentReportsCreateOne() throws SQLException {
        try (Connection first = polaris.operator().connection(); Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("set local role authenticated");
            statement.execute("set local request.jwt.claims = '" + BOB.claims() + "'");
            statement.execute("select public.report_expression('" + published + "', 'x')");
            Session tab = polaris.as(BOB);
            CompletableFuture<UUID> second = Meanwhile.get(() -> tab.value(UUID.class, REPORT, published, "Again."));
            polaris.awaitWaiting(1);
            first.commit();
            assertThat(second.join()).isEqualTo(polaris.operator().value(UUID.class, "select id from public.reports"));
        }
    }

    // Query plans

    @Test
    void readsUseIndexesWithManyRows() {
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.practice_packs (id, user_id, state, published_at)
                    select md5('p' || i)::uuid, md5('u' || i % 5000)::uuid, 'published_exemplar', now() from generate_series(1, 20000) as i;
                insert into public.practice_pack_items (id, pack_id, user_id, kind, revised_text, order_index)
                    select md5('i' || i)::uuid, md5('p' || i % 20000)::uuid, md5('u' || i % 5000)::uuid, 'upgrade', 'x', i from generate_series(1, 60000) as i;
                insert into public.exemplar_packs (pack_id, title, topics, published_at) select id, title, topics, now() from public.practice_packs on conflict do nothing;
                insert into public.exemplar_pack_items (item_id, pack_id, kind, revised_text, tags, order_index)
                    select id, pack_id, kind, revised_text, tags, order_index from public.practice_pack_items where revised_text = 'x';
                insert into public.expression_favorites (user_id, item_id) select md5('u' || i % 5000)::uuid, md5('i' || i)::uuid from generate_series(1, 60000) as i;
                insert into public.expression_reviews (user_id, item_id, due_on) select user_id, item_id, '2026-01-01' from public.expression_favorites;
                insert into public.expression_exemplars (coach_key, upgraded_text, state, published_at)
                    select 'coach' || i % 50, 'x', case when i % 3 = 0 then 'candidate_exemplar' else 'published_exemplar' end, now() - i * interval '1 minute'
                    from generate_series(1, 30000) as i;
                insert into public.reports (user_id, target_table, target_id, reason)
                    select md5('u' || i % 5000)::uuid, 'exemplar_pack_items', md5('i' || i)::uuid, 'x' from generate_series(1, 30000) as i;
                """);
        operator.script("""
                set local session_replication_role = replica;
                insert into public.practice_packs (id, user_id) select md5('hers' || i)::uuid, '%1$s' from generate_series(1, 50) as i;
                insert into public.practice_pack_items (id, pack_id, user_id, kind, revised_text, order_index)
                    select md5('hers' || i)::uuid, md5('hers' || 1 + i %% 50)::uuid, '%1$s', 'upgrade', 'x', i from generate_series(1, 2000) as i;
                insert into public.expression_reviews (user_id, item_id, due_on) select user_id, id, '2026-01-01' from public.practice_pack_items where user_id = '%1$s';
                """.formatted(ALICE.account()));
        operator.script("analyze public.practice_packs, public.practice_pack_items, public.exemplar_packs, public.exemplar_pack_items, public.expression_favorites,"
                + " public.expression_reviews, public.expression_exemplars, public.reports");

        Map<String, String> reads = new LinkedHashMap<>();
        reads.put("select * from public.expression_favorites", "expression_favorites_pkey");
        reads.put("select * from public.v_review_due order by due_on limit 20", "idx_expression_reviews_due|expression_reviews_pkey");
        reads.put("select * from public.v_expressions_library", "idx_practice_pack_items_user_id");
        String latest = "select * from public.expression_exemplars where coach_key = 'coach7' order by published_at desc nulls last limit 20";
        reads.put(latest, "idx_expression_exemplars_coach_key_published_at");
        reads.put("select * from public.v_exemplars_catalog order by published_at desc limit 20", "idx_expression_exemplars_published");
        reads.put("select * from public.v_expression_reports", "idx_reports_visible");
        reads.forEach((read, index) -> assertThat(alice.plan(read)).as(read).containsPattern(index)
                .doesNotContainPattern("Seq Scan on (expression|practice|exemplar|reports)"));
        assertThat(alice.plan(latest)).as("candidates sort last in the index").doesNotContain("Sort");
        assertThat(alice.plan("select * from public.v_review_due")).as("due items by primary key").contains("practice_pack_items_pkey");
        for (Session reader : new Session[] {alice, admin}) {
            assertThat(reader.plan("select * from public.v_expressions_library where user_id = '" + ALICE.account() + "'")).as("packs, favorites and reviews by key")
                    .containsPattern("practice_packs_(pkey|id_user_id_key)").containsPattern("expression_reviews(_pkey|_item_id_user_id)").doesNotContain("Materialize");
        }
        for (String view : List.of("v_review_due", "v_expressions_library")) {
            assertThat(admin.plan("select * from public." + view + " where user_id = '" + ALICE.account() + "'")).as(view).doesNotContain("Seq Scan on");
        }
    }

    private UUID item(Caller person, String text) {
        Session session = polaris.as(person);
        UUID pack = session.value(UUID.class, "insert into public.practice_packs (user_id, title) values (auth.uid(), 'My week') returning id");
        return session.value(UUID.class, "insert into public.practice_pack_items (pack_id, user_id, kind, original_text, revised_text) values (?, auth.uid(), 'upgrade', 'x', ?) returning id", pack, text);
    }

    private void publish(UUID item) {
        alice.rows("select public.set_pack_state(pack_id, 'candidate_exemplar') from public.practice_pack_items where id = ?", item);
        admin.rows("select public.set_pack_state(p.id, 'published_exemplar', p.offers) from public.practice_packs as p join public.practice_pack_items as i on i.pack_id = p.id where i.id = ?", item);
    }

    private void withdraw(UUID item) {
        admin.rows("select public.set_pack_state(pack_id, 'deprecated') from public.practice_pack_items where id = ?", item);
    }

    private UUID exemplar(String state) {
        UUID id = UUID.randomUUID();
        polaris.as(SERVICE).update("insert into public.expression_exemplars (id, coach_key, upgraded_text, state) values (?, ?, 'Better', ?)", id, People.COACH, state);
        return id;
    }

    /** Sets all due dates to this many days from today. */
    private void due(int days) {
        owner.update("update public.expression_reviews set due_on = (now() at time zone 'Asia/Manila')::date + ?::integer where due_on is not null", days);
    }
}
